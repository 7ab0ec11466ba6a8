import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { passwordProblem } from '#shared/domains/clinic/rules.password.ts'

const words = ['Alder Creek Family Clinic', 'voss', 'Voss', 'Eleanor']

describe('which password is taken', () => {
  it.each([
    ['three quiet stones', undefined],
    ['korrekt pferd batterie', undefined],
    ['ängström ñandú 🦜 x', undefined],
    ['voss three quiet stones', undefined],
    ['elevenchars', 'too-short'],
    ['x'.repeat(129), 'too-long'],
    ['password1234', 'too-common'],
    ['P@ssw0rd2026!', 'too-common'],
    ['passwordpassword', 'too-common'],
    ['letmeinwelcome1', 'too-common'],
    ['Qwertyuiop123', 'too-common'],
    ['qwertyuiopas', 'too-common'],
    ['abcdefghijklmn', 'too-common'],
    ['123456789012', 'too-common'],
    ['aaaaaaaaaaaaaa', 'too-common'],
    ['abcabcabcabcabc', 'too-common'],
    ['AlderCreekFamilyClinic', 'holds-name'],
    ['eleanorvoss2026!', 'holds-name'],
    ['Voss1234567890', 'holds-name'],
  ])('%s → %s', (password, problem) => {
    expect(passwordProblem(password, words)).toBe(problem)
  })

  it('counts what a person sees as a character, and asks for no mixture of signs', () => {
    expect(passwordProblem('e\u0301'.repeat(11) + 'x', [])).not.toBe('too-long')
    expect(passwordProblem('e\u0301'.repeat(10), [])).toBe('too-short')
    fc.assert(fc.property(fc.array(fc.constantFrom('stone', 'river', 'moss', 'heron', 'slate', 'lantern', 'copper', 'willow', 'ferry'), { minLength: 4, maxLength: 8 }), (parts) => {
      fc.pre(new Set(parts).size >= 3)
      expect(passwordProblem(parts.join(' '), words)).toBeUndefined()
    }))
  })

  it('answers for any text whatever it holds', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.array(fc.string({ maxLength: 40 }), { maxLength: 4 }), (password, names) => {
      expect([undefined, 'too-short', 'too-long', 'too-common', 'holds-name']).toContain(passwordProblem(password, names))
    }))
  })
})
