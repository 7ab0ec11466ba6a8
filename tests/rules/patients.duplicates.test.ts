import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canCompare, datesLike, likenessOf, type Identity } from '#shared/domains/patients/rules.duplicates.ts'

const maria: Identity = { familyName: 'Lopez', givenName: 'Maria Elena', birthDate: '1958-03-12', sex: 'female', phone: '+15550142216', suffix: null, insurance: null }
const john: Identity = { familyName: 'Doe', givenName: 'John', birthDate: '1980-01-05', sex: 'male', phone: null, suffix: null, insurance: null }

// [what differs from the one who is here, how likely it is the same person]
const pairs: [string, Identity, Partial<Identity>, 'likely' | 'possible' | 'unlikely'][] = [
  ['the very same', john, {}, 'likely'],
  ['other letters for the same sound', maria, { familyName: 'Lopes', givenName: 'Maria', phone: '(555) 014-22' }, 'likely'],
  ['capitals and no accents', { ...maria, familyName: 'Muñoz' }, { familyName: 'MUNOZ' }, 'likely'],
  ['a letter typed twice', maria, { familyName: 'Loppez', givenName: 'Maria' }, 'likely'],
  ['two letters turned round', maria, { familyName: 'Lopze', givenName: 'Maria' }, 'likely'],
  ['a short form of the name', { ...john, givenName: 'William' }, { givenName: 'Bill' }, 'likely'],
  ['a Spanish short form', { ...john, familyName: 'Ruiz', givenName: 'Francisco' }, { familyName: 'Ruiz', givenName: 'Paco' }, 'likely'],
  ['family and given name in each other’s place', john, { familyName: 'John', givenName: 'Doe' }, 'likely'],
  ['the second surname left out', { ...maria, familyName: 'Lopez Garcia' }, { familyName: 'Lopez' }, 'likely'],
  ['day and month turned round', john, { birthDate: '1980-05-01' }, 'likely'],
  ['a digit of the year', john, { birthDate: '1989-01-05' }, 'likely'],
  ['a day beside', john, { birthDate: '1980-01-06' }, 'likely'],
  ['the digits of the year turned round', john, { birthDate: '1908-01-05' }, 'likely'],
  ['married, same phone', maria, { familyName: 'Whitfield' }, 'likely'],
  ['married, another phone', maria, { familyName: 'Whitfield', phone: '+15550999999' }, 'possible'],
  ['namesake of another age', john, { birthDate: '1951-08-30' }, 'possible'],
  ['father and son in one house', { ...john, phone: '+15550100000' }, { birthDate: '2004-08-30', phone: '+15550100000' }, 'possible'],
  ['senior and junior born on one day of the year', { ...john, suffix: 'Sr.' }, { suffix: 'Jr' }, 'possible'],
  ['twins', { ...maria, givenName: 'Lucia' }, { givenName: 'Camila' }, 'possible'],
  ['a couple with one phone', maria, { familyName: 'Lopez', givenName: 'Ramon', sex: 'male', birthDate: '1955-09-05' }, 'unlikely'],
  ['nobody', maria, { familyName: 'Okafor', givenName: 'Tolu', birthDate: '1990-07-07', phone: null }, 'unlikely'],
]

describe('likenessOf', () => {
  it.each(pairs)('%s', (_what, known, differs, likelihood) => {
    expect(likenessOf({ ...known, ...differs }, known).likelihood).toBe(likelihood)
  })

  it('gives the reasons that the desk reads', () => {
    const typed = { ...maria, familyName: 'Lopes', givenName: 'Maria', phone: '(555) 014-22', insurance: 'Northwall HMO' }
    expect(likenessOf(typed, { ...maria, insurance: 'northwall hmo' }).comparisons).toEqual([
      { field: 'name', verdict: 'similar', because: 'sounds-alike' },
      { field: 'birth-date', verdict: 'equal', because: null },
      { field: 'sex', verdict: 'equal', because: null },
      { field: 'phone', verdict: 'similar', because: 'begins' },
      { field: 'insurance', verdict: 'equal', because: null },
    ])
  })

  it('compares only what has been typed', () => {
    const nothing: Identity = { familyName: '', givenName: '', birthDate: null, sex: null, phone: null }
    expect(likenessOf(nothing, maria)).toEqual({ score: 0, likelihood: 'unlikely', comparisons: [] })
    expect([nothing, { ...nothing, familyName: 'Lo' }, { ...nothing, familyName: 'Lo', givenName: 'M' }, { ...nothing, phone: '555014' }, { ...nothing, phone: '5550142' }].map(canCompare))
      .toEqual([false, false, true, false, true])
  })

  it('calls the same person likely whatever the name', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcdeñéüßłšИ李'), minLength: 1, maxLength: 12 })
    fc.assert(fc.property(word, word, (familyName, givenName) => {
      const one = { ...john, familyName, givenName }
      expect(likenessOf(one, one).likelihood).toBe('likely')
    }))
  })
})

describe('datesLike', () => {
  it('holds the slips of the fingers, real days only, and not the date itself', () => {
    const dates = datesLike('1980-01-05')
    expect(dates).toEqual(expect.arrayContaining(['1980-05-01', '1980-01-06', '1980-01-15', '1981-01-05', '1990-01-05', '1908-01-05', '1979-01-05', '1979-12-26']))
    expect(dates).not.toContain('1980-01-05')
    expect(dates.every((date) => new Date(`${date}T00:00:00Z`).toISOString().startsWith(date))).toBe(true)
    expect(dates.length).toBeLessThan(80)
  })
})
