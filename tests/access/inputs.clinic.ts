import { changeKeyring } from '#main/core/keys/keyring.ts'
import type { Entry } from './entry.ts'
import type { Caller } from './matrix.ts'
import { NEW_PASSWORD, type Scene } from './scene.ts'

const none = { input: () => ({}) }
const isSetUp = 'ALREADY_SET_UP'
const typed = [1, 2, 3].map((number) => ({ number, text: 'AAAA' }))
const noFile = { path: '/nothing/lies/here.csv' }
const person = { givenName: 'Eleanor', familyName: 'Voss', title: null, userName: 'voss' }
const wizard = {
  clinic: { name: 'Riverside', timeZone: 'Europe/Stockholm', currency: 'SEK', paper: 'a4' }, person: { ...person, isProvider: true },
}

const ownAccount = ({ world: { clinic: { people } } }: Scene, caller: Caller) => ({ userId: (people[caller as keyof typeof people] ?? people.administrator).userId })
const nurse = ({ world }: Scene) => ({ userId: world.clinic.people.nurse.userId })

/** A printed key of the first releases: the data key cannot be changed before it is drawn anew. */
function holdOldKey({ core }: Scene['world']): void {
  changeKeyring(core.vault.folder, (keyring) => ({ ...keyring, old: [{ id: core.platform.newId(), kind: 'recovery', lookup: null, kdf: null, salt: 'AAAA', nonce: 'AAAA', wrapped: 'AAAA' }] }))
}

const clinicFields = (scene: Scene) => ({
  id: scene.world.clinic.id, name: 'Harbor Clinic', timeZone: scene.world.clinic.zone, addressLine1: null, addressLine2: null, city: null, state: null, postalCode: null,
  phone: null, paper: 'letter', invoicePrefix: 'A',
})

/** The clinic, sign-in, and what stands around the records: codes, imports and the activity log. */
export const clinicInputs: Readonly<Record<string, Entry>> = {
  'audit.list': none,
  'audit.actions': none,
  'audit.mine': { ...none, hidden: { any: ({ world }, caller) => Object.entries(world.clinic.people).flatMap(([role, { userId }]) => (role === caller ? [] : [`"actorId":"${userId}"`])) } },
  'audit.chartAccess': { input: ({ files }) => ({ patientId: files.team.patientId }) },
  'audit.state': none,
  'audit.verify': none,
  'audit.export': { input: ({ newId, world }) => ({ id: newId(), folder: world.folder, action: 'break-glass.used', recipient: 'The auditor', purpose: 'Yearly review' }), answers: 'NOTHING_TO_EXPORT', contained: 'folder' },
  'audit.disclosures': none,
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
    input: (scene) => ({ userId: scene.newId(), staffId: scene.newId(), ...person, credentials: null, isProvider: false, roles: ['nurse'] }),
  },
  'clinic.saveStaff': {
    input: (scene) => ({ id: scene.world.clinic.people.nurse.staffId, givenName: 'Tom', familyName: 'Okafor', credentials: 'RN', title: null, npi: null, isProvider: false, sortOrder: 2 }),
  },
  'clinic.disablePerson': { input: { own: ownAccount, colleague: nurse }, denials: { own: 'OWN_ACCOUNT' } },
  'clinic.resetAccess': { input: { own: ownAccount, colleague: nurse }, denials: { own: 'OWN_ACCOUNT' } },
  'clinic.changeRoles': {
    input: { own: (scene, caller) => ({ ...ownAccount(scene, caller), roles: ['administrator', 'doctor'] }), colleague: (scene) => ({ ...nurse(scene), roles: ['nurse', 'receptionist'] }) },
    denials: { own: 'NEEDS_SECOND_PERSON' },
  },
  'clinic.setPrivacyOfficer': {
    input: { own: (scene, caller) => ({ ...ownAccount(scene, caller), isPrivacyOfficer: true }), colleague: (scene) => ({ ...nurse(scene), isPrivacyOfficer: true }) },
    denials: { own: 'NEEDS_SECOND_PERSON' },
  },
  'clinic.keyState': none,
  'clinic.rotateKey': { ...none, before: ({ world }) => holdOldKey(world), answers: 'OLD_SLOTS' },
  'clinic.reissueRecoveryKey': { input: () => ({ typed }), answers: 'NO_RECOVERY_KEY' },
  'clinic.drawNextRecoveryKey': none,
  'clinic.makeKeyFile': { input: ({ world }) => ({ path: `${world.folder}/cairn.key` }), answers: 'KEY_FILE_INSIDE', contained: 'path' },
  'clinic.health': none,
  'codes.search': { input: () => ({ system: 'icd10cm', text: 'gout' }) },
  'codes.listSets': none,
  'codes.importFile': { input: () => noFile, answers: 'FILE_NOT_FOUND' },
  'migration.importFhir': { input: (scene) => ({ id: scene.newId(), ...noFile, dryRun: false }), answers: 'FILE_NOT_FOUND' },
  'migration.lookCsv': { input: () => noFile, answers: 'FILE_NOT_FOUND' },
  'migration.stageCsv': { input: (scene) => ({ id: scene.newId(), ...noFile, kind: 'patients', reading: { mapping: ['family-name', 'birth-date'], order: 'mdy', areaCode: '', source: 'file', providers: [] } }), answers: 'FILE_NOT_FOUND' },
  'migration.commitCsv': { input: (scene) => ({ id: scene.newId(), kind: 'patients', rowCount: 0 }), answers: 'WRONG_STAGE' },
  'migration.undoCsv': { input: (scene) => ({ id: scene.newId() }), answers: 'WRONG_STAGE' },
  'migration.listCsv': none,
  'migration.listCsvProblems': { input: (scene) => ({ id: scene.newId() }) },
  'migration.listCsvPairs': { input: (scene) => ({ id: scene.newId() }) },
  'migration.decideCsvPair': { input: (scene) => ({ id: scene.newId(), decision: 'same' }), answers: 'WRONG_STAGE' },
  'migration.saveCsvProblems': { input: (scene) => ({ id: scene.newId(), folder: '/nowhere' }), answers: 'FOLDER_NOT_WRITABLE' },
  'migration.listRuns': none,
  'migration.listSkips': { input: (scene) => ({ runId: scene.newId() }) },
}
