import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { noFees, type MissedRules } from '#shared/domains/scheduling/model.missed.ts'
import { cancelReasons, missedReasons, type Appointment } from '#shared/domains/scheduling/model.ts'
import { feeFor, isLate, mayNotBeCharged, missedCounts, missedKind, monthsBefore } from '#shared/domains/scheduling/rules.missed.ts'
import { addMinutes } from '#shared/kernel/time.ts'

const zone = 'America/New_York'
const now = '2026-11-17T17:00:00.000Z'
const visit = (more: Partial<Appointment> = {}) => ({ id: 'v', typeId: 'short', startsAt: '2026-11-17T15:00:00.000Z', status: 'no-show' as const, cancelReason: null, cancelledAt: null, missedReason: 'patient' as const, ...more })
const calledOff = (hoursBefore: number, cancelReason: Appointment['cancelReason'] = 'patient-asked', id = 'v') =>
  visit({ id, status: 'cancelled', missedReason: null, cancelReason, cancelledAt: addMinutes('2026-11-17T15:00:00.000Z', -hoursBefore * 60) })
const rules: MissedRules = { lateHours: 24, noShowCents: 2_500, lateCancelCents: 1_500, freeCount: 1, months: 12, typeFees: [{ typeId: 'long', noShowCents: 5_000, lateCancelCents: 0 }] }
const ask = (one: ReturnType<typeof visit>, more: Partial<Parameters<typeof feeFor>[0]> = {}) => feeFor({ rules, one, all: [], payerNames: [], now, zone, ...more })

describe('what counts as missed', () => {
  it.each([
    [24, 24, false], [23.99, 24, true], [0, 24, true], [-1, 24, true], [3, 2, false], [0, 0, false],
  ])('called off %s hours before, with %s hours asked for: late is %s', (before, hours, late) => {
    const { startsAt, cancelledAt } = calledOff(before)
    expect(isLate({ startsAt, cancelledAt: cancelledAt ?? '' }, hours)).toBe(late)
  })

  it('is only what the patient did', () => {
    expect(missedReasons.map((missedReason) => missedKind(visit({ missedReason }), 24))).toEqual(['no-show', 'no-show', 'no-show', 'no-show', undefined, undefined, undefined])
    expect(cancelReasons.map((reason) => missedKind(calledOff(2, reason), 24))).toEqual(['late-cancel', undefined, undefined, undefined, undefined])
    expect(missedKind(calledOff(30), 24)).toBeUndefined()
    // Rows of before reasons were asked for.
    expect(missedKind(visit({ missedReason: null }), 24)).toBe('no-show')
    for (const status of ['booked', 'arrived', 'fulfilled'] as const) expect(missedKind(visit({ status }), 24)).toBeUndefined()
  })

  it('is counted in whole months of the clinic’s calendar', () => {
    const all = [visit({ startsAt: '2025-11-17T15:00:00.000Z' }), visit({ startsAt: '2025-11-16T15:00:00.000Z' }), calledOff(1)]
    expect(missedCounts(all, { lateHours: 24, months: 12, now, zone })).toEqual({ noShows: 1, lateCancels: 1 })
    expect(missedCounts(all, { lateHours: 24, months: 24, now, zone })).toEqual({ noShows: 2, lateCancels: 1 })
    expect([monthsBefore('2026-03-31', 1), monthsBefore('2026-01-15', 12), monthsBefore('2024-02-29', 12)]).toEqual(['2026-03-03', '2025-01-15', '2023-03-01'])
  })
})

describe('the fee', () => {
  it('is asked from the count on that the clinic has set, for each kind by itself', () => {
    const earlier = visit({ id: 'before', startsAt: '2026-09-01T15:00:00.000Z' })
    expect(ask(visit())).toBeUndefined()
    expect(ask(visit(), { all: [earlier] })).toEqual({ kind: 'no-show', amountCents: 2_500 })
    expect(ask(visit(), { rules: { ...rules, freeCount: 0 } })).toEqual({ kind: 'no-show', amountCents: 2_500 })
    expect(ask(calledOff(2), { all: [earlier] }), 'a no-show before is no late cancellation').toBeUndefined()
    expect(ask(calledOff(2), { all: [calledOff(2, 'patient-asked', 'before')] })).toEqual({ kind: 'late-cancel', amountCents: 1_500 })
    expect(ask(visit(), { all: [visit({ id: 'old', startsAt: '2024-09-01T15:00:00.000Z' })] }), 'too long ago').toBeUndefined()
    expect(ask(visit(), { all: [visit()] }), 'the visit itself is counted once').toBeUndefined()
  })

  it('may be another one for a visit type, or none', () => {
    const always = { rules: { ...rules, freeCount: 0 } }
    expect(ask(visit({ typeId: 'long' }), always)).toEqual({ kind: 'no-show', amountCents: 5_000 })
    expect(ask({ ...calledOff(2), typeId: 'long' }, always)).toBeUndefined()
    expect(ask(visit(), { rules: noFees })).toBeUndefined()
  })

  it.each([['MassHealth Medicaid', true], ['Medi-Cal', true], ['State CHIP plan', true], ['Chipotle Health', false], ['Blue Cross', false], ['Medicare', false]])('of somebody insured by %s: forbidden is %s', (name, forbidden) => {
    expect(mayNotBeCharged(['Other', name])).toBe(forbidden)
    expect(ask(visit(), { rules: { ...rules, freeCount: 0 }, payerNames: [name] }) === undefined).toBe(forbidden)
  })

  it('is never asked for what the clinic, the weather or the line did, whatever the rules', () => {
    const any = fc.record({ lateHours: fc.integer({ min: 0, max: 168 }), noShowCents: fc.integer({ min: 0, max: 50_000 }), lateCancelCents: fc.integer({ min: 0, max: 50_000 }), freeCount: fc.integer({ min: 0, max: 3 }), months: fc.integer({ min: 1, max: 24 }), typeFees: fc.constant<MissedRules['typeFees']>([]) })
    fc.assert(fc.property(any, fc.constantFrom('weather' as const, 'clinic' as const, 'telehealth-failed' as const), fc.constantFrom('provider-away' as const, 'booked-in-error' as const, 'weather' as const), (given, missedReason, reason) => {
      const all = [visit({ id: 'x' }), visit({ id: 'y' }), calledOff(0, 'patient-asked', 'z')]
      expect(ask(visit({ missedReason }), { rules: given, all })).toBeUndefined()
      expect(ask(calledOff(0, reason), { rules: given, all })).toBeUndefined()
    }))
  })
})
