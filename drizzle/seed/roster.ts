import { equipment } from '#drizzle/schema/rooms.ts'
import { coverageRules, leaveRequests, rosterTemplates, shifts } from '#drizzle/schema/staff.ts'
import type { Equipment } from '#shared/domains/rooms/model.ts'
import type { ShiftTimes, TemplateShift } from '#shared/domains/staff/model.ts'
import { mondayOf } from '#shared/domains/staff/rules.ts'
import { addDays, toInstant, weekdayOf } from '#shared/kernel/time.ts'
import type { Calendar } from './calendar.ts'
import { makeChance } from './random.ts'
import type { Emit } from './rows.ts'
import type { DemoPerson, DemoStaff } from './staff.ts'

const WEEKS_BEFORE = 2
const WEEKS_AHEAD = 4
const day = (startMin: number, endMin: number, breakStartMin: number): ShiftTimes => ({ kind: 'work', startMin, endMin, breakStartMin, breakEndMin: breakStartMin + 60 })
/** Early and late in turn, so that the desk and the nurses are there from the first patient to the last. */
const [EARLY, LATE] = [day(450, 960, 690), day(540, 1050, 750)]
const WEEKDAYS = [1, 2, 3, 4, 5]
const pieces: readonly Pick<Equipment, 'name' | 'kind'>[] = [{ name: 'ECG', kind: 'ecg' }, { name: 'Ultrasound', kind: 'ultrasound' }, { name: 'Spirometer', kind: 'spirometer' }, { name: 'Cautery', kind: 'cautery' }]

/** Equipment, the weeks around today of everybody who sees no patients, a template of them, coverage rules and a wish for leave. Providers keep their weekly hours. */
export function emitRoster(seed: number, emit: Emit, calendar: Calendar, staff: DemoStaff): void {
  // A source of its own: what it draws changes nobody else's rows.
  const chance = makeChance(seed ^ 0x705)
  const newId = () => chance.id(calendar.at(0, 480))
  for (const [i, piece] of pieces.entries()) emit(equipment, { id: newId(), ...piece, isActive: true, sortOrder: i + 1 })
  const monday = mondayOf(calendar.today)
  const weeks = Array.from({ length: WEEKS_BEFORE + 1 + WEEKS_AHEAD }, (_, i) => addDays(monday, (i - WEEKS_BEFORE) * 7))
  const pattern = staff.people.filter((one) => !one.staff.isProvider).flatMap(patternOf)
  for (const week of weeks) for (const { weekday, ...shift } of pattern) emit(shifts, { id: newId(), ...shift, date: addDays(week, (weekday + 6) % 7) })
  emit(rosterTemplates, { id: newId(), name: 'Usual week', shifts: pattern })
  for (const weekday of WEEKDAYS) {
    emit(coverageRules, { id: newId(), role: 'receptionist', weekday, startMin: 480, endMin: 1020, peopleMin: 1 })
    emit(coverageRules, { id: newId(), role: 'nurse', weekday, startMin: 540, endMin: 960, peopleMin: 2 })
  }
  const nurse = staff.people.filter((one) => one.roles.includes('nurse')).at(-1)
  if (!nurse) return
  const fromOn = addDays(monday, 21)
  emit(leaveRequests, { id: newId(), staffId: nurse.staff.id, kind: 'vacation', fromOn, toOn: addDays(fromOn, 4), status: 'requested', requestedAt: toInstant(calendar.nowMs - 86_400_000), requestedBy: nurse.userId })
}

function patternOf({ staff }: DemoPerson, i: number): TemplateShift[] {
  const off = weekdayOf(addDays('2026-01-05', i % 5))
  // The first four are the nurses and the desk, who cover each other all week; of the others each has one day free.
  return WEEKDAYS.filter((weekday) => i < 4 || weekday !== off).map((weekday) => ({ staffId: staff.id, weekday, ...((i + weekday) % 2 === 0 ? EARLY : LATE) }))
}
