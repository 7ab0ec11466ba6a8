import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ConsentForm, PatientConsent } from '#shared/domains/consents/model.ts'
import { ConsentFormFields } from '#shared/domains/consents/model.ts'
import { isAskedAt, isMinor, isTypedName, standingOf } from '#shared/domains/consents/rules.ts'
import { extend, inkOf, isSignature, pathOf, pointOn, readStrokes, SIGNATURE_HEIGHT, SIGNATURE_WIDTH, type Stroke, writeStrokes } from '#shared/domains/consents/rules.signature.ts'
import { starterForms } from '#shared/domains/consents/rules.starter.ts'

const form = (more: Partial<ConsentForm> = {}) => ({ formId: 'f', validity: 'once' as const, validFromVersion: 1, ...more })
const signed = (more: Partial<PatientConsent> = {}): PatientConsent => ({
  id: 'a', patientId: 'p', formId: 'f', formVersionId: 'v', formName: 'Consent', formVersion: 1, decision: 'signed', how: 'drawn', signerName: 'Ana Lopez', relation: null, reason: null,
  documentId: null, appointmentId: null, withdrawsId: null, decidedAt: '2026-03-04T15:00:00.000Z', witness: 'Rosa Delgado', hash: '', ...more,
})
const asked = { today: '2026-11-17', zone: 'America/New_York', appointmentId: 'visit' }

describe('where a consent stands', () => {
  it('is missing until somebody decides, and then what was decided last', () => {
    expect(standingOf(form(), [], asked)).toEqual({ is: 'missing' })
    expect(standingOf(form(), [signed({ formId: 'other' })], asked)).toEqual({ is: 'missing' })
    const later = (decision: PatientConsent['decision']) => signed({ id: 'b', decision, decidedAt: '2026-04-01T15:00:00.000Z' })
    for (const decision of ['refused', 'withdrawn'] as const) {
      expect(standingOf(form(), [signed(), later(decision)], asked).is).toBe(decision)
      expect(standingOf(form(), [later(decision), signed({ decidedAt: '2026-05-01T15:00:00.000Z' })], asked).is).toBe('valid')
    }
  })

  it.each([
    ['once', '2020-01-01T15:00:00.000Z', 'valid', null],
    ['yearly', '2025-11-18T15:00:00.000Z', 'valid', '2026-11-17'],
    ['yearly', '2025-11-17T15:00:00.000Z', 'ended', undefined],
    // Late in the evening in New York it is tomorrow in the stored time.
    ['yearly', '2025-11-18T03:00:00.000Z', 'ended', undefined],
    ['yearly', '2024-02-29T15:00:00.000Z', 'ended', undefined],
    ['each-visit', '2026-11-16T15:00:00.000Z', 'ended', undefined],
    ['each-visit', '2026-11-17T15:00:00.000Z', 'valid', '2026-11-17'],
  ] as const)('%s, signed at %s: %s', (validity, decidedAt, is, until) => {
    const standing = standingOf(form({ validity }), [signed({ decidedAt })], asked)
    expect(standing.is).toBe(is)
    if (standing.is === 'valid') expect(standing.until).toBe(until)
  })

  it('each visit asks anew, and what was signed for it the day before holds', () => {
    const before = signed({ decidedAt: '2026-11-16T15:00:00.000Z', appointmentId: 'visit' })
    expect(standingOf(form({ validity: 'each-visit' }), [before], asked).is).toBe('valid')
    expect(standingOf(form({ validity: 'each-visit' }), [before], { ...asked, appointmentId: null }).is).toBe('ended')
  })

  it('a text that asks everybody again ends the signatures of earlier ones, and no other change does', () => {
    expect(standingOf(form({ validFromVersion: 2 }), [signed()], asked).is).toBe('text-changed')
    expect(standingOf(form({ validFromVersion: 2 }), [signed({ formVersion: 2 })], asked).is).toBe('valid')
    expect(standingOf(form({ validFromVersion: 1 }), [signed({ formVersion: 1 })], asked).is).toBe('valid')
  })

  it('is asked at the visits it is for', () => {
    const visit = { typeId: 'long', telehealthUrl: null }
    expect(isAskedAt({ scope: 'all', typeIds: [], isActive: true }, visit)).toBe(true)
    expect(isAskedAt({ scope: 'all', typeIds: [], isActive: false }, visit)).toBe(false)
    expect(isAskedAt({ scope: 'types', typeIds: ['long'], isActive: true }, visit)).toBe(true)
    expect(isAskedAt({ scope: 'types', typeIds: ['short'], isActive: true }, visit)).toBe(false)
    expect(isAskedAt({ scope: 'types', typeIds: ['short'], isActive: true }, { ...visit, typeId: null })).toBe(false)
    expect(isAskedAt({ scope: 'telehealth', typeIds: [], isActive: true }, visit)).toBe(false)
    expect(isAskedAt({ scope: 'telehealth', typeIds: [], isActive: true }, { ...visit, telehealthUrl: 'https://video.example.org/1' })).toBe(true)
  })
})

describe('a typed signature', () => {
  it.each([
    ['Maria Elena Lopez', true], ['maria lopez', true], ['MARÍA  LÓPEZ', true], ['Maria E. Lopez', true],
    ['Lopez', false], ['Maria', false], ['Lopez Maria', false], ['Maria Anna Lopez', false], ['', false], ['M L', false],
  ])('“%s” for Maria Elena Lopez: %s', (typed, is) => expect(isTypedName(typed, 'Maria Elena Lopez')).toBe(is))

  it('of one word is that word, and of nobody nothing', () => {
    expect(isTypedName('Cher', 'Cher')).toBe(true)
    expect(isTypedName('', '')).toBe(false)
  })
})

const point = fc.record({ x: fc.integer({ min: 0, max: SIGNATURE_WIDTH }), y: fc.integer({ min: 0, max: SIGNATURE_HEIGHT }) })
const drawing = fc.array(fc.array(point, { minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 6 })

describe('a drawn signature', () => {
  it('is read as it was written, to the point', () => {
    fc.assert(fc.property(drawing, (strokes) => {
      expect(readStrokes(writeStrokes(strokes))).toEqual(strokes)
    }))
  })

  it('is written as places and steps, and drawn as a path', () => {
    const strokes: Stroke[] = [[{ x: 120, y: 80 }, { x: 123, y: 78 }], [{ x: 200, y: 90 }]]
    expect(writeStrokes(strokes)).toBe('120,80 3,-2;200,90')
    expect(pathOf(strokes)).toBe('M120 80L123 78M200 90h1')
    expect(writeStrokes([[], ...strokes])).toBe('120,80 3,-2;200,90')
  })

  it.each(['', 'x', '1,2,3', '1001,5', '5,5 -6,0', '5,201', '1,1 ', ';1,1', '<svg/>', '1e3,4', '1.5,2'])('“%s” is none', (text) => expect(readStrokes(text)).toBeUndefined())

  it('is more than a slip of the hand', () => {
    expect(isSignature('100,100 1,1 1,0')).toBe(false)
    expect(isSignature('100,100 60,0;300,100 61,0')).toBe(true)
    expect(isSignature('100,100 0,0 0,0')).toBe(false)
    expect(inkOf([[{ x: 0, y: 0 }, { x: 3, y: 4 }], [{ x: 500, y: 0 }]])).toBe(5)
  })

  it('keeps every point on the field, whatever size it is shown in and wherever the pen goes', () => {
    fc.assert(fc.property(fc.double({ min: -5_000, max: 5_000, noNaN: true }), fc.double({ min: -5_000, max: 5_000, noNaN: true }), (x, y) => {
      const at = pointOn({ left: 10, top: 20, width: 500, height: 130 }, x, y)
      expect(readStrokes(writeStrokes([[at]]))).toEqual([[at]])
    }))
    expect(pointOn({ left: 10, top: 20, width: 500, height: 130 }, 260, 85)).toEqual({ x: 500, y: 100 })
    expect(pointOn({ left: 0, top: 0, width: 0, height: 0 }, 1, 1)).toEqual({ x: 1000, y: 200 })
  })

  it('leaves out points that nobody would see', () => {
    const stroke = [{ x: 10, y: 10 }]
    expect(extend(stroke, { x: 11, y: 11 })).toBe(stroke)
    expect(extend(stroke, { x: 14, y: 10 })).toEqual([{ x: 10, y: 10 }, { x: 14, y: 10 }])
    expect(extend([], { x: 1, y: 1 })).toEqual([{ x: 1, y: 1 }])
  })
})

it('a patient is a minor until the day of eighteen', () => {
  expect(isMinor('2008-11-18', '2026-11-17')).toBe(true)
  expect(isMinor('2008-11-17', '2026-11-17')).toBe(false)
})

it('the texts to begin with are whole, each marked as not read yet', () => {
  expect(starterForms.map(({ name }) => name)).toEqual(['Consent to treatment', 'Privacy notice received', 'Financial responsibility', 'Visits by video'])
  for (const one of starterForms) {
    expect(ConsentFormFields.parse(one)).toEqual(one)
    expect(one.isReviewed).toBe(false)
  }
})
