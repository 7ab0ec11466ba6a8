import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { PlainDate } from '../../kernel/time.ts'
import { action, command, query } from '../../rpc/define.ts'
import { PatientSummary } from '../patients/model.ts'
import { BookInput, notExpected, placeErrors } from '../scheduling/model.booking.ts'
import { Appointment } from '../scheduling/model.ts'
import { FlowSettings, QueueCall, ShownCall, Ticket } from './model.ts'

const none = z.strictObject({})
const topics = ['flow'] as const

/**
 * A number as the machine that gives it has it: it is on paper before any other machine hears of it, so it is part of what
 * was asked and no other machine counts anew.
 */
export const GiveTicket = z.strictObject({ id: Id, deviceId: Id, letter: z.string().regex(/^[A-Z]{1,2}$/), number: z.int().min(1).max(9_999) })
export type GiveTicket = z.infer<typeof GiveTicket>
const ticketErrors = {
  /** Another window of this machine has just given that number. */
  TICKET_TAKEN: z.object({ next: z.int() }),
  /** Not refused: two new machines had one letter, and the later one's slip says another number. */
  TICKET_RENUMBERED: z.object({ printed: z.string(), now: z.string() }),
}

export const FlowBoard = z.object({
  tickets: z.array(Ticket),
  /** The newest call of each. */
  calls: z.array(QueueCall),
})
export type FlowBoard = z.infer<typeof FlowBoard>

export const WalkInInput = BookInput.omit({ hasArrived: true }).extend({ ticket: GiveTicket }).strict()
export type WalkInInput = z.infer<typeof WalkInInput>

export const CallInput = z.strictObject({ id: Id, appointmentId: Id, roomId: Id, /** For whoever has no number yet. */ ticket: GiveTicket })
export type CallInput = z.infer<typeof CallInput>

export const FoundTicket = z.object({ ticket: Ticket, patient: PatientSummary })
export type FoundTicket = z.infer<typeof FoundTicket>

/** All that the waiting room is told. */
export const DisplayFeed = z.object({
  clinicName: z.string(),
  timeZone: z.string(),
  hasChime: z.boolean(),
  calls: z.array(ShownCall).max(limits.display_calls),
})
export type DisplayFeed = z.infer<typeof DisplayFeed>

export const flow = {
  settings: query({ can: 'clinic.read', topics, input: none, output: FlowSettings }),
  saveSettings: command({
    conflict: 'host-only', offline: false, can: 'clinic.manage', audit: 'flow.settings-saved', topics, input: FlowSettings.strict(), output: FlowSettings,
    errors: { THRESHOLDS_MIXED: z.undefined() },
  }),
  /** Numbers and calls of the day; who they belong to comes with `scheduling.listDay`. */
  board: query({ can: 'appointment.read', topics, input: z.strictObject({ date: PlainDate }), output: FlowBoard }),
  /** The number that this machine gives next. */
  nextTicket: query({ can: 'appointment.write', topics, input: none, output: z.object({ deviceId: Id, letter: z.string(), number: z.int() }) }),
  /** Somebody is here without an appointment: a time that begins now and the next number, at once. */
  walkIn: command({
    conflict: 'exclusive', can: 'appointment.write', audit: 'appointment.walked-in', topics: ['flow', 'scheduling'], input: WalkInInput,
    output: z.object({ appointment: Appointment, ticket: Ticket }),
    errors: { ...placeErrors, ...notExpected, ...ticketErrors, TYPE_NOT_FOUND: z.undefined(), PROVIDER_NOT_FOUND: z.undefined(), PATIENT_NOT_FOUND: z.undefined() },
  }),
  /** A number for somebody who had an appointment. Who has one keeps it. */
  giveTicket: command({
    conflict: 'insert', can: 'appointment.write', audit: 'flow.ticket-given', topics, input: z.strictObject({ appointmentId: Id, ticket: GiveTicket }), output: Ticket, errors: ticketErrors,
  }),
  /** Into that room. Whoever does not come is called again: each call is a row. */
  call: command({
    conflict: 'insert', can: 'appointment.write', audit: 'flow.called', topics, input: CallInput, output: z.object({ call: QueueCall, ticket: Ticket }),
    errors: { ...ticketErrors, STEP_NOT_ALLOWED: z.object({ status: Appointment.shape.status }), ROOM_NOT_FOUND: z.undefined() },
  }),
  /** By the code on a slip or the number of today: what a scanner types, or a person. */
  findTicket: query({ can: 'appointment.read', topics, input: z.strictObject({ text: z.string().max(limits.name_chars) }), output: FoundTicket.nullable() }),
  /** For the display's own door and for nobody else, whatever their roles. */
  displayFeed: action({ can: 'display', onDisplay: true, input: none, output: DisplayFeed }),
}

