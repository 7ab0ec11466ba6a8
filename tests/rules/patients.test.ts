import { describe, expect, it } from 'vitest'
import { changesBetween, isPossibleBirthDate, isPossibleDeath, photoTypeOf, ranked } from '#shared/domains/patients/rules.ts'
import { derivedColumns, sortName } from '#shared/domains/patients/rules.derived.ts'
import { digitsOfPhone, readPhone } from '#shared/domains/patients/rules.phone.ts'
import { familySound, givenSound } from '#shared/domains/patients/rules.sounds.ts'

describe('sounds', () => {
  it.each([
    ['Lopez', 'Lopes', 'López'], ['Gonzalez', 'Gonzales', 'Gonsález'], ['Jimenez', 'Gimenez', 'Ximénez'], ['Hernandez', 'Ernandez'], ['Vasquez', 'Bazquez'],
    ['Rodriguez', 'Rodriquez'], ['Schmidt', 'Schmitt', 'Shmidt'], ['Thompson', 'Tompson'], ['Philips', 'Fillips'], ['Clark', 'Klark'], ['Ortiz', 'Ortis'],
    ['Knight', 'Night'], ['Wright', 'Right'], ['Muñoz', 'Munos'], ['de la Cruz', 'Cruz'], ["O'Brien", 'OBrien'], ['Garcia Lopez', 'Garcia'], ['Smith-Jones', 'Smith'],
  ])('hears %s and %s as one', (...names) => {
    expect(new Set(names.map(familySound)).size).toBe(1)
  })

  it.each([['Lopez', 'Perez'], ['Smith', 'Jones'], ['Garcia', 'Guerra'], ['Nguyen', 'Ng'], ['Lee', 'Hill'], ['Miller', 'Moore']])('tells %s from %s', (a, b) => {
    expect(familySound(a)).not.toBe(familySound(b))
  })

  it.each([['Maria Elena', 'María'], ['Yesenia', 'Jessenia'], ['Xavier', 'Javier'], ['Cristina', 'Christina'], ['Kristin', 'Christin'], ['Steven', 'Steben'], ['Catherine', 'Katherine']])('hears %s and %s as one', (a, b) => {
    expect(givenSound(a)).toBe(givenSound(b))
  })

  it('gives every name a key, in any script', () => {
    expect([familySound('李'), familySound('Иванов'), familySound("'"), familySound('Io')].every((sound) => typeof sound === 'string')).toBe(true)
    expect(familySound('李')).not.toBe(familySound('王'))
  })
})

describe('derived columns', () => {
  const person = { familyName: "O'Brien-Núñez", givenName: 'Łucja', middleName: null, preferredName: 'Lu', phone: '+14135550100' }

  it('hold every word by which somebody is asked for', () => {
    expect(derivedColumns(person, ['Kowalska'])).toMatchObject({
      searchNames: 'obrien nunez lucja lu kowalska o brien obriennunez', sortName: 'obrien nunez\tlucja', phoneDigits: '4135550100',
    })
  })

  it('sort as people do', () => {
    const names = [['Lopez Garcia', 'Ana'], ['lópez', 'Zoe'], ['Lopez', 'Ana'], ['Ångström', 'Bo'], ['de la Cruz', 'Al'], ['Zorn', 'Al']] as const
    const sorted = names.toSorted((a, b) => (sortName({ familyName: a[0], givenName: a[1] }) < sortName({ familyName: b[0], givenName: b[1] }) ? -1 : 1))
    expect(sorted.map(([family]) => family)).toEqual(['Ångström', 'de la Cruz', 'Lopez', 'lópez', 'Lopez Garcia', 'Zorn'])
  })
})

describe('phone numbers', () => {
  it.each([
    ['(413) 555-0100', '+14135550100', '4135550100'], ['413.555.0100', '+14135550100', '4135550100'], ['+1 413 555 0100', '+14135550100', '4135550100'],
    ['+52 55 1234 5678', '+525512345678', '5512345678'], ['413 555 0100 ext 12', '+14135550100 ext. 12', '4135550100'],
    ['ask at the shelter', 'ask at the shelter', null], ['555-0100', '555-0100', '5550100'], ['', null, null],
  ])('reads %j', (text, kept, digits) => {
    expect(readPhone(text)).toBe(kept)
    expect(kept === null ? null : digitsOfPhone(kept)).toBe(digits)
    expect(kept === null ? null : readPhone(kept)).toBe(kept)
  })
})

describe('dates that can be', () => {
  it.each([['2026-11-17', true], ['2026-11-18', false], ['1901-01-01', true], ['1900-12-31', false]])('a birth on %s: %s', (date, possible) => {
    expect(isPossibleBirthDate(date, '2026-11-17')).toBe(possible)
  })
  it('a death lies between birth and today', () => {
    expect(['1958-03-11', '1958-03-12', '2026-11-17', '2026-11-18'].map((date) => isPossibleDeath(date, '1958-03-12', '2026-11-17'))).toEqual([false, true, true, false])
  })
})

describe('the file', () => {
  it('writes down what is really another value', () => {
    const before = { familyName: 'Lopez', phone: null, city: 'Springfield' }
    expect(changesBetween(before, { ...before, familyName: 'Garcia', phone: null, city: '' }, ['familyName', 'phone', 'city'], 'x.')).toEqual([
      { field: 'x.familyName', fromValue: 'Lopez', toValue: 'Garcia' }, { field: 'x.city', fromValue: 'Springfield', toValue: null },
    ])
  })

  it('keeps ranks without a gap around the one that is placed', () => {
    const cover = (id: string, rank: number) => ({ id, patientId: 'p', payerName: id, planName: null, memberNumber: null, groupNumber: null, relationship: 'self' as const, subscriberName: null, rank, validFrom: null, validTo: null, copayCents: null, verifiedOn: null, verifiedBy: null })
    const ranks = (list: readonly { id: string; rank: number }[]) => list.map((one) => `${one.id}${one.rank}`).join(' ')
    expect(ranks(ranked([cover('a', 1), cover('b', 2)], cover('c', 1)))).toBe('c1 a2 b3')
    expect(ranks(ranked([cover('a', 1), cover('b', 2)], cover('c', 9)))).toBe('a1 b2 c3')
    expect(ranks(ranked([cover('a', 1), cover('b', 2)], cover('a', 2)))).toBe('b1 a2')
    expect(ranks(ranked([cover('b', 2), cover('c', 3)], null))).toBe('b1 c2')
  })

  it('tells a photo by its bytes', () => {
    expect(photoTypeOf(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0))).toBe('image/jpeg')
    expect(photoTypeOf(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0))).toBe('image/png')
    expect(photoTypeOf(new TextEncoder().encode('<svg onload='))).toBeNull()
    expect(photoTypeOf(new Uint8Array())).toBeNull()
  })
})
