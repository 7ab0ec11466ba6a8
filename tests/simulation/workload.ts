import { vitalKinds } from '#shared/domains/encounters/model.vitals.ts'
import { DuplicateReason } from '#shared/domains/patients/model.ts'
import { cancelReasons } from '#shared/domains/scheduling/model.ts'
import { addMinutes } from '#shared/kernel/time.ts'
import { fees, OPENS_AT, people, providers, rooms, type Person } from './engine/clinic.ts'
import type { Random } from './engine/random.ts'

/** What a person sees on the machine where they sit; everything they do follows from it. */
export interface View {
  rows<T>(sql: string): T[]
  newId(): string
}

export interface Wanted { name: string; input: unknown; actor: Person }
interface Appointment { id: string; version: number; status: string; patientId: string }
interface Note { id: string; revision: number; status: string; encounterId: string; authorId: string }

/** The more often one stands here, the more often it is done. */
export const intents = [
  'register', 'update', 'update', 'book', 'book', 'book', 'move', 'cancel', 'arrive', 'arrive', 'room', 'undo', 'open', 'open', 'vitals', 'allergy', 'diagnose',
  'draft', 'draft', 'sign', 'charge', 'charge', 'invoice', 'invoice', 'pay', 'pay', 'contact', 'type',
] as const
export type Intent = (typeof intents)[number]

const only = (roles: readonly string[], random: Random): Person => random.pick(people.filter((one) => roles.includes(one.role)))
const desk = ['receptionist', 'nurse', 'doctor']
const clinicians = ['nurse', 'doctor']

const patientsOf = (view: View) => view.rows<{ id: string; version: number }>('select id, version from patients order by id')
const appointmentsOf = (view: View) => view.rows<Appointment>('select id, version, status, patient_id as patientId from appointments order by id')
const typesOf = (view: View) => view.rows<{ id: string }>('select id from appointment_types order by id').map((one) => one.id)
const visitsOf = (view: View) => view.rows<{ id: string; patientId: string }>('select id, patient_id as patientId from encounters order by id')
const notesOf = (view: View) => view.rows<Note>('select id, revision, status, encounter_id as encounterId, author_id as authorId from clinical_notes order by id')

/** Six times a quarter of an hour, so that people want the same one. */
const time = (random: Random): string => addMinutes(OPENS_AT, random.below(6) * 15)
const concept = (random: Random) => ({ system: 'icd10cm', code: `M10.${random.below(3)}`, label: 'Gout' })

type Make = (view: View, random: Random) => Wanted | undefined

function onAppointment(name: string, more: (random: Random) => object = () => ({})): Make {
  return (view, random) => {
    const found = appointmentsOf(view)
    if (found.length === 0) return undefined
    const { id, version } = random.pick(found)
    return { name, input: { id, version, ...more(random) }, actor: only(desk, random) }
  }
}

function onVisit(name: string, roles: readonly string[], input: (visit: { id: string; patientId: string }, view: View, random: Random) => object): Make {
  return (view, random) => {
    const found = visitsOf(view)
    if (found.length === 0) return undefined
    return { name, input: input(random.pick(found), view, random), actor: only(roles, random) }
  }
}

const makers: Record<Intent, Make> = {
  register: (view, random) => ({
    name: 'patients.register', actor: only(desk, random),
    input: { id: view.newId(), familyName: random.pick(['Doe', 'Roe', 'Poe', 'Low']), givenName: random.pick(['Ann', 'Ben']), birthDate: `198${random.below(3)}-02-01`, sex: 'male', duplicateReason: random.chance(0.3) ? DuplicateReason.otherPerson : null },
  }),
  update: (view, random) => {
    const { id, version } = random.pick(patientsOf(view))
    return { name: 'patients.update', actor: only(desk, random), input: { id, version, changes: { [random.pick(['city', 'email', 'preferredName'])]: random.pick(['one@example.org', 'two@example.org']) } } }
  },
  contact: (view, random) => ({
    name: 'patients.addContact', actor: only(desk, random),
    input: { id: view.newId(), patientId: random.pick(patientsOf(view)).id, name: 'Kim', relationship: 'sister', phone: null, isEmergency: true, isGuardian: false },
  }),
  type: (view, random) => ({
    name: 'scheduling.saveType', actor: only(['receptionist', 'administrator'], random),
    input: { id: view.newId(), name: 'Check-up', durationMin: 20, isActive: true, sortOrder: 2 },
  }),
  book: (view, random) => ({
    name: 'scheduling.book', actor: only(desk, random),
    input: { id: view.newId(), patientId: random.pick(patientsOf(view)).id, providerId: random.pick(providers), roomId: random.pick([null, ...rooms]), typeId: random.pick([null, ...typesOf(view)]), startsAt: time(random), durationMin: random.pick([15, 30]), reason: null },
  }),
  move: onAppointment('scheduling.move', (random) => ({ providerId: random.pick(providers), startsAt: time(random) })),
  cancel: onAppointment('scheduling.cancel', (random) => ({ reason: random.pick(cancelReasons) })),
  arrive: onAppointment('scheduling.arrive'),
  room: onAppointment('scheduling.room', (random) => ({ roomId: random.pick(rooms) })),
  undo: onAppointment('scheduling.undo'),
  open: (view, random) => {
    const found = appointmentsOf(view)
    return found.length === 0 ? undefined : { name: 'encounters.open', input: { id: view.newId(), appointmentId: random.pick(found).id }, actor: only(clinicians, random) }
  },
  vitals: onVisit('encounters.recordVitals', clinicians, (visit, _view, random) => ({ encounterId: visit.id, values: [{ kind: random.pick(vitalKinds.slice(2, 3)), value: random.between(60, 90) }] })),
  allergy: (view, random) => ({
    name: 'encounters.addAllergy', actor: only(clinicians, random),
    input: { id: view.newId(), patientId: random.pick(patientsOf(view)).id, concept: { system: null, code: null, label: random.pick(['Peanut', 'Latex']) }, reaction: null, severity: 'mild' },
  }),
  diagnose: onVisit('encounters.addDiagnosis', ['doctor'], (visit, view, random) => ({ id: view.newId(), encounterId: visit.id, concept: concept(random) })),
  draft: (view, random) => {
    const [note] = notesOf(view).filter((one) => one.status === 'draft' && random.chance(0.7))
    const author = note && people.find((one) => one.userId === note.authorId)
    const words = { subjective: `Knee hurts ${random.below(100)}`, objective: '', assessment: 'Gout', plan: '' }
    if (note && author) return { name: 'encounters.saveDraft', actor: author, input: { id: note.id, encounterId: note.encounterId, revision: note.revision, ...words } }
    return onVisit('encounters.saveDraft', clinicians, (visit) => ({ id: view.newId(), encounterId: visit.id, revision: 0, ...words }))(view, random)
  },
  sign: (view, random) => {
    const drafts = notesOf(view).filter((one) => one.status === 'draft')
    if (drafts.length === 0) return undefined
    const { id, revision } = random.pick(drafts)
    return random.chance(0.5)
      ? { name: 'encounters.sign', input: { noteId: id, revision }, actor: only(['doctor'], random) }
      : { name: 'billing.signAndCharge', input: { noteId: id, revision, charges: [{ id: view.newId(), feeItemId: random.pick(fees), quantity: 1 }] }, actor: only(['doctor'], random) }
  },
  charge: onVisit('billing.addCharge', ['billing', 'doctor'], (visit, view, random) => ({ id: view.newId(), encounterId: visit.id, feeItemId: random.pick(fees), quantity: random.between(1, 2) })),
  invoice: onVisit('billing.createInvoice', ['receptionist', 'billing'], (visit, view) => ({ id: view.newId(), encounterId: visit.id })),
  pay: (view, random) => {
    const open = view.rows<{ id: string; patientId: string }>(`select id, patient_id as patientId from invoices where status = 'issued' order by id`)
    const chosen = open.length > 0 && random.chance(0.7) ? random.pick(open) : undefined
    return {
      name: 'billing.takePayment', actor: only(['receptionist', 'billing'], random),
      input: { id: view.newId(), patientId: chosen?.patientId ?? random.pick(patientsOf(view)).id, invoiceId: chosen?.id ?? null, amountCents: random.between(1, 50) * 100, method: 'cash' },
    }
  },
}

/** Undefined where there is nothing to do it with. */
export const wantedFor = (what: Intent, view: View, random: Random): Wanted | undefined => makers[what](view, random)
