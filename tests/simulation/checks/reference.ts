import { addMinutes, minutesBetween } from '#shared/kernel/time.ts'
import { people, patientIds } from '../engine/clinic.ts'
import type { World } from '../world.ts'
import type { Applied } from './at-rest.ts'
import { hold } from './violation.ts'

interface Slot { id: string; providerId: string; roomId: string | null; startsAt: string; endsAt: string; status: string; version: number }
interface BookInput { id: string; providerId: string; roomId: string | null; startsAt: string; durationMin: number }
interface StepInput { id: string; providerId?: string; roomId?: string; startsAt?: string; durationMin?: number }

const statusAfter: Readonly<Record<string, string>> = { 'scheduling.arrive': 'arrived', 'scheduling.cancel': 'cancelled', 'scheduling.room': 'roomed' }
const takesTime = (slot: Slot): boolean => slot.status !== 'cancelled' && slot.status !== 'no-show'
const takesRoom = (slot: Slot): boolean => takesTime(slot) && slot.status !== 'fulfilled'

/**
 * The clinic as a few maps: the host's outcomes are done again on them in order. It knows nothing of SQL, feeds or
 * copies, so that it is wrong in other ways than the product.
 */
class Reference {
  readonly patients = new Map<string, number>(patientIds.map((id) => [id, 1]))
  readonly slots = new Map<string, Slot>()
  readonly visits = new Map<string, string>()
  readonly notes = new Map<string, { revision: number; isSigned: boolean; encounterId: string }>()
  readonly charges = new Map<string, string>()
  readonly invoices = new Set<string>()
  readonly payments = new Map<string, number>()
  vitals = 0

  /** What another appointment holds of the wanted time; the same question that the host has answered. */
  isTaken(wanted: Pick<Slot, 'id' | 'providerId' | 'roomId' | 'startsAt' | 'endsAt'>): boolean {
    return [...this.slots.values()].some((one) => one.id !== wanted.id && one.startsAt < wanted.endsAt && wanted.startsAt < one.endsAt
      && ((one.providerId === wanted.providerId && takesTime(one)) || (wanted.roomId !== null && one.roomId === wanted.roomId && takesRoom(one))))
  }

  judge({ name, input, outcome }: Applied): void {
    const saysTaken = outcome.is === 'refused' && outcome.code === 'SLOT_TAKEN'
    if (name !== 'scheduling.book' || (outcome.is !== 'done' && !saysTaken)) return
    const booking = input as BookInput // Of that command.
    const isTaken = this.isTaken({ ...booking, endsAt: addMinutes(booking.startsAt, booking.durationMin) })
    hold(isTaken === saysTaken, 'I7', () => `${booking.startsAt} was ${isTaken ? 'taken and booked again' : 'free and refused'}`)
  }

  take({ name, input, actorId, outcome }: Applied): void {
    if (outcome.is !== 'done') return
    const given = input as { id: string } // Every command of the workload that makes something names it.
    switch (name) {
      case 'patients.register': return void this.patients.set(given.id, 1)
      case 'patients.update': return void this.patients.set(given.id, (outcome.output as { version: number }).version) // A patient.
      case 'scheduling.book': return this.#book(input as BookInput) // Of that command.
      case 'scheduling.undo': return void this.slots.set(given.id, outcome.output as Slot) // What an undoing brings back is the history's to say.
      case 'encounters.open': return this.#open(outcome.output as { id: string; appointmentId: string }, actorId) // A visit.
      case 'encounters.recordVitals': return void (this.vitals += 1)
      case 'encounters.saveDraft': return this.#draft(input as { id: string; revision: number; encounterId: string }) // Of that command.
      case 'encounters.sign': case 'billing.signAndCharge': return this.#sign(input as { noteId: string; charges?: { id: string }[] }) // Of these commands.
      case 'billing.addCharge': return void this.charges.set(given.id, (input as { encounterId: string }).encounterId) // Of that command.
      case 'billing.createInvoice': return void this.invoices.add(given.id)
      case 'billing.takePayment': return void this.payments.set(given.id, (input as { amountCents: number }).amountCents) // Of that command.
      default: return this.#step(name, input as StepInput, outcome.output as Partial<Slot> | null) // Of an appointment, or of something the maps do not hold.
    }
  }

  #book({ id, providerId, roomId, startsAt, durationMin }: BookInput): void {
    this.slots.set(id, { id, providerId, roomId, startsAt, endsAt: addMinutes(startsAt, durationMin), status: 'booked', version: 1 })
  }

  #step(name: string, { id, providerId, roomId, startsAt }: StepInput, after: Partial<Slot> | null): void {
    const slot = this.slots.get(id)
    const status = statusAfter[name]
    if (!slot || (!status && name !== 'scheduling.move')) return
    // Doing what is done already changes nothing, and the answer says so.
    if (after?.version === slot.version) return
    slot.version += 1
    if (status) slot.status = status
    if (roomId) slot.roomId = roomId
    if (providerId) slot.providerId = providerId
    if (!startsAt) return
    slot.endsAt = addMinutes(startsAt, minutesBetween(slot.startsAt, slot.endsAt))
    slot.startsAt = startsAt
  }

  #open({ id, appointmentId }: { id: string; appointmentId: string }, actorId: string): void {
    this.visits.set(id, appointmentId)
    const slot = this.slots.get(appointmentId)
    if (!slot || people.find((one) => one.userId === actorId)?.role !== 'doctor') return
    if (slot.status === 'booked') Object.assign(slot, { status: 'arrived', version: slot.version + 1 })
    if (slot.status === 'arrived' || slot.status === 'roomed') Object.assign(slot, { status: 'in-progress', version: slot.version + 1 })
  }

  #draft({ id, revision, encounterId }: { id: string; revision: number; encounterId: string }): void {
    this.notes.set(id, { revision: revision + 1, isSigned: false, encounterId })
  }

  #sign({ noteId, charges }: { noteId: string; charges?: { id: string }[] }): void {
    const note = this.notes.get(noteId)
    if (!note) return
    note.isSigned = true
    for (const { id } of charges ?? []) this.charges.set(id, note.encounterId)
    const slot = this.slots.get(this.visits.get(note.encounterId) ?? '')
    if (slot && ['in-progress', 'roomed', 'arrived'].includes(slot.status)) Object.assign(slot, { status: 'fulfilled', version: slot.version + 1 })
  }
}

/** Does what the host says it did once more, and compares. */
export function checkReference(world: World, applied: readonly Applied[]): void {
  const reference = new Reference()
  for (const one of applied) {
    reference.judge(one)
    reference.take(one)
  }
  const { db } = world.host.disk
  const rows = <T>(sql: string): T[] => world.statement(db, sql).all() as T[] // The columns of each select.
  same('patients', rows<{ id: string; version: number }>('select id, version from patients').map((row) => [row.id, row.version]), reference.patients)
  same('appointments', rows<Slot>('select id, provider_id as providerId, room_id as roomId, starts_at as startsAt, status, version from appointments').map((row) => [row.id, brief(row)]), new Map([...reference.slots].map(([id, slot]) => [id, brief(slot)])))
  same('visits', rows<{ id: string; of: string }>('select id, appointment_id as of from encounters').map((row) => [row.id, row.of]), reference.visits)
  same('notes', rows<{ id: string; revision: number; isSigned: number }>(`select id, revision, status = 'signed' as isSigned from clinical_notes`).map((row) => [row.id, `${row.revision} ${row.isSigned === 1}`]), new Map([...reference.notes].map(([id, note]) => [id, `${note.revision} ${note.isSigned}`])))
  same('charges', rows<{ id: string; of: string }>('select id, encounter_id as of from charges').map((row) => [row.id, row.of]), reference.charges)
  same('invoices', rows<{ id: string }>('select id from invoices').map((row) => [row.id, true]), new Map([...reference.invoices].map((id) => [id, true])))
  same('payments', rows<{ id: string; cents: number }>('select id, amount_cents as cents from payments').map((row) => [row.id, row.cents]), reference.payments)
  same('vitals', rows<{ n: number }>('select count(*) as n from observations').map((row) => ['all', row.n]), new Map([['all', reference.vitals]]))
}

const brief = ({ providerId, roomId, startsAt, status, version }: Slot): string => [providerId, roomId, startsAt, status, version].join(' ')

function same(what: string, there: readonly [string, unknown][], wanted: ReadonlyMap<string, unknown>): void {
  const here = new Map(there)
  for (const [id, value] of wanted) hold(here.get(id) === value, 'reference', () => `${what} ${id}: the host has ${String(here.get(id))}, the outcomes say ${String(value)}`)
  for (const [id, value] of here) hold(wanted.has(id), 'reference', () => `${what} ${id}: the host has ${String(value)}, which nobody did`)
}
