import type { FillWeekInput, PersonHours, Roster } from '#shared/domains/staff/contract.ts'
import type { Stranded } from '#shared/domains/scheduling/model.ts'
import type { CoverageRule, RosterTemplate, Shift, TemplateShift } from '#shared/domains/staff/model.ts'
import { areTimesSound, clashingShifts, fillingShifts, isOnLeave, mondayOf, workMinutes } from '#shared/domains/staff/rules.ts'
import { limits } from '#shared/kernel/limits.ts'
import { addDays, daysBetween, weekdayOf, type PlainDate } from '#shared/kernel/time.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import type { ReadDb } from '#main/core/db/types.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import { leaveBetween, listHolidays } from '#main/domains/scheduling/service.schedule.ts'
import { strandedBy } from '#main/domains/scheduling/service.stranded.ts'
import * as repository from './repository.ts'

export function roster(context: ReadContext, date: PlainDate): Roster {
  const from = mondayOf(date)
  const to = addDays(from, 6)
  return {
    people: repository.listPeople(context.db),
    // A night shift of the Sunday before reaches into this week.
    shifts: repository.shiftsBetween(context.db, addDays(from, -1), to),
    leaves: leaveBetween(context, { from, to }),
    holidays: listHolidays(context, { from, to }),
    coverage: repository.listCoverage(context.db),
  }
}

/** A shift stands in the place of the weekly hours on its day; whom that leaves without a provider is said at once. */
export function saveShift(context: WriteContext, shift: Shift): { shift: Shift; stranded: Stranded[] } {
  const { db } = context
  context.audit({ entityId: shift.id })
  requirePerson(db, shift.staffId)
  if (!areTimesSound(shift)) throw refuse('SHIFT_TIMES')
  if (clashingShifts(around(db, shift), shift).length > 0) throw refuse('SHIFTS_OVERLAP')
  const before = repository.shiftById(db, shift.id)
  const stranded = strandedBy(context, spanOf(before ? [before, shift] : [shift]), () => repository.saveShift(db, shift))
  return { shift, stranded }
}

export const around = (db: ReadDb, { staffId, date }: Shift): Shift[] => repository.shiftsOf(db, staffId, addDays(date, -1), addDays(date, 1))

export function removeShifts(context: WriteContext, ids: readonly string[]): { stranded: Stranded[] } {
  const found = ids.flatMap((id) => repository.shiftById(context.db, id) ?? [])
  context.audit(ids[0] === undefined ? {} : { entityId: ids[0] })
  if (found.length === 0) throw refuse(CommonError.NOT_FOUND)
  return { stranded: strandedBy(context, spanOf(found), () => found.forEach((shift) => repository.deleteShift(context.db, shift.id))) }
}

export function fillWeek(context: WriteContext, { weekOf, from }: FillWeekInput): { addedIds: string[]; kept: number; stranded: Stranded[] } {
  const monday = mondayOf(weekOf)
  const span = { from: monday, to: addDays(monday, 6) }
  const pattern = from.kind === 'week' ? patternOf(repository.shiftsBetween(context.db, mondayOf(from.weekOf), addDays(mondayOf(from.weekOf), 6))) : requireTemplate(context.db, from.id).shifts
  const known = new Set(repository.listPeople(context.db).map((person) => person.id))
  const existing = repository.shiftsBetween(context.db, addDays(span.from, -1), addDays(span.to, 1))
  const { add, kept } = fillingShifts(pattern.filter((one) => known.has(one.staffId)), monday, existing, listHolidays(context, span))
  const rows = add.map((one): Shift => ({ ...one, id: context.newId() }))
  context.audit({ entityId: monday })
  const stranded = strandedBy(context, { ...span, providerId: null }, () => rows.forEach((row) => repository.saveShift(context.db, row)))
  return { addedIds: rows.map((row) => row.id), kept, stranded }
}

const patternOf = (shifts: readonly Shift[]): TemplateShift[] => shifts.map(({ id: _id, date, ...rest }) => ({ ...rest, weekday: weekdayOf(date) }))

export const listTemplates = ({ db }: ReadContext): RosterTemplate[] => repository.listTemplates(db)

export function saveTemplate(context: WriteContext, { id, name, weekOf }: { id: string; name: string; weekOf: PlainDate }): RosterTemplate {
  context.audit({ entityId: id })
  const monday = mondayOf(weekOf)
  const shifts = patternOf(repository.shiftsBetween(context.db, monday, addDays(monday, 6)))
  if (shifts.length === 0) throw refuse('WEEK_EMPTY')
  const template: RosterTemplate = { id, name, shifts: shifts.slice(0, limits.roster_week_shifts) }
  repository.saveTemplate(context.db, template)
  return template
}

export function removeTemplate(context: WriteContext, id: string): Record<string, never> {
  context.audit({ entityId: id })
  requireTemplate(context.db, id)
  repository.deleteTemplate(context.db, id)
  return {}
}

function requireTemplate(db: ReadDb, id: string): RosterTemplate {
  const template = repository.templateById(db, id)
  if (!template) throw refuse(CommonError.NOT_FOUND)
  return template
}

export function saveCoverage(context: WriteContext, rule: CoverageRule): CoverageRule {
  context.audit({ entityId: rule.id })
  if (rule.endMin <= rule.startMin) throw refuse('COVERAGE_TIMES')
  repository.saveCoverage(context.db, rule)
  return rule
}

export function removeCoverage(context: WriteContext, id: string): Record<string, never> {
  context.audit({ entityId: id })
  repository.deleteCoverage(context.db, id)
  return {}
}

/** What the roster says each person works; days of leave count as leave and not as work. */
export function hoursReport(context: ReadContext, { from, to }: { from: PlainDate; to: PlainDate }): PersonHours[] {
  if (to < from || daysBetween(from, to) >= limits.hours_report_days_max) throw refuse('SPAN_TOO_LONG', { days_max: limits.hours_report_days_max })
  const [shifts, leaves] = [repository.shiftsBetween(context.db, from, to), leaveBetween(context, { from, to })]
  const dates = Array.from({ length: daysBetween(from, to) + 1 }, (_, i) => addDays(from, i))
  return repository.listPeople(context.db).map(({ id }) => {
    const worked = shifts.filter((shift) => shift.staffId === id && shift.kind === 'work' && !isOnLeave(leaves, id, shift.date))
    return { staffId: id, shifts: worked.length, workMinutes: worked.reduce((sum, shift) => sum + workMinutes(shift), 0), leaveDays: dates.filter((date) => isOnLeave(leaves, id, date)).length }
  })
}

export function requirePerson(db: ReadDb, staffId: string): void {
  if (!repository.personExists(db, staffId)) throw refuse('STAFF_NOT_FOUND')
}

/** The days that some shifts touch, the morning after a night included. */
export function spanOf(shifts: readonly Shift[]): { from: PlainDate; to: PlainDate; providerId: string | null } {
  const dates = shifts.map((shift) => shift.date).toSorted()
  const ids = new Set(shifts.map((shift) => shift.staffId))
  const [first, last] = [dates[0] ?? '', dates.at(-1) ?? '']
  return { from: first, to: addDays(last, 1), providerId: ids.size === 1 ? ([...ids][0] ?? null) : null }
}
