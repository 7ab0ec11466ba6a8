import type { StaffMember } from '#shared/domains/clinic/model.ts'
import { type AttentionItem, MergedFields } from '#shared/domains/network/model.ts'
import { UpdateInput } from '#shared/domains/patients/contract.ts'
import { BookInput, MoveInput, SlotTaken } from '#shared/domains/scheduling/contract.ts'
import type { Slot } from '#shared/domains/scheduling/model.ts'
import { dateInZone, type Instant, minutesBetween, type PlainDate } from '#shared/kernel/time.ts'
import { duration, money, nearDate, phone, time } from '#renderer/ui/format.ts'
import { patientFieldWords } from '#renderer/ui/patient-fields.ts'
import { paths } from '../paths.ts'

/** Pure: what one thing in Attention says, and what can be done about it. */
export interface Clinic {
  zone: string
  now: Instant
  today: PlainDate
  staff: readonly StaffMember[]
}

export type Settling = 'done-again' | 'not-needed' | 'told'

/** One numbered next step. Acts settle the item once they are done; `settle` only says that somebody saw to it. */
export type Step = { label: string; note: string } & (
  | { act: 'book'; input: Omit<BookInput, 'id'> }
  | { act: 'move'; appointmentId: string; to: Slot }
  | { act: 'keep-mine'; patientId: string; changes: UpdateInput['changes'] }
  | { act: 'open'; path: string }
  | { act: 'settle'; how: Settling }
)

/** More than this nobody reads, and five keys are what a hand finds. */
const STEPS_MAX = 5

export function stepsOf(item: AttentionItem, offered: readonly Slot[] | undefined, clinic: Clinic): Step[] {
  if (item.kind === 'quarantined') return [settle('told', 'An administrator knows', 'they decide what becomes of it'), notNeeded]
  if (item.kind === 'merged') return mergedSteps(item)
  const slots = slotSteps(item, offered, clinic)
  const path = placeOf(item, clinic.zone)
  const open: Step[] = path && slots.length === 0 ? [{ act: 'open', path: path.path, label: path.label, note: 'to do it again there' }] : []
  const byHand = slots.length === 0 ? [settle('done-again', 'It has been done again', 'settled as done')] : []
  return [...slots, ...open, ...byHand, settle('told', 'The patient knows, nothing to do', 'settled as told'), notNeeded].slice(0, STEPS_MAX)
}

const settle = (how: Settling, label: string, note: string): Step => ({ act: 'settle', how, label, note })
const notNeeded = settle('not-needed', 'Not needed any more', 'leaves the list and stays in the log')

/** The alternatives as acts: of the newest refusal, as far as they still lie ahead. */
function slotSteps(item: AttentionItem, offered: readonly Slot[] | undefined, clinic: Clinic): Step[] {
  if (item.code !== 'SLOT_TAKEN') return []
  const slots = (offered ?? takenBy(item)?.alternatives ?? []).filter((slot) => slot.startsAt > clinic.now).slice(0, 3)
  const who = item.patient?.name.split(',')[0] ?? 'it'
  const booked = item.procedure === 'scheduling.book' ? BookInput.safeParse(item.input) : undefined
  if (booked?.success) {
    const { id: _id, ...wanted } = booked.data
    return slots.map((slot) => ({ ...slotWords(`Book ${who} for`, slot, wanted.startsAt, clinic), act: 'book', input: { ...wanted, providerId: slot.providerId, roomId: null, startsAt: slot.startsAt, hasArrived: false } }))
  }
  const moved = item.procedure === 'scheduling.move' ? MoveInput.safeParse(item.input) : undefined
  if (!moved?.success) return []
  const { id, startsAt } = moved.data
  return slots.map((slot) => ({ ...slotWords(`Move ${who} to`, slot, startsAt, clinic), act: 'move', appointmentId: id, to: slot }))
}

/** Which booking stands in the way, when the host said so. */
export function takenBy({ code, data }: Pick<AttentionItem, 'code' | 'data'>): SlotTaken | undefined {
  const parsed = code === 'SLOT_TAKEN' ? SlotTaken.safeParse(data) : undefined
  return parsed?.success ? parsed.data : undefined
}

function slotWords(verb: string, slot: Slot, wanted: Instant, clinic: Clinic): { label: string; note: string } {
  const shift = minutesBetween(wanted, slot.startsAt)
  const near = shift === 0 ? 'the same time' : Math.abs(shift) < 180 ? `${duration(Math.abs(shift))} ${shift > 0 ? 'later' : 'earlier'}` : ''
  return { label: `${verb} ${whenWords(slot.startsAt, clinic)}`, note: [providerWords(slot.providerId, clinic.staff), near].filter(Boolean).join(' · ') }
}

const whenWords = (at: Instant, { zone, today }: Clinic): string => {
  const date = dateInZone(at, zone)
  return date === today ? `${time(at, zone)} today` : `${nearDate(date, today).replace('Tomorrow', 'tomorrow')} ${time(at, zone)}`
}

function providerWords(id: string, staff: readonly StaffMember[]): string {
  const one = staff.find((person) => person.id === id)
  if (!one) return ''
  return one.title ? `${one.title} ${one.familyName}` : `${one.givenName} ${one.familyName}`
}

/** Done as it was, and somebody has to look at it: there is nothing to choose between. */
function noticedSteps(item: AttentionItem): Step[] {
  const path = placeOf(item, 'UTC')
  return [...(path ? [{ act: 'open' as const, path: path.path, label: path.label, note: 'to look at it there' }] : []), settle('told', 'I have seen to it', 'settled as told')]
}

function mergedSteps(item: AttentionItem): Step[] {
  if (item.procedure.startsWith('inventory.')) return noticedSteps(item)
  const input = UpdateInput.safeParse(item.input)
  const fields = MergedFields.safeParse(item.data)
  const changed = new Set(fields.success ? fields.data.changed.map((one) => one.field) : [])
  const changes = input.success ? Object.fromEntries(Object.entries(input.data.changes).filter(([field]) => changed.has(field))) : {}
  const mine: Step[] = input.success && Object.keys(changes).length > 0 ? [{ act: 'keep-mine', patientId: input.data.id, changes, label: 'Keep mine', note: 'writes over what they entered; both stay in the history' }] : []
  return [settle('not-needed', 'Keep theirs', 'it stands like this already'), ...mine, ...(item.patient ? [{ act: 'open' as const, path: paths.openPatient(item.patient.id), label: 'Open the patient', note: 'to ask and look' }] : [])]
}

/** Where the thing can be looked at and done again. */
export function placeOf(item: AttentionItem, zone: string): { label: string; path: string } | undefined {
  const [domain] = item.procedure.split('.')
  const at = startOf(item.input)
  if (domain === 'inventory') return { label: 'Open the stock', path: paths.stock() }
  if (domain === 'scheduling') return { label: 'Open the day', path: paths.day(at && dateInZone(at, zone)) }
  if (!item.patient) return item.procedure === 'patients.register' ? { label: 'Register a patient', path: paths.registerPatient() } : undefined
  if (domain === 'billing') return { label: 'Open the account', path: paths.account(item.patient.id) }
  return { label: 'Open the patient', path: paths.openPatient(item.patient.id) }
}

function startOf(input: unknown): Instant | undefined {
  const value: unknown = typeof input === 'object' && input !== null ? Reflect.get(input, 'startsAt') : undefined
  return typeof value === 'string' && Number.isFinite(Date.parse(value)) ? value : undefined
}

/** What had been asked for, in one line under the patient's name. Clinical words stay in their chart. */
export function wantedLine(item: AttentionItem, clinic: Clinic): string {
  const at = startOf(item.input)
  const provider: unknown = typeof item.input === 'object' && item.input !== null ? Reflect.get(item.input, 'providerId') : undefined
  const cents: unknown = item.procedure === 'billing.takePayment' && typeof item.input === 'object' && item.input !== null ? Reflect.get(item.input, 'amountCents') : undefined
  return [at && whenWords(at, clinic), typeof provider === 'string' && providerWords(provider, clinic.staff), typeof cents === 'number' && money(cents)].filter(Boolean).join(', ')
}

/** "Phone": mine and theirs, side by side. */
export function mergedRows(data: unknown): { field: string; mine: string; theirs: string }[] {
  const parsed = MergedFields.safeParse(data)
  return parsed.success ? parsed.data.changed.map(({ field, mine, theirs }) => ({ field: patientFieldWords[field] ?? field, mine: shown(field, mine), theirs: shown(field, theirs) })) : []
}

function shown(field: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return 'nothing'
  if (typeof value === 'object') return 'changed'
  return field === 'phone' ? phone(String(value).replace(/^\+1/, '')) : String(value)
}
