import { type AttentionItem, MergedFields } from '#shared/domains/network/model.ts'
import { PartlyBooked } from '#shared/domains/scheduling/model.series.ts'
import { Refusal } from '#shared/rpc/errors.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { date } from '#renderer/ui/format.ts'
import { patientFieldWords } from '#renderer/ui/patient-fields.ts'

/** What did not come about, as a heading. What is rare is named by its domain. */
const titles: Readonly<Record<string, string>> = {
  'scheduling.book': 'Appointment not booked',
  'scheduling.move': 'Appointment not moved',
  'scheduling.bookSeries': 'Series not booked',
  'scheduling.bookTogether': 'Nobody of these booked together',
  'scheduling.cancelSeveral': 'Visits of a series not cancelled',
  'scheduling.moveSeveral': 'Visits of a series not moved',
  'scheduling.undoSeveral': 'Steps not taken back',
  'scheduling.arrive': 'Arrival not recorded',
  'scheduling.room': 'Room not given',
  'scheduling.start': 'Visit not begun',
  'scheduling.complete': 'Visit not finished',
  'scheduling.cancel': 'Appointment not cancelled',
  'scheduling.markNoShow': 'No-show not recorded',
  'scheduling.undo': 'Step not taken back',
  'patients.register': 'Patient not registered',
  'patients.update': 'Patient not changed',
  'billing.takePayment': 'Payment not posted',
  'billing.addCharge': 'Charge not added',
  'billing.removeCharge': 'Charge not taken off',
  'billing.signAndCharge': 'Note not signed at the clinic',
  'encounters.sign': 'Note not signed at the clinic',
  'encounters.saveDraft': 'Note not taken over',
  'encounters.addAddendum': 'Addendum not taken over',
  'encounters.recordVitals': 'Vitals not recorded',
  'encounters.addAllergy': 'Allergy not recorded',
  'encounters.addMedication': 'Medication not recorded',
  'encounters.addProblem': 'Problem not recorded',
  'medications.sign': 'Prescription not taken over',
  'medications.cancel': 'Prescription not cancelled',
}
const domainTitles: Readonly<Record<string, string>> = {
  scheduling: 'Change of the schedule not made', flow: 'Step in the flow not taken', inventory: 'Stock not moved', patients: 'Change of a patient not made', billing: 'Change in billing not made', encounters: 'Entry in a chart not taken over', medications: 'Prescribing not taken over', calls: 'Call not noted', tasks: 'Task not changed',
}
const mergedTitle = 'Saved in part'
/** Taken as it was, and still somebody has to look at it. */
const noticedTitles: Readonly<Record<string, string>> = {
  STOCK_BELOW_ZERO: 'Stock below zero', LOT_QUARANTINED: 'Used from a lot in quarantine', LOT_EXPIRED: 'Used from an expired lot', LOT_DATES_DIFFER: 'Received with another expiry date',
  TICKET_RENUMBERED: 'The number on a slip has changed',
  SERIES_PARTLY_BOOKED: 'Series booked in part', SEVERAL_PARTLY_DONE: 'Series changed in part', LINK_CHANGED: 'Another video link was replaced',
}
const noticedReasons: Readonly<Record<string, string>> = {
  STOCK_BELOW_ZERO: 'Together with what other computers had taken, more was used than the records know of. Every use stands. Count the item: that settles it.',
  LOT_QUARANTINED: 'Before this reached the host, the lot had been put into quarantine. The use stands. Tell the doctor of the patient.',
  LOT_EXPIRED: 'By the time this reached the host, the lot had expired. The use stands. Tell the doctor of the patient.',
  TICKET_RENUMBERED: 'Two new computers had both begun with the same letter before they heard of each other. The patient keeps their place: tell them the number that the board shows now, and print the slip again.',
  LOT_DATES_DIFFER: 'Another computer had received this lot with another expiry date. The first one stands. Look at the box.',
  SEVERAL_PARTLY_DONE: 'Some visits of the series had been changed before this reached the host. They stand as they were left; the others are done.',
  LINK_CHANGED: 'Somebody else had set another video link before this reached the host. Yours stands. Tell them, if their patient has the other one.',
}
const salvagedTitle = 'Done at the old host'

export function titleOf({ kind, procedure, code }: Pick<AttentionItem, 'kind' | 'procedure'> & Partial<Pick<AttentionItem, 'code'>>): string {
  if (kind === 'merged') return noticedTitles[code ?? ''] ?? mergedTitle
  const title = titles[procedure] ?? domainTitles[procedure.split('.')[0] ?? ''] ?? 'Change not made'
  return kind === 'salvaged' ? `${salvagedTitle}: ${title.charAt(0).toLowerCase()}${title.slice(1)}` : title
}

export const kindTags: Readonly<Record<AttentionItem['kind'], { words: string; tone: 'bad' | 'warn' | 'info' }>> = {
  refused: { words: 'Refused', tone: 'bad' },
  quarantined: { words: 'Kept for an administrator', tone: 'warn' },
  merged: { words: 'Conflict', tone: 'warn' },
  salvaged: { words: 'From the old host', tone: 'warn' },
}

/** Why the clinic said no, in one sentence: how it stood when the command arrived, not what to do in a form. */
const reasons: Readonly<Record<string, string>> = {
  TIMES_REFUSED: 'The host had given at least one of these times to somebody else first, so none of them was booked.',
  STEPS_REFUSED: 'All of these visits had been changed before this reached the host. They stand as they were left.',
  STALE: 'Somebody had changed it before this reached the host. It stands as they left it.',
  STEP_NOT_ALLOWED: 'The visit had gone on by the time this reached the host, so this step did not fit any more.',
  FORBIDDEN: 'When this reached the host, the role of whoever did it did not include it any more.',
  NOT_FOUND: 'What it belongs to was not there any more when this reached the host.',
  PATIENT_NOT_FOUND: 'The patient was not there any more when this reached the host.',
  PROVIDER_NOT_FOUND: 'This provider did not see patients any more when this reached the host.',
  DEPENDENCY: 'It builds on another change that the host had refused. Settle that one first.',
  NOT_ON_CARE_TEAM: 'When this reached the host, the chart belonged to another care team.',
  ROOM_IN_USE: 'Somebody was still in that room when this reached the host.',
  REVOKED: 'This computer had been taken out of the clinic before this reached the host.',
}
const takenReasons = { provider: 'The host had given that time to somebody else first. One provider sees one patient at a time, so that booking stands.', room: 'The room was somebody else’s at that time, and that booking was first.' } as const

export function reasonOf({ kind, code, data }: Pick<AttentionItem, 'kind' | 'code' | 'data'>): string {
  if (kind === 'quarantined') return 'Whoever wrote this had lost the right to it before it reached the host. It is kept whole, and an administrator decides what becomes of it.'
  if (code === 'SERIES_PARTLY_BOOKED') return datesReason(data)
  if (kind === 'merged') return noticedReasons[code] ?? mergedReason(data)
  if (code === 'SLOT_TAKEN') return takenReasons[isRoomTaken(data) ? 'room' : 'provider']
  if (code === 'LIKELY_DUPLICATE') return 'Somebody had registered a patient who looks like the same person before this reached the host.'
  if (code === 'STEP_NOT_ALLOWED' && isCalledOff(data)) return 'It had been called off before this reached the host.'
  return reasons[code] ?? errorText(new Refusal(code, data))
}

/** Nobody has to read a table to see what was saved. */
function mergedReason(data: unknown): string {
  const { saved, changed } = fieldsIn(data)
  const names = changed.map((field) => (patientFieldWords[field] ?? field).toLowerCase())
  const what = names.length === 0 ? 'something' : names.join(', ').replace(/, ([^,]+)$/, ' and $1')
  if (saved === 0) return `Nothing of it was saved; ${what} changed meanwhile.`
  return `${saved} ${saved === 1 ? 'field' : 'fields'} saved; ${what} changed meanwhile.`
}

/** The dates that somebody has to find another time for. */
function datesReason(data: unknown): string {
  const parsed = PartlyBooked.safeParse(data)
  const dates = parsed.success ? parsed.data.dates.map(date).join(', ').replace(/, ([^,]+)$/, ' and $1') : 'some dates'
  return `All are booked but ${dates}: the host had given that time to somebody else first. Find another one for the patient.`
}

function fieldsIn(data: unknown): { saved: number; changed: string[] } {
  const parsed = MergedFields.safeParse(data)
  return parsed.success ? { saved: parsed.data.saved.length, changed: parsed.data.changed.map((one) => one.field) } : { saved: 0, changed: [] }
}

const isCalledOff = (data: unknown): boolean => typeof data === 'object' && data !== null && 'status' in data && data.status === 'cancelled'
const isRoomTaken = (data: unknown): boolean => typeof data === 'object' && data !== null && 'cause' in data && data.cause === 'room'
