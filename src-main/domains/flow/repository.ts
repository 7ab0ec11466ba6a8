import { and, asc, desc, eq, gte, lt, sql, type Placeholder } from 'drizzle-orm'
import { rooms } from '#drizzle/schema/clinic.ts'
import { flowSettings, queueCalls, queueLetters, queueTickets } from '#drizzle/schema/flow.ts'
import { patients } from '#drizzle/schema/patients.ts'
import { appointments } from '#drizzle/schema/scheduling.ts'
import type { FoundTicket } from '#shared/domains/flow/contract.ts'
import { usualSettings, type FlowSettings, type QueueCall, type Ticket } from '#shared/domains/flow/model.ts'
import type { TicketWords } from '#shared/domains/flow/rules.ts'
import type { PatientSummary } from '#shared/domains/patients/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import type { Instant, PlainDate } from '#shared/kernel/time.ts'
import { mayKnow } from '#main/core/access/predicates.ts'
import type { Scope } from '#main/core/access/scope.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'

const value = (name: string): Placeholder => sql.placeholder(name)
const ticket = { id: queueTickets.id, appointmentId: queueTickets.appointmentId, day: queueTickets.day, letter: queueTickets.letter, number: queueTickets.number }
const call = { id: queueCalls.id, appointmentId: queueCalls.appointmentId, roomId: queueCalls.roomId, roomName: rooms.name, code: queueCalls.code, calledAt: queueCalls.calledAt }
/** One row: the clinic's. */
const SETTINGS_ID = 'clinic'
/** Somebody is called more than once: so many calls hold the newest ones of everybody the display has room for. */
const CALLS_LOOKED_THROUGH = 10 * limits.display_calls

/** Exported so that a test asks the plan of each. */
export const reads = prepared((db: ReadDb) => {
  const known = () => db.select({ ticket }).from(queueTickets).innerJoin(appointments, eq(appointments.id, queueTickets.appointmentId))
  const found = () => db.select({
    ticket, patient: { id: patients.id, mrn: patients.mrn, familyName: patients.familyName, givenName: patients.givenName, sex: patients.sex, birthDate: patients.birthDate, phone: patients.phone },
  }).from(queueTickets).innerJoin(appointments, eq(appointments.id, queueTickets.appointmentId)).innerJoin(patients, and(eq(patients.id, appointments.patientId), mayKnow(appointments.patientId)))
  const isNumber = and(eq(queueTickets.day, value('day')), eq(queueTickets.letter, value('letter')), eq(queueTickets.number, value('number')))
  return {
    settings: db.select().from(flowSettings).limit(1).prepare(),
    letterOf: db.select({ letter: queueLetters.letter }).from(queueLetters).where(eq(queueLetters.deviceId, value('deviceId'))).prepare(),
    letters: db.select({ letter: queueLetters.letter }).from(queueLetters).prepare(),
    ofAppointment: db.select(ticket).from(queueTickets).where(eq(queueTickets.appointmentId, value('appointmentId'))).prepare(),
    isGiven: db.select({ id: queueTickets.id }).from(queueTickets).where(isNumber).prepare(),
    lastNumber: db.select({ number: queueTickets.number }).from(queueTickets).where(and(eq(queueTickets.day, value('day')), eq(queueTickets.letter, value('letter')))).orderBy(desc(queueTickets.number)).limit(1).prepare(),
    ofDay: known().where(and(eq(queueTickets.day, value('day')), mayKnow(appointments.patientId))).orderBy(asc(queueTickets.letter), asc(queueTickets.number)).limit(limits.day_appointments_rows).prepare(),
    byId: found().where(eq(queueTickets.id, value('id'))).prepare(),
    byNumber: found().where(isNumber).prepare(),
    callById: db.select(call).from(queueCalls).innerJoin(rooms, eq(rooms.id, queueCalls.roomId)).where(eq(queueCalls.id, value('id'))).prepare(),
    calls: db.select(call).from(queueCalls).innerJoin(rooms, eq(rooms.id, queueCalls.roomId)).innerJoin(appointments, eq(appointments.id, queueCalls.appointmentId))
      .where(and(gte(queueCalls.calledAt, value('from')), lt(queueCalls.calledAt, value('to')), mayKnow(appointments.patientId))).orderBy(desc(queueCalls.calledAt)).limit(limits.day_appointments_rows).prepare(),
    // For the display, where nobody is signed in: neither patients nor appointments stand in it.
    shown: db.select({ id: queueCalls.id, appointmentId: queueCalls.appointmentId, code: queueCalls.code, initials: queueCalls.initials, roomName: rooms.name, calledAt: queueCalls.calledAt })
      .from(queueCalls).innerJoin(rooms, eq(rooms.id, queueCalls.roomId)).where(gte(queueCalls.calledAt, value('from'))).orderBy(desc(queueCalls.calledAt)).limit(CALLS_LOOKED_THROUGH).prepare(),
  }
})

export function settingsOf(db: ReadDb): FlowSettings {
  const row = reads(db).settings.get()
  if (!row) return usualSettings
  const { id: _id, ...settings } = row
  return settings
}

export const saveSettings = (db: WriteDb, settings: FlowSettings): void =>
  void db.insert(flowSettings).values({ id: SETTINGS_ID, ...settings }).onConflictDoUpdate({ target: flowSettings.id, set: settings }).run()

export const letterOf = (db: ReadDb, deviceId: Id): string | undefined => reads(db).letterOf.get({ deviceId })?.letter
export const lettersTaken = (db: ReadDb): ReadonlySet<string> => new Set(reads(db).letters.all().map((row) => row.letter))
export const insertLetter = (db: WriteDb, deviceId: Id, letter: string): void => void db.insert(queueLetters).values({ deviceId, letter }).run()

export const ticketOf = (db: ReadDb, appointmentId: Id): Ticket | undefined => reads(db).ofAppointment.get({ appointmentId })
export const isGiven = (db: ReadDb, at: Pick<Ticket, 'day' | 'letter' | 'number'>): boolean => reads(db).isGiven.get(at) !== undefined
export const lastNumber = (db: ReadDb, day: PlainDate, letter: string): number => reads(db).lastNumber.get({ day, letter })?.number ?? 0
export const ticketsOf = (db: ReadDb, { values }: Scope, day: PlainDate): Ticket[] => reads(db).ofDay.all({ ...values, day }).map((row) => row.ticket)
export const insertTicket = (db: WriteDb, row: Ticket & { givenAt: Instant; givenBy: Id }): void => void db.insert(queueTickets).values(row).run()

export function findTicket(db: ReadDb, { values }: Scope, words: TicketWords, day: PlainDate): FoundTicket | undefined {
  const row = words.is === 'id' ? reads(db).byId.get({ ...values, id: words.id }) : reads(db).byNumber.get({ ...values, day, letter: words.letter, number: words.number })
  return row && { ticket: row.ticket, patient: row.patient as PatientSummary } // The CHECK on sex holds the model's constants.
}

export const callById = (db: ReadDb, id: Id): QueueCall | undefined => reads(db).callById.get({ id })
export const callsBetween = (db: ReadDb, { values }: Scope, from: Instant, to: Instant): QueueCall[] => newestOfEach(reads(db).calls.all({ ...values, from, to }))
export const shownCalls = (db: ReadDb, from: Instant) => newestOfEach(reads(db).shown.all({ from })).slice(0, limits.display_calls)
export const insertCall = (db: WriteDb, row: typeof queueCalls.$inferInsert): void => void db.insert(queueCalls).values(row).run()

/** Whoever was called twice stands where the newer call is. */
function newestOfEach<T extends { appointmentId: Id }>(newestFirst: readonly T[]): T[] {
  const seen = new Set<Id>()
  return newestFirst.filter(({ appointmentId }) => !seen.has(appointmentId) && seen.add(appointmentId))
}
