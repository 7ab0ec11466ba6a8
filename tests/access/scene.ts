import { eq } from 'drizzle-orm'
import { userAccounts } from '#drizzle/schema/clinic.ts'
import { breakGlass } from '#drizzle/schema/access.ts'
import { approvals } from '#drizzle/schema/approvals.ts'
import { Role } from '#shared/access/roles.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import { addMinutes } from '#shared/kernel/time.ts'
import { insertStaffMember, insertUserAccount } from '#main/domains/clinic/repository.ts'
import type { Door } from '#main/core/rpc/context.ts'
import { receiveLot, stockUp, type Stocked } from '#tests/support/stock.ts'
import { withSecondPerson } from '#tests/support/two-people.ts'
import { makeWorld, type World } from '#tests/support/world.ts'
import { clientOf, COLLEAGUE } from './people.ts'
import { makeFile, type FileClass, type PatientFile } from './scene.file.ts'
import type { Caller } from './matrix.ts'
import { makeNotes, type SceneNotes } from './scene.notes.ts'
import { makeConsents, type SceneConsents } from './scene.consents.ts'
import { makeRecalls, makeTasks, type SceneRecalls, type TasksOfRole } from './scene.tasks.ts'

// A clinic with one of everything that a procedure can be about, made through the real procedures, so that each has valid
// input. Every check is rolled back: the scene is the same for all of them.

/** One of everything. */
export interface Scene {
  world: World
  newId(): string
  /**
   * `own`: the one whom a check makes the caller's own chart. `team`: the doctor and the nurse are on the care team. `other`: a
   * colleague's. `restricted`: a colleague's, and kept from everybody else.
   */
  files: Record<FileClass, PatientFile>
  /** What people wrote about the patient of the team. */
  notes: SceneNotes
  /** An unfinished registration of each desk role. */
  forms: Partial<Record<Role, string>>
  /** Cover for the doctor, and for the colleague by somebody to whom it gives nothing. */
  covers: { own: string; colleague: string }
  /** Broken glass whose hour is over, by who broke it. */
  glass: { administrator: string; doctor: string }
  /** Open requests, and acts that went through without a second person. */
  approvals: { open: { administrator: string; billing: string }; alone: { administrator: string; billing: string } }
  tasks: TasksOfRole
  recalls: Record<FileClass, SceneRecalls>
  consents: SceneConsents
  blockId: string
  feeId: string
  roomId: string
  deviceId: string
  /** An item in a cabinet; something of the lot that expires first went to each patient, one lot is in quarantine. */
  stock: Stocked & { receivedMoveId: string; asideId: string; wasted: Partial<Record<Caller, string>> }
  /** A second window, at which a check may let somebody sit. */
  otherWindow: Door
}

export const NEW_PASSWORD = 'a heron in the reeds'
export const REQUEST = 'Paid twice at the desk'

export async function makeScene(): Promise<Scene> {
  const world = await makeWorld()
  const newId = world.core.platform.newId
  addPeople(world)
  const [administrator, desk, billing, doctor, colleague] = [world.as('administrator'), world.as('receptionist'), world.as('billing'), world.as('doctor'), clientOf(world, COLLEAGUE)]
  await billing.billing.addStarterFees({})
  // The flow of a whole week would put the nurse on every team there is.
  await administrator.access.saveSettings({ monthsBack: 24, monthsAhead: 6, flowDaysBack: 0, flowDaysAhead: 0 })
  const by = { desk, billing, administrator }
  const files: Scene['files'] = {
    own: await makeFile(world, { ...by, clinician: doctor, class: 'own' }), team: await makeFile(world, { ...by, clinician: doctor, class: 'team' }),
    other: await makeFile(world, { ...by, clinician: colleague, class: 'other' }), restricted: await makeFile(world, { ...by, clinician: colleague, class: 'restricted' }),
  }
  const notes = await makeNotes(world, files.team.patientId)
  const blockId = newId()
  await desk.scheduling.addBlock({ id: blockId, providerId: world.clinic.providers[1], startsAt: '2026-11-20T14:00:00.000Z', endsAt: '2026-11-20T15:00:00.000Z', title: 'Meeting' })
  const [fee] = await billing.billing.listFees({})
  const [device] = await administrator.devices.list({})
  const scene: Scene = {
    world, newId, files, notes, forms: await makeForms(world), covers: await makeCovers(administrator, world), glass: addOldGlass(world, files.other.patientId),
    approvals: await makeApprovals(world, files.team), tasks: makeTasks(world, files), recalls: makeRecalls(world, files), consents: await makeConsents(world, files), blockId, feeId: fee?.id ?? '', roomId: world.clinic.rooms[0], deviceId: device?.id ?? '', stock: await makeStock(world, files, colleague), otherWindow: world.core.openDoor('test'),
  }
  await restrict(administrator, scene)
  return scene
}

/** A second doctor, who is an administrator too, and somebody with an account who is no staff: a patient. */
function addPeople({ core, clinic }: World): void {
  const db = core.vault.writer
  const at = core.platform.now()
  const { userId, staffId, userName } = clinic.people.patient
  insertUserAccount(db, { id: core.platform.newId(), staffId: clinic.providers[1], userName: COLLEAGUE, loginHash: 'none', roles: [Role.doctor, Role.administrator], createdAt: at })
  insertStaffMember(db, { id: staffId, familyName: 'Portal', givenName: 'Ida', credentials: null, title: null, npi: null, isProvider: false, isActive: false, sortOrder: 90 }, at)
  insertUserAccount(db, { id: userId, staffId, userName, loginHash: 'none', roles: [Role.patient], createdAt: at })
}

async function makeStock(world: World, files: Scene['files'], colleague: CairnClient): Promise<Scene['stock']> {
  const newId = world.core.platform.newId
  const stock = await stockUp(world)
  const keeper = world.as('pharmacist').inventory
  const asideId = await receiveLot(keeper, newId, { itemId: stock.itemId, placeId: stock.cabinetId, lotNumber: 'TX050', expiresOn: '2028-01-31', quantity: 2 })
  await keeper.quarantine({ lotId: asideId, reason: 'in-question' })
  for (const { open } of [files.team, files.other, files.restricted]) {
    const client = open.encounterId === files.team.open.encounterId ? world.as('doctor') : colleague
    await client.inventory.use({ id: newId(), encounterId: open.encounterId, itemId: stock.itemId, picks: [{ lotId: stock.soonId, placeId: stock.cabinetId, quantity: 1 }] })
  }
  const wasted: Scene['stock']['wasted'] = {}
  for (const role of [Role.administrator, Role.doctor, Role.nurse, Role.pharmacist]) {
    const { moves: [move] } = await world.as(role).inventory.waste({ id: newId(), lotId: stock.lateId, placeId: stock.cabinetId, quantity: 1, reason: 'damaged' })
    wasted[role] = move?.id ?? ''
  }
  const { moves } = await keeper.moves({ itemId: stock.itemId })
  return { ...stock, asideId, wasted, receivedMoveId: moves.find((move) => move.lotId === stock.lateId && move.kind === 'receive')?.id ?? '' }
}

async function restrict(administrator: CairnClient, { files, newId, world }: Scene): Promise<void> {
  const colleague = world.core.vault.reader.select().from(userAccounts).where(eq(userAccounts.userName, COLLEAGUE)).get()
  // Also whoever is on the care team is kept out.
  for (const { staffId } of [world.clinic.people.doctor, world.clinic.people.nurse]) world.clinic.joinTeam(world.core, files.restricted.patientId, staffId)
  for (const patientId of [files.restricted.patientId, files.restricted.blankPatientId]) {
    await withSecondPerson(world, administrator, 'access.restrictPatient', { id: newId(), patientId, reason: 'Known to everybody in town', allowedUserIds: [colleague?.id ?? ''] }, Role.doctor)
  }
}

async function makeCovers(administrator: CairnClient, { clinic, core }: World): Promise<Scene['covers']> {
  const covers = { own: core.platform.newId(), colleague: core.platform.newId() }
  const days = { fromOn: '2026-11-17', untilOn: '2026-11-20' }
  await administrator.access.addCover({ id: covers.own, providerId: clinic.providers[0], byStaffId: clinic.providers[1], ...days })
  await administrator.access.addCover({ id: covers.colleague, providerId: clinic.providers[1], byStaffId: clinic.people.pharmacist.staffId, ...days })
  return covers
}

function addOldGlass({ core, clinic }: World, patientId: string): Scene['glass'] {
  const openedAt = addMinutes(core.platform.now(), -61)
  const add = (role: 'administrator' | 'doctor'): string => {
    const id = core.platform.newId()
    core.vault.writer.insert(breakGlass).values({ id, patientId, userId: clinic.people[role].userId, reason: 'emergency', explanation: 'Unconscious at the desk', openedAt, endsAt: addMinutes(openedAt, 60) }).run()
    return id
  }
  return { administrator: add('administrator'), doctor: add('doctor') }
}

async function makeApprovals(world: World, { billed }: PatientFile): Promise<Scene['approvals']> {
  const { core, clinic } = world
  const newId = core.platform.newId
  const open = { administrator: newId(), billing: newId() }
  await world.as('billing').approvals.request({ id: open.billing, procedure: 'billing.voidInvoice', input: { id: billed.invoiceId, reason: 'duplicate' }, reason: REQUEST })
  await world.as('administrator').approvals.request({
    id: open.administrator, procedure: 'billing.refund', input: { id: newId(), paymentId: billed.paymentId, amountCents: 100, method: 'cash', reason: 'Paid twice' }, reason: REQUEST,
  })
  const addAlone = (role: 'administrator' | 'billing'): string => {
    const id = newId()
    const at = core.platform.now()
    core.vault.writer.insert(approvals).values({ id, procedure: 'billing.voidInvoice', input: '{}', reason: '', status: 'alone', requestedBy: clinic.people[role].userId, requestedAt: at, expiresAt: at }).run()
    return id
  }
  return { open, alone: { administrator: addAlone('administrator'), billing: addAlone('billing') } }
}

async function makeForms(world: World): Promise<Scene['forms']> {
  const forms: Scene['forms'] = {}
  for (const role of ['doctor', 'nurse', 'receptionist'] as const) {
    const id = world.core.platform.newId()
    forms[role] = id
    await world.as(role).patients.keepForm({ id, fields: { familyName: `Typed by the ${role}` } })
  }
  return forms
}

/** Nobody but the administrator is left who could say yes to what they ask for. */
export function leaveAlone({ core, clinic }: World): void {
  const at = core.platform.now()
  for (const account of core.vault.reader.select().from(userAccounts).all()) {
    if (account.id === clinic.people.administrator.userId || account.disabledAt !== null) continue
    core.vault.writer.update(userAccounts).set({ disabledAt: at }).where(eq(userAccounts.id, account.id)).run()
  }
}

/** Charges of fees that the visit has not got yet. */
export const newCharges = (scene: Scene) => [{ id: scene.newId(), feeItemId: scene.feeId, quantity: 1 }]
