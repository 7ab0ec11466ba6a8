import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Allergy, ClinicalNote, Diagnosis } from '#shared/domains/encounters/model.ts'
import { vitalKinds, vitalOf, vitals } from '#shared/domains/encounters/model.vitals.ts'
import { ageOn, bmiCategory, bmiOf, flagOf, rangeOf } from '#shared/domains/encounters/rules.ranges.ts'
import { allergyState, excerptOf, isCurrent, ranked, refuseDraft, sameConcept, signProblems, visitOfToday, wasRecordedThen } from '#shared/domains/encounters/rules.ts'
import { readVital, type VitalField } from '#shared/domains/encounters/rules.vitals.ts'

const TODAY = '2026-11-17'
const adult = ageOn('1958-03-12', TODAY)
const age = (years: number) => ageOn(`${2026 - years}-11-17`, TODAY)
const daysOld = (days: number) => ageOn(new Date(Date.UTC(2026, 10, 17 - days)).toISOString().slice(0, 10), TODAY)

describe('what is typed into a vitals field', () => {
  it.each([
    ['pressure', '142/84', { systolic: 142, diastolic: 84 }],
    ['pressure', '142 84', { systolic: 142, diastolic: 84 }],
    ['pressure', '142 over 84', { systolic: 142, diastolic: 84 }],
    ['temperature', '38.4', { temperature: 38.4 }],
    ['temperature', '38,4 °C', { temperature: 38.4 }],
    ['temperature', '101.1', { temperature: 38.39 }],
    ['temperature', '98.6 f', { temperature: 37 }],
    ['pulse', '98', { pulse: 98 }],
    ['breathing', '22/min', { breathing: 22 }],
    ['oxygen', '93 %', { oxygen: 93 }],
    ['weight', '71.3', { weight: 71.3 }],
    ['weight', '157 lb', { weight: 71.21 }],
    ['weight', '7 lb 8 oz', { weight: 3.4 }],
    ['weight', '3400 g', { weight: 3.4 }],
    ['height', '170', { height: 170 }],
    ['height', '1.7', { height: 170 }],
    ['height', '1.70 m', { height: 170 }],
    ['height', '67 in', { height: 170.18 }],
    ['height', `5'7"`, { height: 170.18 }],
    ['height', '5 ft 7', { height: 170.18 }],
    ['pain', '0', { pain: 0 }],
    ['pain', '10/10', { pain: 10 }],
    ['pulse', '   ', {}],
  ] as [VitalField, string, Record<string, number>][])('%s "%s"', (field, text, expected) => {
    const entry = readVital(field, text, adult)
    expect(entry.ok && Object.fromEntries(entry.values.map(({ kind, value }) => [kind, value]))).toEqual(expected)
  })

  it.each([
    ['pressure', '142', 'unreadable', 'systolic'],
    ['pressure', '84/142', 'not-below', 'diastolic'],
    ['pressure', '400/84', 'implausible', 'systolic'],
    ['temperature', '50', 'implausible', 'temperature'],
    ['temperature', 'warm', 'unreadable', 'temperature'],
    ['oxygen', '101', 'implausible', 'oxygen'],
    ['pulse', '7', 'implausible', 'pulse'],
    ['weight', '713', 'implausible', 'weight'],
    ['height', '67', 'which-unit', 'height'],
    ['pain', '11', 'implausible', 'pain'],
  ] as [VitalField, string, string, string][])('%s "%s" is %s', (field, text, problem, kind) => {
    expect(readVital(field, text, adult)).toEqual({ ok: false, problem, kind })
  })

  it('takes 67 cm for a child of one year', () => {
    expect(readVital('height', '67', age(1))).toEqual({ ok: true, values: [{ kind: 'height', value: 67 }] })
  })

  it('keeps Fahrenheit and pounds as they were typed when they are shown in them again', () => {
    fc.assert(fc.property(fc.integer({ min: 950, max: 1060 }), (tenths) => {
      const entry = readVital('temperature', `${(tenths / 10).toFixed(1)} F`, adult)
      const celsius = entry.ok ? (entry.values[0]?.value ?? 0) : 0
      expect(((celsius * 9) / 5 + 32).toFixed(1)).toBe((tenths / 10).toFixed(1))
    }))
  })

  it('never answers with a value outside of what is plausible', () => {
    fc.assert(fc.property(fc.constantFrom('pulse', 'weight', 'height', 'temperature', 'pressure', 'pain'), fc.string({ unit: fc.constantFrom(...'0123456789./ cfkglbin\'"'), maxLength: 9 }), (field, text) => {
      const entry = readVital(field as VitalField, text, adult)
      if (entry.ok) for (const { kind, value } of entry.values) expect(value >= vitals[kind].plausible[0] && value <= vitals[kind].plausible[1]).toBe(true)
    }))
  })
})

describe('flags by age', () => {
  it.each([
    ['systolic', 142, adult, 'high outside'], ['systolic', 185, adult, 'high critical'], ['systolic', 88, adult, 'low critical'], ['systolic', 139, adult, 'none'],
    ['diastolic', 84, adult, 'none'], ['diastolic', 90, adult, 'high outside'],
    ['temperature', 38.4, adult, 'high outside'], ['temperature', 39.5, adult, 'high critical'], ['temperature', 38, daysOld(30), 'high critical'], ['temperature', 37.9, adult, 'none'],
    ['oxygen', 93, adult, 'low critical'], ['oxygen', 94, adult, 'low outside'], ['oxygen', 93, age(5), 'low outside'], ['oxygen', 95, adult, 'none'],
    ['pulse', 98, adult, 'none'], ['pulse', 150, adult, 'high critical'], ['pulse', 150, daysOld(100), 'none'], ['pulse', 150, age(4), 'high outside'],
    ['breathing', 22, adult, 'high critical'], ['breathing', 40, daysOld(200), 'none'], ['breathing', 22, age(4), 'none'],
    ['systolic', 110, age(8), 'high outside'], ['systolic', 80, age(8), 'low critical'], ['systolic', 118, age(14), 'none'],
    ['pain', 5, adult, 'high outside'], ['pain', 8, adult, 'high critical'], ['weight', 140, adult, 'none'],
  ] as const)('%s %d', (kind, value, who, expected) => {
    const flag = flagOf(kind, value, who)
    expect(flag ? `${flag.direction} ${flag.level}` : 'none').toBe(expected)
  })

  it('has a range for each kind at each age whose ends are in order', () => {
    fc.assert(fc.property(fc.constantFrom(...vitalKinds), fc.integer({ min: 0, max: 40_000 }), (kind, days) => {
      const { low, high, criticalLow, criticalHigh } = rangeOf(kind, daysOld(days))
      const ends = [criticalLow, low, high, criticalHigh].filter((end) => end !== null)
      expect(ends.toSorted((a, b) => a - b)).toEqual(ends)
    }))
  })
})

describe('BMI', () => {
  it('follows the formula of the CDC and names a category for adults only', () => {
    expect(bmiOf(71.3, 168)).toBe(25.3)
    expect(bmiCategory(25.3, adult)).toBe('overweight')
    expect([17, 20, 27, 31].map((bmi) => bmiCategory(bmi, age(20)))).toEqual(['underweight', 'healthy', 'overweight', 'obesity'])
    expect(bmiCategory(25.3, age(19))).toBeUndefined()
  })
})

describe('imported measurements', () => {
  it('become vital signs in our unit, and none when the unit is unknown', () => {
    expect(vitalOf({ code: '29463-7', value: 157, unit: '[lb_av]' })).toEqual({ kind: 'weight', value: 71.21 })
    expect(vitalOf({ code: '2708-6', value: 97, unit: '%' })).toEqual({ kind: 'oxygen', value: 97 })
    expect(vitalOf({ code: '29463-7', value: 11, unit: '[stone_av]' })).toBeUndefined()
    expect(vitalOf({ code: '2339-0', value: 90, unit: 'mg/dL' })).toBeUndefined()
  })

  it('name nobody who only brought them in', () => {
    expect(wasRecordedThen('2026-11-17T15:00:00.000Z', '2026-11-17T15:04:00.000Z')).toBe(true)
    expect(wasRecordedThen('2004-11-29T15:00:00.000Z', '2026-11-17T15:04:00.000Z')).toBe(false)
  })
})

describe('a note', () => {
  const text = { subjective: 'Cough', objective: '', assessment: '', plan: '' }
  const draft: Pick<ClinicalNote, 'authorId' | 'status' | 'revision' | 'textHash' | 'sensitivity'> = { authorId: 'a', status: 'draft', revision: 3, textHash: 'words', sensitivity: 'normal' }

  it('is signed with words, a diagnosis and no open copy', () => {
    expect(signProblems(text, [{}], [])).toEqual([])
    expect(signProblems({ ...text, subjective: ' \n' }, [], [{}])).toEqual(['note-empty', 'diagnosis-missing', 'copy-open'])
  })

  it('is changed by its author, from the revision that stands, until it is signed', () => {
    expect(refuseDraft(draft, { authorId: 'a', revision: 3, parent: null })).toBeUndefined()
    expect(refuseDraft(draft, { authorId: 'b', revision: 3, parent: null })).toBe('NOT_THE_AUTHOR')
    expect(refuseDraft(draft, { authorId: 'a', revision: 2, parent: null })).toBe('STALE')
    expect(refuseDraft({ ...draft, status: 'signed' }, { authorId: 'a', revision: 3, parent: null })).toBe('NOTE_IS_SIGNED')
    // Two machines count alike: where the words are named, they decide.
    expect(refuseDraft(draft, { authorId: 'a', revision: 3, parent: 'others' })).toBe('STALE')
    expect(refuseDraft(draft, { authorId: 'a', revision: 7, parent: 'words' })).toBeUndefined()
    expect(refuseDraft({ ...draft, sensitivity: 'psychotherapy' }, { authorId: 'a', revision: 3, parent: 'others' })).toBeUndefined()
  })

  it('shows its judgement first and whole words', () => {
    expect(excerptOf({ subjective: 'S', objective: 'O', assessment: 'A', plan: 'P' })).toBe('A P S O')
    expect(excerptOf({ ...text, subjective: 'Short of breath on stairs' }, 12)).toBe('Short of …')
  })
})

describe('lists', () => {
  const diagnosis = (id: string, rank: number): Diagnosis => ({ id, rank, encounterId: 'e', patientId: 'p', concept: { system: 'icd10cm', code: id, label: id } })

  it('rank without a gap, whatever is moved where', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 9 }), (which, to) => {
      const all = [1, 2, 3, 4, 5, 6].map((n) => diagnosis(`d${n}`, n))
      const order = ranked(all, { id: `d${which}`, rank: to })
      expect(order.map((one) => one.rank)).toEqual([1, 2, 3, 4, 5, 6])
      expect(order[Math.min(to, 6) - 1]?.id).toBe(`d${which}`)
    }))
  })

  it('know the same thing by its code, else by its words', () => {
    const penicillin = { system: 'rxnorm' as const, code: '7980', label: 'Penicillin' }
    expect(sameConcept(penicillin, { ...penicillin, label: 'penicillin G' })).toBe(true)
    expect(sameConcept(penicillin, { system: null, code: null, label: ' penicillin' })).toBe(true)
    expect(sameConcept(penicillin, { ...penicillin, code: '1' })).toBe(false)
  })

  it('say no known allergies only where it was asked last', () => {
    const one = { id: 'a' } as Allergy // Only its presence counts here.
    expect(allergyState([one], { noneKnown: true })).toBe('listed')
    expect(allergyState([], { noneKnown: true })).toBe('none-known')
    expect(allergyState([], { noneKnown: false })).toBe('not-asked')
    expect(allergyState([], undefined)).toBe('not-asked')
  })

  it('hold a medication until the day it ends', () => {
    expect([null, '2026-11-18', '2026-11-17'].map((endedOn) => isCurrent({ endedOn }, TODAY))).toEqual([true, true, false])
  })

  it('take the visit that is furthest under way for the one that is meant', () => {
    const statuses = ['fulfilled', 'booked', 'roomed', 'cancelled'] as const
    expect(visitOfToday(statuses.map((status) => ({ status })))).toEqual({ status: 'roomed' })
    expect(visitOfToday([{ status: 'cancelled' as const }])).toBeUndefined()
  })
})
