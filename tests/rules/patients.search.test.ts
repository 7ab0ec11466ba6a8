import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byRelevance, matchedBy, parseSearch } from '#shared/domains/patients/rules.search.ts'

const TODAY = '2026-11-17'
const lopez = { id: 'a', mrn: 104_218, familyName: 'López', givenName: 'Maria Elena', sex: 'female' as const, birthDate: '1958-03-12', phone: '+15550142216' }

// [what is typed, the MRN that it may be, the query of the index]
const questions: [string, number | undefined, string][] = [
  ['maria lop', undefined, '(({names} : "maria" *)) AND (({names} : "lop" *))'],
  ['LÓPEZ, María', undefined, '(({names} : "lopez" *)) AND (({names} : "maria" *))'],
  ['lopez 1990', undefined, '(({names} : "lopez" *)) AND (({numbers birth} : "1990" *))'],
  ['1990 lopez', undefined, '(({numbers birth} : "1990" *)) AND (({names} : "lopez" *))'],
  ['lopez 58', undefined, '(({names} : "lopez" *)) AND (({numbers birth} : "58" *) OR ({birth} : "1958" *))'],
  ['555 1234', 5_551_234, '(({numbers} : "5551234" *) OR ({numbers birth} : "555" * AND {numbers birth} : "1234" *))'],
  ['(555) 014-2216', undefined, '(({numbers} : "5550142216" *) OR ({numbers birth} : "555" * AND {numbers birth} : "0142216" *))'],
  ['+1 555 014 2216', undefined, '(({numbers} : "5550142216" *))'],
  ['104218', 104_218, '(({numbers birth} : "104218" *))'],
  ['104 218', 104_218, '(({numbers} : "104218" *) OR ({numbers birth} : "104" * AND {numbers birth} : "218" *))'],
  ['MRN 104 218', 104_218, '(({numbers} : "104218" *) OR ({numbers birth} : "104" * AND {numbers birth} : "218" *))'],
  ['mrn:104218', 104_218, '(({numbers birth} : "104218" *))'],
  ['1958-03-12', undefined, '(({birth} : "19580312" *))'],
  ['3/25/58', undefined, '(({birth} : "19580325" *))'],
  ['dob 3/12/1958', undefined, '(({birth} : "19580312" *) OR ({birth} : "19581203" *))'],
  ['1958-03', undefined, '(({birth} : "195803" *))'],
  ['12 mar 1958', undefined, '(({birth} : "19580312" *) OR ({numbers birth} : "12" * AND {names} : "mar" * AND {numbers birth} : "1958" *))'],
  ['april 1958', undefined, '(({birth} : "195804" *) OR ({names} : "april" * AND {numbers birth} : "1958" *))'],
  ['april', undefined, '(({names} : "april" *))'],
  ["o'brien", undefined, '(({names} : "obrien" *))'],
  ['garcia-lopez', undefined, '(({names} : "garcia" * AND {names} : "lopez" *))'],
  ['Łukasz', undefined, '(({names} : "lukasz" *))'],
  ['"OR" NOT lee*', undefined, '(({names} : "or" *)) AND (({names} : "not" *)) AND (({names} : "lee" *))'],
]

describe('parseSearch', () => {
  it.each(questions)('reads %j', (text, mrn, begins) => {
    expect(parseSearch(text, TODAY)).toMatchObject({ mrn, begins })
  })

  it.each(['', '   ', '🙂', '\0\0', '"""', '()*^-'])('asks nothing for %j', (text) => {
    expect(parseSearch(text, TODAY).begins).toBeUndefined()
  })

  it('asks for whole names first', () => {
    expect(parseSearch('lee 1990', TODAY).whole).toBe('(({names} : "lee")) AND (({numbers birth} : "1990" *))')
    expect(parseSearch('1990', TODAY).whole).toBeUndefined()
  })

  it('lets nothing through the quotes, whatever is typed', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (text) => {
      const { begins } = parseSearch(text, TODAY)
      expect((begins ?? '').replace(/\{(names|numbers|birth|numbers birth)\} : "[\p{L}\p{N}]+"( \*)?/gu, 'x')).toMatch(/^((\(\(x( AND x)*\)( OR \(x( AND x)*\))*\))( AND )?)*$/)
    }))
  })
})

describe('the order and the marks of the answers', () => {
  it('puts the very number first, then whole family names, then the rest by name', () => {
    const rows = [
      { ...lopez, id: 'b', familyName: 'Leeman', mrn: 1 }, { ...lopez, id: 'c', familyName: 'Lee', mrn: 2 },
      { ...lopez, id: 'd', familyName: 'Leary', mrn: 3 }, { ...lopez, id: 'e', familyName: 'Zorn', mrn: 5 },
    ]
    expect(byRelevance({ ...parseSearch('lee', TODAY), mrn: 5 }, rows).map((row) => row.id)).toEqual(['e', 'c', 'd', 'b'])
  })

  it.each([
    ['maria lop', ['name']], ['lopez 1958', ['name', 'birth-date']], ['104218', ['mrn']], ['014 2216', ['phone']], ['2216', ['phone']], ['3/12/58', ['birth-date']], ['555', ['phone']],
  ])('says by what %j was found', (text, facts) => {
    expect(matchedBy(parseSearch(text, TODAY), lopez)).toEqual(facts)
  })
})
