import { inkLine, newestFields } from '#tests/support/consents.ts'
import { ofFile, othersNames, type Builder, type Entry } from './entry.ts'
import type { FileClass } from './scene.file.ts'
import type { Scene } from './scene.ts'

const ofSigned = (build: (consentId: string, scene: Scene) => unknown): Record<FileClass, Builder> => {
  const of = (name: FileClass): Builder => (scene) => build(scene.consents.signed[name], scene)
  return { own: of('own'), team: of('team'), other: of('other'), restricted: of('restricted') }
}
const decision = (more: object) => ofFile(({ patientId }, { newId, consents }) => ({ id: newId(), patientId, formVersionId: consents.formVersionId, signer: { by: 'patient' }, ...more }))

export const consentsInputs: Readonly<Record<string, Entry>> = {
  'consents.listForms': { input: () => ({}) },
  'consents.saveForm': { input: ({ newId, consents }) => ({ id: newId(), formId: consents.formId, basedOn: 1, fields: { ...newestFields, text: 'Other words' }, asksAgain: false }) },
  'consents.addStarterForms': { input: () => ({}), answers: 'FORMS_EXIST' },
  'consents.listForPatient': { input: ofFile(({ patientId }) => ({ patientId })), hidden: { own: othersNames } },
  'consents.get': { input: ofSigned((id) => ({ id })), hidden: { own: othersNames } },
  'consents.sign': { input: decision({ signature: { how: 'drawn', strokes: inkLine } }), absent: 'PATIENT_NOT_FOUND' },
  'consents.refuse': { input: decision({ reason: 'Wants to read it at home' }), absent: 'PATIENT_NOT_FOUND' },
  'consents.withdraw': { input: ofSigned((consentId, { newId }) => ({ id: newId(), consentId, reason: 'Changed her mind' })) },
}
