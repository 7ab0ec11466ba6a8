import { ADMIN_PASSWORD } from '#tests/support/small-clinic.ts'
import type { Entry } from './catalogue.ts'
import { NEW_PASSWORD, type Scene } from './scene.ts'

const none = { input: () => ({}) }
const isSetUp = 'ALREADY_SET_UP'
const typed = [1, 2, 3].map((number) => ({ number, text: 'AAAA' }))
const noFile = { path: '/nothing/lies/here.csv' }
const person = { givenName: 'Eleanor', familyName: 'Voss', title: null, userName: 'voss' }
const wizard = {
  clinic: { name: 'Riverside', timeZone: 'Europe/Stockholm', currency: 'SEK', paper: 'a4' }, person: { ...person, isProvider: true },
}

const clinicFields = (scene: Scene) => ({
  id: scene.world.clinic.id, name: 'Harbor Clinic', timeZone: scene.world.clinic.zone, addressLine1: null, addressLine2: null, city: null, state: null, postalCode: null,
  phone: null, paper: 'letter', invoicePrefix: 'A',
})

/** The clinic, sign-in, and what stands around the records: codes, imports and the activity log. */
export const clinicInputs: Readonly<Record<string, Entry>> = {
  'audit.list': none,
  'audit.actions': none,
  'clinic.get': none,
  'clinic.listStaff': none,
  'clinic.listRooms': none,
  'clinic.exploreDemo': { input: () => ({ password: NEW_PASSWORD, startAs: 'doctor', timeZone: 'UTC', patients: 50 }), answers: isSetUp },
  'clinic.setupDraft': { ...none, answers: isSetUp },
  'clinic.saveSetupDraft': {
    input: () => ({ step: 'clinic', ...wizard, person: { ...wizard.person, title: '' }, hours: { from: 480, to: 1_020, lunchFrom: 720, lunchTo: 780, rooms: 2 } }), answers: isSetUp,
  },
  'clinic.drawRecoveryKey': { ...none, answers: isSetUp },
  'clinic.checkRecoveryGroups': { input: () => ({ typed }), answers: 'NO_RECOVERY_KEY' },
  'clinic.setUp': { input: () => ({ clinic: { ...wizard.clinic, rooms: 2 }, person: wizard.person, password: NEW_PASSWORD, typed }), answers: isSetUp },
  'clinic.update': { input: clinicFields },
  'clinic.listAllRooms': none,
  'clinic.saveRoom': { input: (scene) => ({ id: scene.newId(), name: 'Room 9', kind: 'exam', sortOrder: 9, isActive: true }) },
  'clinic.listAccounts': none,
  'clinic.addPerson': {
    input: (scene) => ({ userId: scene.newId(), staffId: scene.newId(), ...person, credentials: null, isProvider: false, roles: ['nurse'], password: NEW_PASSWORD }),
  },
  'clinic.saveStaff': {
    input: (scene) => ({ id: scene.world.clinic.people.nurse.staffId, givenName: 'Tom', familyName: 'Okafor', credentials: 'RN', title: null, npi: null, isProvider: false, sortOrder: 2 }),
  },
  'clinic.disablePerson': {
    input: {
      own: (scene, caller) => ({ userId: (scene.world.clinic.people[caller as keyof typeof scene.world.clinic.people] ?? scene.world.clinic.people.administrator).userId }),
      other: (scene) => ({ userId: scene.world.clinic.people.nurse.userId }),
    },
    denial: 'OWN_ACCOUNT',
  },
  'clinic.setPassword': { input: (scene) => ({ userId: scene.world.clinic.people.nurse.userId, password: NEW_PASSWORD }) },
  'clinic.health': none,
  'codes.search': { input: () => ({ system: 'icd10cm', text: 'gout' }) },
  'codes.listSets': none,
  'codes.importFile': { input: () => noFile, answers: 'FILE_NOT_FOUND' },
  'migration.importFhir': { input: (scene) => ({ id: scene.newId(), ...noFile }), answers: 'FILE_NOT_FOUND' },
  'migration.listRuns': none,
  'migration.listSkips': { input: (scene) => ({ runId: scene.newId() }) },
  'session.state': none,
  'session.signIn': { input: () => ({ userName: 'administrator', password: ADMIN_PASSWORD }) },
  // Nobody but the administrator has a password in the scene: the door is open to everybody, the key is not.
  'session.unlock': { input: () => ({ password: 'not the password' }), answers: 'SIGN_IN_REFUSED' },
  'session.lock': none,
  'session.signOut': none,
  'session.recover': { input: () => ({ recoveryKey: 'AAAA-BBBB', userName: 'administrator', newPassword: NEW_PASSWORD }), answers: 'RECOVERY_KEY_MISREAD' },
  'session.changes': { ...none, isEndless: true },
}
