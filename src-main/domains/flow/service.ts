import type { CallInput, DisplayFeed, FlowBoard, FoundTicket, GiveTicket, WalkInInput } from '#shared/domains/flow/contract.ts'
import type { FlowSettings, QueueCall, Ticket } from '#shared/domains/flow/model.ts'
import { areThresholdsInOrder, initialsOf, nextLetter, readTicket, ticketCode } from '#shared/domains/flow/rules.ts'
import { AppointmentStatus, type Appointment } from '#shared/domains/scheduling/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { dateInZone, dayBounds, type PlainDate } from '#shared/kernel/time.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import type { ActionContext, ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import { listRooms } from '#main/domains/clinic/service.ts'
import { bookAppointment, visitOf } from '#main/domains/scheduling/service.ts'
import * as repository from './repository.ts'

export const settings = ({ db }: ReadContext): FlowSettings => repository.settingsOf(db)

export function saveSettings(context: WriteContext, wanted: FlowSettings): FlowSettings {
  if (!areThresholdsInOrder(wanted)) throw refuse('THRESHOLDS_MIXED')
  repository.saveSettings(context.db, wanted)
  return wanted
}

export function board({ db, scope, zone }: ReadContext, date: PlainDate): FlowBoard {
  const { from, to } = dayBounds(date, zone)
  return { tickets: repository.ticketsOf(db, scope, date), calls: repository.callsBetween(db, scope, from, to) }
}

/** The letter is this machine's for ever; before the first number it is the one that would be taken. */
export function nextTicket({ db, machine, now, zone }: ReadContext): { deviceId: Id; letter: string; number: number } {
  const { deviceId } = machine()
  const letter = repository.letterOf(db, deviceId) ?? nextLetter(repository.lettersTaken(db))
  return { deviceId, letter, number: repository.lastNumber(db, dateInZone(now, zone), letter) + 1 }
}

export function walkIn(context: WriteContext, { ticket, ...booking }: WalkInInput): { appointment: Appointment; ticket: Ticket } {
  const appointment = bookAppointment(context, { ...booking, hasArrived: true })
  return { appointment, ticket: ticketFor(context, appointment.id, ticket) }
}

export function giveTicket(context: WriteContext, { appointmentId, ticket }: { appointmentId: Id; ticket: GiveTicket }): Ticket {
  visit(context, appointmentId)
  return ticketFor(context, appointmentId, ticket)
}

/**
 * The number the machine has printed stands, also at the host. Where two machines took one letter before either heard of the
 * other, the later one's paper is wrong, and whoever gave it is told.
 */
function ticketFor(context: WriteContext, appointmentId: Id, given: GiveTicket): Ticket {
  const { db, now, zone, actor, isCarried } = context
  const known = repository.ticketOf(db, appointmentId)
  if (known) return known
  const day = dateInZone(now, zone)
  const letter = repository.letterOf(db, given.deviceId) ?? takeLetter(context, given)
  const isTaken = repository.isGiven(db, { day, letter, number: given.number })
  const next = repository.lastNumber(db, day, letter) + 1
  if (isTaken && !isCarried) throw refuse('TICKET_TAKEN', { next })
  const ticket: Ticket = { id: given.id, appointmentId, day, letter, number: isTaken ? next : given.number }
  repository.insertTicket(db, { ...ticket, givenAt: now, givenBy: actor.userId })
  if (ticketCode(ticket) !== ticketCode(given)) context.notice({ code: 'TICKET_RENUMBERED', data: { printed: ticketCode(given), now: ticketCode(ticket) } })
  return ticket
}

function takeLetter({ db }: WriteContext, { deviceId, letter: wanted }: GiveTicket): string {
  const taken = repository.lettersTaken(db)
  const letter = taken.has(wanted) ? nextLetter(taken) : wanted
  repository.insertLetter(db, deviceId, letter)
  return letter
}

/** Who is here and not with the doctor yet can be called. A call from another machine has sounded already and is kept. */
export function call(context: WriteContext, { id, appointmentId, roomId, ticket: given }: CallInput): { call: QueueCall; ticket: Ticket } {
  const { db, now, actor, isCarried } = context
  const one = visit(context, appointmentId)
  if (!isCarried && one.status !== AppointmentStatus.arrived && one.status !== AppointmentStatus.roomed) throw refuse('STEP_NOT_ALLOWED', { status: one.status })
  const room = listRooms(context).find((candidate) => candidate.id === roomId)
  if (!room) throw refuse('ROOM_NOT_FOUND')
  const ticket = ticketFor(context, appointmentId, given)
  const known = repository.callById(db, id)
  if (known) return { call: known, ticket }
  const row = { id, appointmentId, roomId, code: ticketCode(ticket), calledAt: now }
  repository.insertCall(db, { ...row, initials: initialsOf(one.patient), calledBy: actor.userId })
  return { call: { ...row, roomName: room.name }, ticket }
}

function visit(context: WriteContext, appointmentId: Id) {
  const one = visitOf(context, appointmentId)
  if (!one) throw refuse(CommonError.NOT_FOUND)
  context.audit({ patientId: one.patientId, entityId: appointmentId })
  return one
}

export function findTicket({ db, scope, now, zone }: ReadContext, text: string): FoundTicket | null {
  const words = readTicket(text)
  return (words && repository.findTicket(db, scope, words, dateInZone(now, zone))) ?? null
}

/** Today's newest calls. Nobody is signed in at a display, so nothing is read for anybody. */
export async function displayFeed({ core, now }: ActionContext): Promise<DisplayFeed> {
  const { reader, zone, clinic } = core.vault
  const { displayShows, hasChime } = repository.settingsOf(reader)
  const calls = repository.shownCalls(reader, dayBounds(dateInZone(now, zone), zone).from)
  return {
    clinicName: clinic?.name ?? '', timeZone: zone, hasChime,
    calls: calls.map(({ id, code, initials, roomName, calledAt }) => ({ id, label: displayShows === 'number' ? code : initials, roomName, calledAt })),
  }
}
