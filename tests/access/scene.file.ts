import { limits } from '#shared/kernel/limits.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import type { World } from '#tests/support/world.ts'

export const PHOTO = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(500)]).toString('base64')

export const PAPER = Buffer.from('%PDF-1.7 a page')

/** Patients by what the caller has to do with them. */
export const fileClasses = ['own', 'team', 'other', 'restricted'] as const
export type FileClass = (typeof fileClasses)[number]

export interface Step { id: string; version: number }
interface Visit { appointmentId: string; encounterId: string; noteId: string }

/** A patient with one of everything. */
export interface PatientFile {
  patientId: string
  familyName: string
  givenName: string
  payer: string
  mrn: number
  /** Where everything of this patient stands in the calendar. */
  date: string
  /** Of the same kind, and nothing was ever recorded about this one. */
  blankPatientId: string
  contactId: string
  coverageId: string
  /** A paper whose first part is here. */
  documentId: string
  memberId: string
  /** An appointment in each stage, with its version. */
  /** On the wait list. */
  waitingEntry: Step
  booked: Step
  arrived: Step
  roomed: Step
  started: Step
  /** Signed and invoiced, with a payment. */
  billed: Visit & { invoiceId: string; paymentId: string }
  /** Signed, with charges that wait. */
  waiting: Visit & { chargeId: string }
  /** Not signed, with a diagnosis, and with a copy of another window's text. */
  open: Visit & { diagnosisId: string; copyId: string }
  /** A draft without a copy, ready to be signed. */
  signable: Visit
  /** Signed against a severe warning, made ready, and kept as a favourite by whoever made this file. */
  prescriptions: { signed: string; draft: string; favourite: string }
  facts: { activeProblem: string; resolvedProblem: string; allergy: string; takenMedication: string; stoppedMedication: string; vital: string }
}

export interface Makers { clinician: CairnClient; desk: CairnClient; billing: CairnClient; administrator: CairnClient; class: FileClass }

export const concept = (label: string) => ({ system: 'local' as const, code: null, label })
export const words = { subjective: 'Cough', objective: 'Clear', assessment: 'Cold', plan: 'Rest' }
export const coverageOf = (payerName: string) => ({
  payerName, planName: 'Blue', memberNumber: 'NW 1', groupNumber: 'G 7', relationship: 'self' as const, subscriberName: null, rank: 1, validFrom: '2020-01-01', validTo: null,
})

/** Days apart, so that no visit meets another; providers apart, so that no appointment makes a team. */
const kinds: Record<FileClass, { familyName: string; givenName: string; payer: string; date: string; isTeam: boolean }> = {
  own: { familyName: 'Ollenberg', givenName: 'Ida', payer: 'Own Mutual', date: '2026-11-16', isTeam: true },
  team: { familyName: 'Lopez', givenName: 'Maria', payer: 'Northwall HMO', date: '2026-11-17', isTeam: true },
  other: { familyName: 'Tamm', givenName: 'Kalju', payer: 'Eastgate Plan', date: '2026-11-12', isTeam: false },
  restricted: { familyName: 'Quist', givenName: 'Edda', payer: 'Secretive Care', date: '2026-11-13', isTeam: false },
}

export async function makeFile(world: World, makers: Makers): Promise<PatientFile> {
  const { clinic, core } = world
  const { isTeam, date, payer, ...name } = kinds[makers.class]
  const full = { middleName: 'M.', preferredName: 'Mo', suffix: 'Jr.', phone: '+14135550177', email: 'mo@example.org', addressLine1: '1 Quay', addressLine2: 'Flat 2', city: 'Salem', state: 'MA', postalCode: '01101', country: 'US', language: 'es' }
  const patientId = clinic.addPatient(core, { ...name, ...full, birthDate: '1958-03-12' }, { team: isTeam })
  if (!isTeam) clinic.joinTeam(core, patientId, clinic.providers[1])
  const blankPatientId = clinic.addPatient(core, { familyName: `${name.familyName}-Blank`, givenName: 'Bo', birthDate: '1991-07-01' }, { team: isTeam })
  if (!isTeam) clinic.joinTeam(core, blankPatientId, clinic.providers[1])
  const desk = await fillAtDesk(makers.desk, core.platform.newId, patientId, payer)
  const visits = await makeVisits(world, makers, { patientId, date })
  const { members } = await makers.clinician.access.careTeam({ patientId })
  const { patient } = await makers.desk.patients.get({ id: patientId })
  const waitingEntry = await putOnWaitList(makers.desk, core.platform.newId, patientId)
  const facts = await makeFacts(makers.clinician, core.platform.newId, patientId, visits.open.encounterId)
  return {
    patientId, ...name, payer, waitingEntry, mrn: patient.mrn, date, blankPatientId, ...desk, memberId: members[0]?.id ?? '', ...visits,
    facts, prescriptions: await makePrescriptions(makers.clinician, core.platform.newId, patientId, facts.takenMedication),
  }
}

async function fillAtDesk(desk: CairnClient, newId: () => string, patientId: string, payer: string) {
  const [contactId, coverageId, documentId] = [newId(), newId(), newId()]
  await desk.patients.addContact({ id: contactId, patientId, name: 'Luis Vega', relationship: 'spouse', phone: '+14135550178', isEmergency: true, isGuardian: false })
  await desk.patients.addCoverage({ id: coverageId, patientId, ...coverageOf(payer) })
  await desk.patients.setPhoto({ patientId, data: PHOTO })
  await desk.patients.addDocument({ id: documentId, patientId, kind: 'identity', title: 'ID', byteSize: limits.document_part_bytes * 2 + 1, sha256: '0'.repeat(64), data: PAPER.toString('base64') })
  return { contactId, coverageId, documentId }
}

async function putOnWaitList(desk: CairnClient, newId: () => string, patientId: string): Promise<Step> {
  const { id, version } = await desk.scheduling.addToWaitList({ id: newId(), patientId, typeId: null, durationMin: 15, providerId: null })
  return { id, version }
}

interface Place { patientId: string; date: string }

async function makeVisits(world: World, makers: Makers, place: Place) {
  const { clinician, desk, billing, administrator, class: rowClass } = makers
  const newId = world.core.platform.newId
  const { id: roomId } = await administrator.clinic.saveRoom({ id: newId(), name: `Room of ${rowClass}`, kind: 'exam', sortOrder: 5, isActive: true })
  const own = rowClass === 'own' || rowClass === 'team'
  const book = async (time: string, providerId = world.clinic.providers[own ? 0 : 1]): Promise<Step> => stepOf(await desk.scheduling.book({
    id: newId(), patientId: place.patientId, providerId, roomId: null, typeId: world.clinic.types.short, startsAt: `${place.date}T${time}:00.000Z`, durationMin: 15, reason: 'Cough',
  }))
  const see = (time: string, charge: boolean | null) => seeOne(world, makers, { place, book: () => book(time), charge })
  const billed = await see('14:00', true)
  const invoice = await billing.billing.createInvoice({ id: newId(), encounterId: billed.encounterId })
  const payment = await pay(desk, newId(), place.patientId, invoice.id, 1_000)
  await pay(desk, newId(), place.patientId, null, 2_500) // Paid ahead: there is credit to apply.
  const waiting = await see('14:15', true)
  const [charge] = await clinician.billing.chargesOfEncounter({ encounterId: waiting.encounterId })
  const open = await see('14:30', null)
  const copyId = newId()
  await clinician.encounters.keepCopy({ id: copyId, noteId: open.noteId, ...words })
  const { diagnoses } = await clinician.encounters.encounter({ id: open.encounterId })
  const signable = await see('14:45', null)
  const later = world.clinic.providers[1]
  const arrived = await desk.scheduling.arrive(await book('15:15', later))
  const roomed = await desk.scheduling.room({ ...stepOf(await desk.scheduling.arrive(await book('15:30', later))), roomId })
  const started = await desk.scheduling.start(stepOf(await desk.scheduling.arrive(await book('15:45', later))))
  return {
    billed: { ...billed, invoiceId: invoice.id, paymentId: payment.id }, waiting: { ...waiting, chargeId: charge?.id ?? '' },
    open: { ...open, diagnosisId: diagnoses[0]?.id ?? '', copyId }, signable,
    booked: await book('15:00', later), arrived: stepOf(arrived), roomed: stepOf(roomed), started: stepOf(started),
  }
}

/** A visit through the real procedures; `charge`: signed with one charge, or (null) left open. */
async function seeOne(world: World, { clinician, desk, billing }: Makers, { book, charge }: { place: Place; book: () => Promise<Step>; charge: boolean | null }): Promise<Visit> {
  const newId = world.core.platform.newId
  const appointment = await book()
  await desk.scheduling.arrive(appointment)
  const encounter = await clinician.encounters.open({ appointmentId: appointment.id })
  await clinician.encounters.addDiagnosis({ id: newId(), encounterId: encounter.id, concept: { system: 'icd10cm', code: 'M10.061', label: 'Idiopathic gout, right knee' } })
  const noteId = newId()
  await clinician.encounters.saveDraft({ id: noteId, encounterId: encounter.id, revision: 0, ...words })
  if (charge) {
    const [fee] = (await billing.billing.listFees({})).toReversed()
    await clinician.billing.signAndCharge({ noteId, revision: 1, charges: [{ id: newId(), feeItemId: fee?.id ?? '', quantity: 1 }] })
  }
  return { appointmentId: appointment.id, encounterId: encounter.id, noteId }
}

const pay = (desk: CairnClient, id: string, patientId: string, invoiceId: string | null, amountCents: number) =>
  desk.billing.takePayment({ id, patientId, invoiceId, amountCents, method: 'card', reference: '774 019' })

const stepOf = ({ id, version }: Step): Step => ({ id, version })

async function makeFacts(clinician: CairnClient, newId: () => string, patientId: string, encounterId: string): Promise<PatientFile['facts']> {
  const problem = async (label: string) => (await clinician.encounters.addProblem({ id: newId(), patientId, concept: concept(label) })).id
  const medication = async (label: string) => (await clinician.encounters.addMedication({ id: newId(), patientId, concept: concept(label), sig: null })).id
  const facts = {
    activeProblem: await problem('Gout'), resolvedProblem: await problem('Fracture'), takenMedication: await medication('Allopurinol 100 mg'), stoppedMedication: await medication('Ibuprofen 400 mg'),
    allergy: (await clinician.encounters.addAllergy({ id: newId(), patientId, concept: concept('Peanut'), reaction: 'Hives', severity: 'mild' })).id,
    vital: (await clinician.encounters.recordVitals({ encounterId, values: [{ kind: 'pulse', value: 80 }] }))[0]?.id ?? '',
  }
  await clinician.encounters.resolveProblem({ id: facts.resolvedProblem, resolvedOn: '2026-11-17' })
  await clinician.encounters.stopMedication({ id: facts.stoppedMedication, endedOn: '2026-11-17' })
  return facts
}

/** One by mouth, on and on: what a renewal goes on with. */
export const order = {
  drug: { system: null, code: null, generic: 'allopurinol', brand: null, strength: '100 mg', form: 'tablet' as const }, dose: 1, doseUnit: 'piece' as const, route: 'oral' as const, frequency: 'daily' as const,
  isAsNeeded: false, asNeededFor: null, days: 90, quantity: 90, refills: 1, maySubstitute: true, instructions: 'With water', indication: { code: 'M10.9', label: 'Gout' },
}

async function makePrescriptions(clinician: CairnClient, newId: () => string, patientId: string, takenId: string): Promise<PatientFile['prescriptions']> {
  const [signed, draft, favourite] = [newId(), newId(), newId()]
  await clinician.medications.sign({ patientId, prescriptions: [{ id: signed, order, overrides: [{ kind: 'duplicate', subjectId: takenId, reason: 'tolerated-before' }] }] })
  await clinician.medications.prepare({ id: draft, patientId, order: { ...order, drug: { ...order.drug, generic: 'colchicine', strength: '0.6 mg' } } })
  await clinician.medications.saveFavourite({ id: favourite, order })
  return { signed, draft, favourite }
}
