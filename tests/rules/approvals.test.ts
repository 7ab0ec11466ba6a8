import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { approvalStatuses } from '#shared/domains/approvals/model.ts'
import { canonical, isTwoPerson, whyNotDecide } from '#shared/domains/approvals/rules.ts'

const NOW = '2026-11-17T15:00:00.000Z'

describe('who may decide', () => {
  it('is never the person who asked, and nobody once it is settled or over', () => {
    fc.assert(fc.property(fc.constantFrom(...approvalStatuses), fc.constantFrom('a', 'b'), fc.constantFrom('a', 'b'), fc.boolean(), (status, requestedBy, decider, isOver) => {
      const why = whyNotDecide({ status, requestedBy, expiresAt: isOver ? NOW : '2026-11-18T15:00:00.000Z' }, decider, NOW)
      expect(why === undefined).toBe(status === 'open' && requestedBy !== decider && !isOver)
    }))
  })
})

describe('what takes two', () => {
  it('is what the contract says, but for a trial run', () => {
    const secondPerson = { approve: 'import.approve', unless: 'dryRun' } as const
    expect([isTwoPerson({}, {}), isTwoPerson({ secondPerson }, { dryRun: false }), isTwoPerson({ secondPerson }, {}), isTwoPerson({ secondPerson }, null), isTwoPerson({ secondPerson }, { dryRun: true })]).toEqual([false, true, true, true, false])
    expect(isTwoPerson({ secondPerson: { approve: 'money.approve' } }, { dryRun: true })).toBe(true)
    const death = { secondPerson: { approve: 'restriction.approve', onlyWith: ['changes', 'deceasedOn'] } } as const
    expect([{ changes: { city: 'X' } }, { changes: { deceasedOn: '2026-11-01' } }, { changes: { deceasedOn: null } }, {}, null].map((input) => isTwoPerson(death, input))).toEqual([false, true, true, false, false])
  })
})

describe('the text of an input', () => {
  it('is the same whatever the order of its keys, and another for another input', () => {
    expect(canonical({ b: [1, { d: 2, c: null }], a: 'x' })).toBe('{"a":"x","b":[1,{"c":null,"d":2}]}')
    fc.assert(fc.property(fc.jsonValue(), (value) => {
      const back: unknown = JSON.parse(canonical(value))
      expect(canonical(back)).toBe(canonical(value))
      expect(back).toEqual(JSON.parse(JSON.stringify(value)))
    }))
  })
})
