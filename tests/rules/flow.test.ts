import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flowStages, usualSettings, type FlowStage } from '#shared/domains/flow/model.ts'
import { areThresholdsInOrder, initialsOf, inStage, nextLetter, readTicket, sinceOf, stageAfter, stageOf, ticketCode, ticketText, waitTone, wayBetween } from '#shared/domains/flow/rules.ts'
import { appointmentStatuses } from '#shared/domains/scheduling/model.ts'

const at = (minute: number): string => `2026-11-17T15:${String(minute).padStart(2, '0')}:00.000Z`
const visit = (id: string, more: object = {}) =>
  ({ id, status: 'arrived' as const, startsAt: at(30), arrivedAt: at(10), roomedAt: at(12), startedAt: at(14), fulfilledAt: at(16), leftAt: null as string | null, ...more })

describe('the stages of the flow', () => {
  it('follow from the status, and leaving from when it was said', () => {
    expect(appointmentStatuses.map((status) => stageOf({ status, leftAt: null }))).toEqual(['expected', 'expected', 'waiting', 'roomed', 'with-doctor', 'check-out', undefined, undefined])
    expect(stageOf({ status: 'fulfilled', leftAt: at(20) })).toBe('left')
  })

  it('begin when the step into them was taken', () => {
    const since = (['booked', 'arrived', 'roomed', 'in-progress', 'fulfilled'] as const).map((status) => sinceOf(visit('a', { status })))
    expect(since).toEqual([at(30), at(10), at(12), at(14), at(16)])
    expect(sinceOf(visit('a', { status: 'fulfilled', leftAt: at(20) }))).toBe(at(20))
  })

  it('have the longest first, and nobody of another stage', () => {
    const all = [visit('b', { arrivedAt: at(9) }), visit('a', { arrivedAt: at(9) }), visit('c', { arrivedAt: at(3) }), visit('d', { status: 'roomed' })]
    expect(inStage(all, 'waiting').map((one) => one.id)).toEqual(['c', 'a', 'b'])
  })

  it.each<[FlowStage, FlowStage, object]>([
    ['expected', 'waiting', { step: 'arrive' }], ['expected', 'roomed', { refused: 'not-arrived' }], ['expected', 'left', { refused: 'not-arrived' }],
    ['waiting', 'roomed', { step: 'room' }], ['waiting', 'with-doctor', { step: 'start' }], ['waiting', 'check-out', { step: 'complete' }], ['waiting', 'left', { refused: 'not-done' }],
    ['roomed', 'with-doctor', { step: 'start' }], ['roomed', 'waiting', { refused: 'back' }], ['with-doctor', 'check-out', { step: 'complete' }], ['with-doctor', 'left', { refused: 'not-done' }],
    ['check-out', 'left', { step: 'leave' }], ['check-out', 'with-doctor', { refused: 'back' }], ['left', 'waiting', { refused: 'gone' }], ['roomed', 'roomed', { refused: 'same' }],
  ])('from %s to %s', (from, to, way) => {
    expect(wayBetween(from, to)).toEqual(way)
  })

  it('lead from each to the next one by a step, and end', () => {
    for (const stage of flowStages) {
      const next = stageAfter(stage)
      if (next) expect(wayBetween(stage, next)).toHaveProperty('step')
      else expect(stage).toBe('left')
    }
  })
})

describe('a wait', () => {
  it('is amber and then red by what the clinic has set', () => {
    expect([14, 15, 29, 30].map((minutes) => waitTone(minutes, usualSettings))).toEqual(['plain', 'warn', 'warn', 'bad'])
    expect(waitTone(6, { amberMin: 2, redMin: 5 })).toBe('bad')
    expect(areThresholdsInOrder({ amberMin: 15, redMin: 15 })).toBe(false)
    expect(areThresholdsInOrder(usualSettings)).toBe(true)
  })

  it('never gets better by lasting longer', () => {
    const rank = { plain: 0, warn: 1, bad: 2 }
    fc.assert(fc.property(fc.nat(300), fc.nat(300), fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 100 }), (a, b, amberMin, more) => {
      const tone = (minutes: number) => rank[waitTone(minutes, { amberMin, redMin: amberMin + more })]
      return tone(Math.min(a, b)) <= tone(Math.max(a, b))
    }))
  })
})

describe('numbers of the queue', () => {
  it('have a letter that nobody else has, without I and O', () => {
    const taken = new Set<string>()
    for (let i = 0; i < 60; i += 1) {
      const letter = nextLetter(taken)
      expect(taken.has(letter)).toBe(false)
      expect(letter).not.toMatch(/[IO]/)
      taken.add(letter)
    }
    expect([...taken].slice(0, 9)).toEqual(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J'])
    expect([...taken][24]).toBe('AA')
  })

  it('are read as they are said, scanned or typed', () => {
    const id = '018f0000-0000-7000-8000-00000000abcd'
    expect(readTicket(ticketText({ id }))).toEqual({ is: 'id', id })
    expect(readTicket(` ${ticketText({ id }).toUpperCase()} `)).toEqual({ is: 'id', id })
    for (const text of ['b12', 'B 12', ' b-12']) expect(readTicket(text)).toEqual({ is: 'code', letter: 'B', number: 12 })
    for (const text of ['lopez', '12', 'b0', 'b12345', 'abc1', id, 'CQ-x1']) expect(readTicket(text)).toBeUndefined()
    fc.assert(fc.property(fc.integer({ min: 1, max: 9_999 }), (number) => {
      expect(readTicket(ticketCode({ letter: 'K', number }))).toEqual({ is: 'code', letter: 'K', number })
    }))
  })

  it('or initials stand for a name, one letter of each', () => {
    expect(initialsOf({ givenName: 'maria Elena', familyName: 'lopez' })).toBe('ML')
    expect(initialsOf({ givenName: 'E\u0301lodie', familyName: 'Ångström' })).toBe('ÉÅ')
    expect(initialsOf({ givenName: '', familyName: 'Prince' })).toBe('P')
  })
})
