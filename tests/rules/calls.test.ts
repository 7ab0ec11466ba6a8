import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isFitting, nextAttempt, nextWorkingDay, recallDue, visitsInQuestion, RECALL_AHEAD_DAYS } from '#shared/domains/calls/rules.ts'
import { callOutcomes } from '#shared/domains/calls/model.ts'
import { addDays, addMonths, splitDate, weekdayOf } from '#shared/kernel/time.ts'

const day = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('1990-01-01', days))

describe('when a recall is due', () => {
  it.each([['2026-01-31', 1, '2026-02-28'], ['2024-01-31', 1, '2024-02-29'], ['2026-11-17', 12, '2027-11-17'], ['2026-08-31', 6, '2027-02-28'], ['2026-03-15', -2, '2026-01-15']])('%s and %i months: %s', (from, months, due) => {
    expect(addMonths(from, months)).toBe(due)
  })

  it('is in the month so many later, never later in it than the visit was', () => {
    fc.assert(fc.property(day, fc.integer({ min: 1, max: 120 }), (visit, months) => {
      const [year, month, date] = splitDate(visit)
      const [dueYear, dueMonth, dueDate] = splitDate(recallDue(visit, { months }))
      return dueYear * 12 + dueMonth === year * 12 + month + months && dueDate <= date
    }))
  })

  it('is found among the visits in question', () => {
    fc.assert(fc.property(day, fc.integer({ min: 1, max: 120 }), fc.integer({ min: -300, max: RECALL_AHEAD_DAYS - 1 }), (today, months, ahead) => {
      const span = visitsInQuestion({ months }, today)
      const visit = addMonths(addDays(today, ahead), -months)
      return visit >= span.from && visit < span.to
    }))
  })

  it('comes back after each outcome: nobody is forgotten', () => {
    for (const outcome of callOutcomes) expect(nextAttempt(outcome, '2026-11-17') > '2026-11-17').toBe(true)
    expect(nextAttempt('no-answer', '2026-11-17')).toBe('2026-11-18')
  })
})

describe('a fitting appointment', () => {
  const recall = { patientId: 'p', typeId: 't', createdAt: '2026-11-17T15:00:00.000Z' }
  const booked = { patientId: 'p', typeId: 't', endsAt: '2026-12-01T15:30:00.000Z', status: 'booked' }
  it.each([
    ['of the type', recall, booked, true], ['of another type', recall, { ...booked, typeId: 'u' }, false], ['of any type where it names none', { ...recall, typeId: null }, { ...booked, typeId: null }, true],
    ['of somebody else', recall, { ...booked, patientId: 'q' }, false], ['that was over before', recall, { ...booked, endsAt: '2026-11-17T14:30:00.000Z' }, false], ['called off', recall, { ...booked, status: 'cancelled' }, false],
  ])('%s: %#', (_name, wanted, appointment, expected) => {
    expect(isFitting(wanted, appointment)).toBe(expected)
  })
})

describe('the next working day', () => {
  const rule = (weekday: number, more: object = {}) => ({ id: 'r', providerId: 'p', weekday, startMin: 480, endMin: 720, validFrom: null, validTo: null, ...more })
  it('is the next one on which somebody has hours', () => {
    fc.assert(fc.property(day, fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 7 }), (today, weekdays) => {
      const found = nextWorkingDay(weekdays.map((weekday) => rule(weekday)), today)
      return found > today && weekdays.includes(weekdayOf(found)) && found <= addDays(today, 7)
    }))
  })

  it('leaves out hours that have ended, and is tomorrow where none are on record', () => {
    expect(nextWorkingDay([rule(3, { validTo: '2026-11-01' }), rule(5)], '2026-11-17')).toBe('2026-11-20')
    expect(nextWorkingDay([], '2026-11-17')).toBe('2026-11-18')
  })
})
