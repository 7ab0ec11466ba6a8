import type { Contribution } from '#renderer/app/contribution.ts'
import { paths } from '#renderer/app/paths.ts'
import { registerErrorTexts } from '#renderer/rpc/error-text.ts'
import { IconAlertTriangle, IconPill, IconRefresh } from '#renderer/ui/icons.ts'
import { errorTexts } from './words.ts'

registerErrorTexts(errorTexts)

export const medicationsContribution: Contribution = {
  domain: 'medications',
  routes: [
    { path: '/patients/$patientId/prescribe', may: 'prescription.prepare', page: async () => (await import('./PrescribePage.tsx')).PrescribePage },
    { path: '/encounters/$encounterId/prescribe', may: 'prescription.prepare', page: async () => (await import('./PrescribePage.tsx')).PrescribeAtVisitPage },
    { path: '/patients/$patientId/renew', may: 'prescription.sign', page: async () => (await import('./RenewPage.tsx')).RenewPage },
    { path: '/patients/$patientId/prescriptions', may: 'prescription.read', page: async () => (await import('./PrescriptionsPage.tsx')).PrescriptionsPage },
    { path: '/prescribing-overrides', may: 'prescription.sign', page: async () => (await import('./OverridesPage.tsx')).OverridesPage },
    { path: '/print/prescriptions/$patientId', fullWindow: true, may: 'prescription.prepare', page: async () => (await import('./print/PrescriptionsPrintPage.tsx')).PrescriptionsPrintPage },
  ],
  commands: [{ id: 'medications.overrides', label: 'Prescribed against a warning', icon: IconAlertTriangle, may: 'prescription.sign', run: ({ go }) => go(paths.prescribingOverrides()) }],
  patientActions: [
    { id: 'medications.prescribe', label: 'Prescribe', letter: 'R', icon: IconPill, may: 'prescription.prepare', run: (patientId, { go }) => go(paths.prescribe(patientId)) },
    { id: 'medications.renew', label: 'Renew prescriptions', letter: 'N', icon: IconRefresh, may: 'prescription.sign', run: (patientId, { go }) => go(paths.renew(patientId)) },
  ],
}
