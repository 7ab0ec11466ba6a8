import { namesOf, ofFile, type Entry } from './entry.ts'
import { reading } from './inputs.encounters.ts'
import { order, type PatientFile } from './scene.file.ts'
import type { Scene } from './scene.ts'

const gone = { absent: 'PATIENT_NOT_FOUND' }
const ofPatient: Entry = { input: ofFile(({ patientId }) => ({ patientId })), ...reading }
/** Nothing speaks against it, and nobody takes it yet. */
const loratadine = { ...order, drug: { ...order.drug, generic: 'loratadine', strength: '10 mg' }, refills: 0 }
const favouriteOf = ({ prescriptions }: PatientFile) => ({ id: prescriptions.favourite })

export const medicationsInputs: Readonly<Record<string, Entry>> = {
  'medications.list': ofPatient,
  'medications.renewable': ofPatient,
  'medications.drafts': ofPatient,
  'medications.favourites': { input: () => ({}) },
  'medications.pages': ofPatient,
  'medications.overrides': { input: () => ({}), hidden: { any: ({ files }: Scene) => [files.other, files.restricted].flatMap(namesOf) } },
  'medications.sign': { input: ofFile(({ patientId, open, prescriptions }, { newId }) => ({ patientId, encounterId: open.encounterId, prescriptions: [{ id: newId(), order: loratadine, draftId: prescriptions.draft }] })), ...gone },
  'medications.cancel': { input: ofFile(({ prescriptions }) => ({ id: prescriptions.signed, reason: 'side-effect', note: 'Itching' })) },
  'medications.prepare': { input: ofFile(({ patientId, open }, { newId }) => ({ id: newId(), patientId, encounterId: open.encounterId, order: loratadine })), ...gone },
  'medications.dropDraft': { input: ofFile(({ prescriptions }) => ({ id: prescriptions.draft })) },
  'medications.saveFavourite': { input: ({ newId }) => ({ id: newId(), order: loratadine }) },
  'medications.removeFavourite': { input: { own: ({ files }) => favouriteOf(files.team), colleague: ({ files }) => favouriteOf(files.other) }, denials: { colleague: 'NOT_FOUND' } },
  'medications.recordPrint': { input: ofFile(({ prescriptions }, { newId }) => ({ id: newId(), requestId: prescriptions.signed, medium: 'paper' })) },
}
