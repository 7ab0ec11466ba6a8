import { lazy } from 'react'
import type { Contribution } from '#renderer/app/contribution.ts'
import { paths } from '#renderer/app/paths.ts'
import { registerErrorTexts } from '#renderer/rpc/error-text.ts'
import { IconArrowsJoin, IconId, IconPrinter, IconUserPlus, IconUsers } from '#renderer/ui/icons.ts'
import { DeathFacts, DiedFacts, LiftFacts, RestrictFacts, ReversalFacts } from './ApprovalFacts.tsx'
import { errorTexts } from './words.ts'
import { PatientPreview, searchPatients } from './palette.tsx'
import { requestRegistration } from './registration-request.ts'

registerErrorTexts(errorTexts)

const patientPage = async () => (await import('./PatientPage.tsx')).PatientPage

export const patientsContribution: Contribution = {
  domain: 'patients',
  routes: [
    { path: '/print/document/$patientId/$documentId', fullWindow: true, may: 'patient.details', page: async () => (await import('./paper/DocumentPrintPage.tsx')).DocumentPrintPage },
    { path: '/patients', page: async () => (await import('./PatientsPage.tsx')).PatientsPage, may: 'patient.read' },
    { path: '/patients/register', page: async () => (await import('./RegisterPage.tsx')).RegisterPage, may: 'patient.write' },
    { path: '/patients/duplicates', page: async () => (await import('./DuplicatesPage.tsx')).DuplicatesPage, may: 'patient.merge' },
    { path: '/patients/$patientId/open', page: async () => (await import('./OpenPatientPage.tsx')).OpenPatientPage, may: 'patient.read' },
    { path: '/patients/$patientId/details', page: patientPage, may: 'patient.read' },
    { path: '/patients/$patientId/edit', page: patientPage, may: 'patient.write' },
    { path: '/print/label/$patientId', fullWindow: true, may: 'patient.details', page: async () => (await import('./LabelPrintPage.tsx')).LabelPrintPage },
  ],
  places: [{ id: 'patients', label: 'Patients', icon: IconUsers, path: paths.patients(), may: 'patient.read', goKey: 'P' }],
  commands: [
    {
      id: 'patients.register', keys: 'Ctrl+Shift+N', global: true, always: true, icon: IconUserPlus, may: 'patient.write',
      label: (query) => (query === '' ? 'Register new patient' : `Register new patient “${query}”`),
      run: ({ go }, query) => {
        requestRegistration(query)
        go(paths.registerPatient(), { query })
      },
    },
    { id: 'patients.duplicates', label: 'Likely duplicates: merge two charts', icon: IconArrowsJoin, may: 'patient.merge', run: ({ go }) => go(paths.duplicates()) },
    { id: 'patients.list', label: 'List of patients', icon: IconUsers, may: 'patient.read', run: ({ go }) => go(paths.patients()) },
  ],
  approvals: [
    { procedure: 'patients.update', title: 'Date of death', Facts: DiedFacts },
    { procedure: 'scheduling.recordDeath', title: 'Record a death', Facts: DeathFacts },
    { procedure: 'scheduling.reverseDeath', title: 'Take a death back', Facts: ReversalFacts },
    { procedure: 'access.restrictPatient', title: 'Restrict a patient', Facts: RestrictFacts },
    { procedure: 'access.unrestrictPatient', title: 'Lift a restriction', Facts: LiftFacts },
  ],
  patientActions: [
    { id: 'patients.details', label: 'Details: address, insurance, contacts', icon: IconId, letter: 'D', may: 'patient.details', run: (patientId, { go }) => go(paths.patient(patientId)) },
    { id: 'patients.label', label: 'Print label', icon: IconPrinter, letter: 'L', may: 'patient.details', run: (patientId, { go }) => go(paths.print('label', patientId)) },
  ],
  CardScan: lazy(async () => ({ default: (await import('./CardScan.tsx')).CardScan })),
  paletteSource: { id: 'patients', group: 'Patients', may: 'patient.read', search: searchPatients, Preview: PatientPreview },
}
