import type { Entry } from './catalogue.ts'
import type { Caller } from './matrix.ts'
import { coverage, PHOTO, type Scene } from './scene.ts'

const none = { input: () => ({}) }
const contact = { name: 'Ana Lopez', relationship: 'sibling', phone: null, isEmergency: false, isGuardian: false }

const ownForm = (scene: Scene, caller: Caller): string => scene.forms[caller as keyof Scene['forms']] ?? scene.newId()
const othersForms = (scene: Scene, caller: Caller): string[] => Object.entries(scene.forms).flatMap(([role, id]) => (role === caller ? [] : [id, `Typed by the ${role}`]))

export const patientsInputs: Readonly<Record<string, Entry>> = {
  'patients.search': { input: () => ({ text: 'lop' }) },
  'patients.closest': { input: () => ({ text: 'lopes' }) },
  'patients.list': none,
  'patients.get': { input: (scene) => ({ id: scene.patientId }) },
  'patients.glance': { input: (scene) => ({ ids: [scene.patientId] }) },
  'patients.findDuplicates': { input: () => ({ familyName: 'Lopez', givenName: 'Maria', birthDate: '1958-03-12', sex: 'female', phone: null }) },
  'patients.history': { input: (scene) => ({ id: scene.patientId }) },
  'patients.photo': { input: (scene) => ({ patientId: scene.patientId }) },
  'patients.register': { input: (scene) => ({ id: scene.newId(), familyName: 'Quist', givenName: 'Ebbe', birthDate: '1990-01-05', sex: 'male' }) },
  'patients.update': { input: (scene) => ({ id: scene.patientId, version: scene.patientVersion, changes: { city: 'Salem' } }) },
  'patients.addContact': { input: (scene) => ({ id: scene.newId(), patientId: scene.patientId, ...contact }) },
  'patients.updateContact': { input: (scene) => ({ id: scene.contactId, ...contact }) },
  'patients.removeContact': { input: (scene) => ({ id: scene.contactId }) },
  'patients.addCoverage': { input: (scene) => ({ id: scene.newId(), patientId: scene.patientId, ...coverage }) },
  'patients.updateCoverage': { input: (scene) => ({ id: scene.coverageId, ...coverage, memberNumber: 'NW 2' }) },
  'patients.endCoverage': { input: (scene) => ({ id: scene.coverageId }) },
  'patients.setPhoto': { input: (scene) => ({ patientId: scene.patientId, data: PHOTO }) },
  'patients.removePhoto': { input: (scene) => ({ patientId: scene.patientId }) },
  'patients.unfinishedForms': { ...none, foreign: othersForms },
  'patients.keepForm': { input: (scene, caller) => ({ id: ownForm(scene, caller), fields: { familyName: 'Doe' } }) },
  'patients.dropForm': { input: (scene, caller) => ({ id: ownForm(scene, caller) }) },
}
