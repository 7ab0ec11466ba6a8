import type { Role } from '#shared/access/roles.ts'
import { ofFile, othersNames, restrictedNames, type Builder, type Entry } from './entry.ts'
import type { Caller } from './matrix.ts'
import { coverageOf } from './scene.file.ts'
import { PHOTO } from './scene.file.ts'
import type { Scene } from './scene.ts'

const none = { input: () => ({}) }
const contact = { name: 'Ana Lopez', relationship: 'sibling', phone: null, isEmergency: false, isGuardian: false }

const ownForm = (scene: Scene, caller: Caller): string => scene.forms[caller as Role] ?? scene.newId()
const othersForms = (scene: Scene, caller: Caller): string[] => Object.entries(scene.forms).flatMap(([role, id]) => (role === caller ? [] : [id, `Typed by the ${role}`]))

/** A list: of nobody but themselves to a patient, and nobody restricted to anybody. */
const list = (any: Builder, restricted: Builder): Entry => ({ input: { any, restricted }, hidden: { any: othersNames, restricted: restrictedNames } })
const ofPatient = ofFile(({ patientId }) => ({ patientId }))
const byId = { input: ofFile(({ patientId }) => ({ id: patientId })), hidden: { own: othersNames } }
const payer = (of: 'team' | 'other' | 'restricted' | 'own') => ({ files }: Scene): string[] => [files[of].payer]

export const patientsInputs: Readonly<Record<string, Entry>> = {
  'patients.search': list(() => ({ text: 'lop' }), () => ({ text: 'quist' })),
  'patients.closest': list(() => ({ text: 'lopes' }), () => ({ text: 'quist' })),
  'patients.list': list(() => ({}), () => ({})),
  'patients.get': byId,
  'patients.glance': { input: ofFile(({ patientId }) => ({ ids: [patientId] })), hidden: { own: (scene, caller) => [...othersNames(scene, caller), ...(caller === 'patient' ? [] : payer('own')(scene))], team: payer('team'), other: payer('other'), restricted: payer('restricted') } },
  'patients.findDuplicates': {
    input: { any: () => ({ familyName: 'Lopez', givenName: 'Maria', birthDate: '1958-03-12', sex: 'female', phone: null }), restricted: () => ({ familyName: 'Quist', givenName: 'Edda', birthDate: '1958-03-12', sex: 'female', phone: null }) },
    hidden: { restricted: restrictedNames },
  },
  'patients.history': byId,
  'patients.photo': { input: ofPatient, hidden: { own: othersNames } },
  'patients.register': { input: (scene) => ({ id: scene.newId(), familyName: 'Zweig', givenName: 'Ebbe', birthDate: '1990-01-05', sex: 'male' }) },
  'patients.update': { input: ofFile(({ patientId }) => ({ id: patientId, was: { city: null }, changes: { city: 'Boston' } })) },
  'patients.addContact': { input: ofFile(({ patientId }, { newId }) => ({ id: newId(), patientId, ...contact })) },
  'patients.updateContact': { input: ofFile(({ contactId }) => ({ id: contactId, ...contact })) },
  'patients.removeContact': { input: ofFile(({ contactId }) => ({ id: contactId })) },
  'patients.addCoverage': { input: ofFile(({ patientId }, { newId }) => ({ id: newId(), patientId, ...coverageOf('Second Plan') })) },
  'patients.updateCoverage': { input: ofFile(({ coverageId, payer: name }) => ({ id: coverageId, ...coverageOf(name), memberNumber: 'NW 2' })) },
  'patients.endCoverage': { input: ofFile(({ coverageId }) => ({ id: coverageId })) },
  'patients.setPhoto': { input: ofFile(({ patientId }) => ({ patientId, data: PHOTO })) },
  'patients.removePhoto': { input: ofFile(({ patientId }) => ({ patientId })) },
  'patients.unfinishedForms': { ...none, hidden: { any: othersForms } },
  'patients.keepForm': { input: (scene, caller) => ({ id: ownForm(scene, caller), fields: { familyName: 'Doe' } }) },
  'patients.dropForm': { input: (scene, caller) => ({ id: ownForm(scene, caller) }) },
}
