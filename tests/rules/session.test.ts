import fs from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { passwordProblem } from '#shared/domains/clinic/rules.password.ts'
import { isClockBehind, isIdle, isWeakPin, passwordNeed } from '#shared/domains/session/rules.ts'
import { counted, deviceStanding, forClock, standingOf, waitMsAfter, type Attempts } from '#shared/domains/session/rules.throttle.ts'
import { inRoot } from '#tools/lib/paths.ts'

const listed = fs.readFileSync(inRoot('resources/passwords/common.txt'), 'utf8').split('\n').filter(Boolean)
const list = new Set(listed)

describe('passwords', () => {
  it('R17: 1,000 random texts of 15 to 128 characters are taken unchanged, 7 are refused, and nothing expires', () => {
    // Of 300 signs of many scripts: a random text is neither a row of the keyboard nor a name.
    const symbol = fc.integer({ min: 0x0e01, max: 0x0e2e }).map((code) => String.fromCodePoint(code))
    fc.assert(fc.property(fc.array(fc.oneof(symbol, fc.constantFrom(...'ñßøłžÿ漢字🦜かな한글אבجد')), { minLength: 15, maxLength: 128 }), (signs) => {
      fc.pre(new Set(signs).size >= 8)
      expect(passwordProblem(signs.join(''), ['Alder Creek'], list)).toBeUndefined()
    }), { numRuns: 1_000 })
    // Letters of every script count: what is left of this one in the Latin alphabet would be a common word.
    expect(passwordProblem('กłก한ก한กกก🦜ขฃคžžž', [], list)).toBeUndefined()
    expect(passwordProblem('7 chars', [], list)).toBe('too-short')
    expect(fs.readFileSync(inRoot('drizzle/schema/clinic.ts'), 'utf8')).not.toMatch(/password.*expir/i)
  })

  it('R18: the commonest 3,000, the clinic’s name and the user name are refused, also dressed up', () => {
    const words = ['Alder Creek Family Clinic', 'voss']
    expect(listed.slice(0, 3_000).filter((one) => passwordProblem(one, words, list) === undefined)).toEqual([])
    const dressed = listed.slice(0, 3_000).filter((one) => /^[a-z]{4,}$/.test(one)).map((one) => `${one}${'2026!2026!2026!'.slice(0, Math.max(4, 12 - one.length))}`)
    expect(dressed.length).toBeGreaterThan(1_500)
    expect(dressed.filter((one) => passwordProblem(one, words, list) === undefined)).toEqual([])
    for (const name of ['AlderCreekFamilyClinic', 'alder creek family clinic', 'vossvossvossvoss', 'Voss2026!!!!!']) expect(passwordProblem(name, words, list)).toBeDefined()
    expect(list.size).toBeGreaterThan(30_000)
  })
})

describe('failed attempts', () => {
  it('R19: never lets more through when the clock is set back, and never waits longer than a quarter of an hour', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: -10_000_000, max: 10_000_000 }), { minLength: 1, maxLength: 120 }), (moves) => {
      let now = 1_800_000_000_000
      let attempts: Attempts | undefined
      let looked = 0
      for (const move of moves) {
        now += move
        const standing = standingOf(attempts, now)
        if (standing.kind === 'wait') expect(standing.seconds).toBeLessThanOrEqual(900)
        if (standing.kind !== 'free') continue
        looked += 1
        attempts = counted(attempts && forClock(attempts, now), now)
        if (attempts.fails >= 5) expect(standingOf(attempts, now - 1), 'a second back').toMatchObject({ kind: attempts.fails >= 50 ? 'stopped' : 'wait' })
      }
      expect(looked).toBeLessThanOrEqual(50)
    }))
    expect([4, 5, 6, 8, 9, 40].map((fails) => waitMsAfter(fails) / 60_000)).toEqual([0, 1, 2, 8, 15, 15])
    expect(deviceStanding(Array.from({ length: 20 }, () => 2_000_000), 1_000_000)).toMatchObject({ kind: 'wait' })
  })
})

describe('PIN, idle and clock', () => {
  it.each([['271828', false], ['000000', true], ['234567', true], ['654321', true], ['890123', true], ['123123', true], ['112233', false]])('%s is weak: %s', (pin, weak) => expect(isWeakPin(pin)).toBe(weak))
  it('knows why a PIN is not enough', () => {
    const at = '2026-11-17T08:00:00.000Z'
    const nurse = { roles: ['nurse' as const], fullSignInAt: at, pinFails: 0 }
    expect(passwordNeed(nurse, '2026-11-17T20:00:00.000Z')).toBeUndefined()
    expect(passwordNeed(nurse, '2026-11-17T20:00:01.000Z')).toBe('hours')
    expect(passwordNeed(nurse, '2026-11-17T07:00:00.000Z'), 'a clock set back').toBe('hours')
    expect(passwordNeed({ ...nurse, pinFails: 5 }, at)).toBe('tries')
    expect(passwordNeed({ ...nurse, roles: ['doctor', 'administrator'] }, at)).toBe('administrator')
    expect([isIdle(0, 300_000, 300), isIdle(0, 300_001, 300), isIdle(400_000, 0, 300)]).toEqual([false, true, true])
    expect([isClockBehind('2026-11-17T07:58:00.000Z', at), isClockBehind('2026-11-17T07:57:00.000Z', at), isClockBehind(at, undefined)]).toEqual([false, true, false])
  })
})
