import type { Database } from 'better-sqlite3'
import type { CairnClient } from '#shared/rpc/client.ts'
import { Refusal } from '#shared/rpc/errors.ts'
import { uuidv7At } from '#shared/kernel/ids.ts'
import { seeded } from '#tests/bench/support/measure.ts'
import type { Machine } from './machine.ts'
import { column, one, reading } from './records.ts'

/** One write of the script: what a person does at one machine. Its id names the row that it makes. */
export interface Write { id: string; is: 'registration' | 'booking' | 'payment' | 'addendum'; patientId: string; startsAt: string; noteId: string; name: string }
/** What its person has seen of it. */
export type Seen = 'saved' | { refused: string }
export interface Done { write: Write; machine: Machine; seen: Seen }

const tables = { registration: 'patients', booking: 'appointments', payment: 'payments', addendum: 'note_addenda' } as const

export const isThere = (db: Database, { is, id }: Write): boolean => one<number>(db, `select count(*) from ${tables[is]} where id = ?`, id) === 1

interface Wanted { registrations: number; payments: number; addenda: number; ownBookings: number; contestedSlots: number }

/** The same for every run. A contested time is booked once at each machine, on purpose; answers each machine's writes in a mixed order. */
export function script(db: Database, machines: number, wanted: Wanted): { writes: Write[][]; providerId: string; contested: string[] } {
  const random = seeded(5)
  const newId = (): string => uuidv7At(Date.UTC(2029, 0, 1) + Math.floor(random() * 1e9), Uint8Array.from({ length: 10 }, () => Math.floor(random() * 256)))
  // Of the author who adds to them, about patients that this author cares for and nobody has closed away.
  const notes = column<string>(db, `select n.id from clinical_notes n join user_accounts u on u.id = n.author_id where u.user_name = 'haddad' and n.status = 'signed' and n.sensitivity = 'normal' order by n.id limit 20`)
  const patients = column<string>(db, 'select id from patients order by id')
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? ''
  const slots = Array.from({ length: wanted.contestedSlots + wanted.ownBookings }, (_, i) => new Date(Date.UTC(2031, 0, 6, 8) + i * 900_000).toISOString())
  const write = (is: Write['is'], startsAt = ''): Write => ({ id: newId(), is, patientId: pick(patients), noteId: pick(notes), startsAt, name: nameOf(random) })
  const writes: Write[][] = Array.from({ length: machines }, () => [])
  const contested = slots.slice(0, wanted.contestedSlots)
  for (const startsAt of contested) for (const own of writes) own.push(write('booking', startsAt))
  const others = [
    ...slots.slice(wanted.contestedSlots).map((startsAt) => write('booking', startsAt)),
    ...(['registration', 'payment', 'addendum'] as const).flatMap((is) => Array.from({ length: { registration: wanted.registrations, payment: wanted.payments, addendum: wanted.addenda }[is] }, () => write(is))),
  ]
  others.forEach((other, i) => writes[i % machines]?.push(other))
  const shuffled = (list: Write[]): Write[] => list.map((item) => ({ item, at: random() })).toSorted((a, b) => a.at - b.at).map(({ item }) => item)
  const providerId = one<string>(db, `select a.staff_id from user_accounts a where a.user_name = 'haddad'`)
  return { writes: writes.map(shuffled), providerId, contested }
}

/** Nobody's namesake. */
const nameOf = (random: () => number): string => {
  const letters = Array.from({ length: 9 }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('')
  return `${letters.charAt(0).toUpperCase()}${letters.slice(1)}`
}

type People = { desk: CairnClient; doctor: CairnClient }

/** The people at one machine: they go on with their list whatever happens to the cable, and sign in again after each power cut. */
export class Staff {
  readonly done: Done[] = []
  readonly #machine: Machine
  readonly #providerId: string
  #people: Promise<People> | undefined
  #isOn = Promise.withResolvers<void>()
  #gone = Promise.withResolvers<void>()

  constructor(machine: Machine, providerId: string) {
    this.#machine = machine
    this.#providerId = providerId
  }

  /** The machine is on, for the first time or again. */
  on(): void {
    this.#gone = Promise.withResolvers()
    this.#people = undefined
    this.#isOn.resolve()
  }

  async kill(): Promise<void> {
    this.#isOn = Promise.withResolvers()
    await this.#machine.kill()
    this.#gone.resolve()
  }

  /** Does this part of the list, several at a time as several people would. */
  async work(writes: readonly Write[]): Promise<void> {
    const left = [...writes]
    await Promise.all(Array.from({ length: 6 }, async () => {
      for (let write = left.shift(); write; write = left.shift()) this.done.push({ write, machine: this.#machine, seen: await this.#doIt(write) })
    }))
  }

  /** A call whose machine lost its power has no answer: its person looks whether it was saved, and does it again if not. */
  async #doIt(write: Write): Promise<Seen> {
    for (;;) {
      await this.#isOn.promise
      const { promise: isGone } = this.#gone
      const seen = await Promise.race([this.#try(write), isGone.then(() => 'gone' as const)])
      if (seen !== 'gone') return seen
      await this.#isOn.promise
      if (reading(this.#machine, (db) => isThere(db, write))) return 'saved'
    }
  }

  async #try(write: Write): Promise<Seen | 'gone'> {
    try {
      await this.#call(write)
      return 'saved'
    } catch (error) {
      if (error instanceof Refusal && /^[A-Z]+(_[A-Z]+)+$/.test(error.code)) return { refused: error.code }
      // The socket ended under the call: the process behind it is being killed.
      await this.#gone.promise
      return 'gone'
    }
  }

  async #call({ is, id, patientId, noteId, startsAt, name }: Write): Promise<unknown> {
    this.#people ??= signedIn(this.#machine)
    const { desk, doctor } = await this.#people
    switch (is) {
      case 'registration': return desk.patients.register({ id, familyName: name, givenName: name.split('').toReversed().join('').toLowerCase(), birthDate: '1984-05-06', sex: 'female' })
      case 'booking': return desk.scheduling.book({ id, patientId, providerId: this.#providerId, roomId: null, typeId: null, startsAt, durationMin: 15, reason: null })
      case 'payment': return desk.billing.takePayment({ id, patientId, invoiceId: null, amountCents: 2_500, method: 'cash', reference: null })
      case 'addendum': return doctor.encounters.addAddendum({ id, noteId, text: `${name} called back.` })
    }
  }
}

async function signedIn(machine: Machine): Promise<People> {
  return { desk: await machine.as('delgado'), doctor: await machine.as('haddad') }
}
