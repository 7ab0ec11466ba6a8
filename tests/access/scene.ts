import type { Role } from '#shared/access/roles.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import { bill, pay, seePatient, type SeenVisit } from '#tests/support/visits.ts'
import { makeWorld, type World } from '#tests/support/world.ts'

// A clinic with one of everything that a procedure can be about, made through the real procedures, so that each has valid
// input. Every check is rolled back: the scene is the same for all of them.

export interface Scene {
  world: World
  newId(): string
  patientId: string
  /** Nothing was ever recorded about this one. */
  blankPatientId: string
  patientVersion: number
  contactId: string
  coverageId: string
  /** An unfinished registration of each desk role. */
  forms: Record<Role, string>
  /** An appointment in each stage, with its version. */
  booked: Step
  arrived: Step
  roomed: Step
  started: Step
  blockId: string
  /** Signed and invoiced, with a payment. */
  billed: SeenVisit & { invoiceId: string; paymentId: string }
  /** Signed, with charges that wait. */
  waiting: SeenVisit & { chargeId: string }
  /** Not signed: the doctor's draft and the nurse's draft in one visit, each with a copy of another window's text. */
  open: SeenVisit & { diagnosisId: string; drafts: Record<'doctor' | 'nurse', { noteId: string; copyId: string; revision: number }> }
  /** The doctor's draft without a copy, ready to be signed. */
  signable: SeenVisit
  feeId: string
  roomId: string
  facts: { activeProblem: string; resolvedProblem: string; allergy: string; takenMedication: string; stoppedMedication: string; vital: string }
}

export interface Step { id: string; version: number }

export const PHOTO = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(500)]).toString('base64')
export const NEW_PASSWORD = 'a heron in the reeds'
export const concept = (label: string) => ({ system: 'local' as const, code: null, label })
export const words = { subjective: 'Cough', objective: 'Clear', assessment: 'Cold', plan: 'Rest' }

export async function makeScene(): Promise<Scene> {
  const world = await makeWorld()
  const newId = world.core.platform.newId
  const as = { doctor: world.as('doctor'), nurse: world.as('nurse'), receptionist: world.as('receptionist'), administrator: world.as('administrator') }
  const patientId = world.clinic.addPatient(world.core)
  const visits = await makeVisits(world, as, patientId)
  const { coverageId, contactId } = await fillFile(as.receptionist, newId, patientId)
  const file = await as.receptionist.patients.get({ id: patientId })
  const fees = await as.doctor.billing.listFees({})
  const blockId = newId()
  await as.receptionist.scheduling.addBlock({ id: blockId, providerId: world.clinic.providers[1], startsAt: '2026-11-20T14:00:00.000Z', endsAt: '2026-11-20T15:00:00.000Z', title: 'Meeting' })
  return {
    world, newId, patientId, blankPatientId: world.clinic.addPatient(world.core, { familyName: 'Abara', givenName: 'Chidi' }), patientVersion: file.patient.version,
    contactId, coverageId, forms: await makeForms(world), ...visits, blockId, feeId: fees[0]?.id ?? '', roomId: world.clinic.rooms[0], facts: await makeFacts(as, newId, patientId, visits.open),
  }
}

type People = Record<'doctor' | 'nurse' | 'receptionist', CairnClient>

async function makeVisits(world: World, as: People, patientId: string) {
  const seen = await seePatient(world, { patientId, startsAt: '2026-11-17T14:00:00.000Z' })
  const invoice = await bill(world, seen)
  const payment = await pay(world, patientId, invoice.id, 1_000)
  await pay(world, patientId, null, 2_500) // Paid ahead: there is credit to apply.
  const unpaid = await seePatient(world, { patientId, startsAt: '2026-11-17T14:15:00.000Z' })
  const [charge] = await as.doctor.billing.chargesOfEncounter({ encounterId: unpaid.encounterId })
  return {
    billed: { ...seen, invoiceId: invoice.id, paymentId: payment.id },
    waiting: { ...unpaid, chargeId: charge?.id ?? '' },
    open: await makeOpenVisit(world, as, await seePatient(world, { patientId, startsAt: '2026-11-17T14:30:00.000Z', sign: false })),
    signable: await seePatient(world, { patientId, startsAt: '2026-11-17T14:45:00.000Z', sign: false }),
    ...await makeSteps(world, as.receptionist, patientId),
  }
}

async function makeOpenVisit(world: World, as: People, visit: SeenVisit) {
  const newId = world.core.platform.newId
  const noteId = newId()
  await as.nurse.encounters.saveDraft({ id: noteId, encounterId: visit.encounterId, revision: 0, ...words })
  const copies = { doctor: newId(), nurse: newId() }
  await as.doctor.encounters.keepCopy({ id: copies.doctor, noteId: visit.noteId, ...words })
  await as.nurse.encounters.keepCopy({ id: copies.nurse, noteId, ...words })
  const { diagnoses } = await as.doctor.encounters.encounter({ id: visit.encounterId })
  return {
    ...visit, diagnosisId: diagnoses[0]?.id ?? '',
    drafts: { doctor: { noteId: visit.noteId, copyId: copies.doctor, revision: 1 }, nurse: { noteId, copyId: copies.nurse, revision: 1 } },
  }
}

async function makeSteps(world: World, desk: CairnClient, patientId: string) {
  const providerId = world.clinic.providers[1]
  const book = async (startsAt: string): Promise<Step> => {
    const { id, version } = await desk.scheduling.book({ id: world.core.platform.newId(), patientId, providerId, roomId: null, typeId: world.clinic.types.short, startsAt, durationMin: 15, reason: null })
    return { id, version }
  }
  const arrived = await desk.scheduling.arrive(await book('2026-11-17T15:15:00.000Z'))
  const roomed = await desk.scheduling.room({ ...stepOf(await desk.scheduling.arrive(await book('2026-11-17T15:30:00.000Z'))), roomId: world.clinic.rooms[1] })
  const started = await desk.scheduling.start(stepOf(await desk.scheduling.arrive(await book('2026-11-17T15:45:00.000Z'))))
  return { booked: await book('2026-11-17T15:00:00.000Z'), arrived: stepOf(arrived), roomed: stepOf(roomed), started: stepOf(started) }
}

const stepOf = ({ id, version }: Step): Step => ({ id, version })

async function fillFile(desk: CairnClient, newId: () => string, patientId: string) {
  const [contactId, coverageId] = [newId(), newId()]
  await desk.patients.addContact({ id: contactId, patientId, name: 'Luis Lopez', relationship: 'spouse', phone: null, isEmergency: true, isGuardian: false })
  await desk.patients.addCoverage({ id: coverageId, patientId, ...coverage })
  await desk.patients.setPhoto({ patientId, data: PHOTO })
  return { contactId, coverageId }
}

export const coverage = {
  payerName: 'Northwall HMO', planName: null, memberNumber: 'NW 1', groupNumber: null, relationship: 'self' as const, subscriberName: null, rank: 1, validFrom: null, validTo: null,
}

async function makeForms(world: World): Promise<Scene['forms']> {
  const forms = {} as Scene['forms'] // Filled below for those who register patients; the others have none.
  for (const role of ['doctor', 'nurse', 'receptionist'] as const) {
    forms[role] = world.core.platform.newId()
    await world.as(role).patients.keepForm({ id: forms[role], fields: { familyName: `Typed by the ${role}` } })
  }
  return forms
}

async function makeFacts(as: People, newId: () => string, patientId: string, visit: SeenVisit): Promise<Scene['facts']> {
  const problem = async (label: string) => (await as.doctor.encounters.addProblem({ id: newId(), patientId, concept: concept(label) })).id
  const medication = async (label: string) => (await as.doctor.encounters.addMedication({ id: newId(), patientId, concept: concept(label), sig: null })).id
  const facts = {
    activeProblem: await problem('Gout'), resolvedProblem: await problem('Fracture'), takenMedication: await medication('Allopurinol 100 mg'), stoppedMedication: await medication('Ibuprofen 400 mg'),
    allergy: (await as.nurse.encounters.addAllergy({ id: newId(), patientId, concept: concept('Peanut'), reaction: null, severity: 'mild' })).id,
    vital: (await as.nurse.encounters.recordVitals({ encounterId: visit.encounterId, values: [{ kind: 'pulse', value: 80 }] }))[0]?.id ?? '',
  }
  await as.doctor.encounters.resolveProblem({ id: facts.resolvedProblem, resolvedOn: '2026-11-17' })
  await as.doctor.encounters.stopMedication({ id: facts.stoppedMedication, endedOn: '2026-11-17' })
  return facts
}

/** Charges of fees that the visit has not got yet. */
export const newCharges = (scene: Scene) => [{ id: scene.newId(), feeItemId: scene.feeId, quantity: 1 }]
