import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { CodeSystem } from '#shared/domains/codes/model.ts'
import { codeSearch, ftsQuery, matchesWords, searchWords } from '#shared/domains/codes/rules.search.ts'
import { canonicalCode, codeOfRecord, codeTables, recogniseTable } from '#shared/domains/codes/rules.tables.ts'
import { dotted, icd10YearInForce, isOutdatedIcd10, looksLikeOrderFile, parseOrderLine, plainCode, releaseFromFileName } from '#shared/domains/codes/rules.ts'

/** A line as CMS lays it out. The codes in these tests are shapes, their titles are ours. */
function orderLine(order: number, code: string, billable: 0 | 1, short: string, long: string): string {
  return `${String(order).padStart(5, '0')} ${code.padEnd(7)} ${billable} ${short.padEnd(60)} ${long}`
}

describe('parseOrderLine', () => {
  it('reads code, flag and both titles by their columns', () => {
    expect(parseOrderLine(orderLine(42, 'E1165', 1, 'Diab w high sugar', 'Diabetes with high sugar'))).toEqual({
      ok: true,
      code: { system: 'icd10cm', code: 'E11.65', label: 'Diabetes with high sugar', billable: true, active: true },
    })
  })

  it('reads a heading of three characters as not billable', () => {
    expect(parseOrderLine(orderLine(1, 'A00', 0, 'Cholera', 'Cholera'))).toMatchObject({ ok: true, code: { code: 'A00', billable: false } })
  })

  it('takes Windows line ends and titles with two blanks in them', () => {
    expect(parseOrderLine(`${orderLine(7, 'W19XXXA', 1, 'Fall  once', 'A fall,  once')}\r`)).toMatchObject({ ok: true, code: { code: 'W19.XXXA', label: 'A fall,  once' } })
  })

  it.each([
    ['an empty line', '', 'BAD_LINE'],
    ['a table with commas', '1,A00,A00,0,Cholera,Cholera,,', 'BAD_LINE'],
    ['a flag that is neither 0 nor 1', orderLine(1, 'A00', 0, 'x', 'y').replace(' 0 ', ' 2 '), 'BAD_LINE'],
    ['a line cut in the middle', orderLine(1, 'A000', 1, 'Cholera', 'Cholera of one kind').slice(0, 40), 'NO_LABEL'],
    ['a code that begins with a digit', orderLine(1, '12345', 1, 'x', 'y'), 'BAD_CODE'],
    ['columns moved by one', ` ${orderLine(1, 'A000', 1, 'x', 'y')}`, 'BAD_LINE'],
  ])('refuses %s', (_what, line, reason) => {
    expect(parseOrderLine(line)).toEqual({ ok: false, reason })
  })

  it('gives back what was laid out, whatever the code and titles', () => {
    const code = fc.stringMatching(/^[A-Z][0-9][0-9A-Z]{1,5}$/)
    const title = fc.stringMatching(/^[A-Za-z][A-Za-z ,()-]{0,50}[a-z]$/)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999 }), code, fc.boolean(), title, title, (order, plain, billable, short, long) => {
        const parsed = parseOrderLine(orderLine(order, plain, billable ? 1 : 0, short, long))
        expect(parsed).toEqual({ ok: true, code: { system: 'icd10cm', code: dotted(plain), label: long, billable, active: true } })
      }),
    )
  })

  it('never throws, whatever the text', () => {
    fc.assert(fc.property(fc.string({ maxLength: 200, unit: 'binary' }), (text) => { parseOrderLine(text) }))
  })

  it('recognises the file by its first line, with or without a byte-order mark', () => {
    const line = orderLine(1, 'A00', 0, 'Cholera', 'Cholera')
    expect([looksLikeOrderFile(line), looksLikeOrderFile(`\uFEFF${line}`), looksLikeOrderFile('code,short,long')]).toEqual([true, true, false])
  })
})

describe('dotted and plainCode', () => {
  it.each([['A00', 'A00'], ['A000', 'A00.0'], ['e11.65', 'E11.65'], ['S42001A', 'S42.001A']])('writes %s as %s', (raw, written) => {
    expect(dotted(raw)).toBe(written)
  })

  it('are inverse to each other for every code', () => {
    fc.assert(fc.property(fc.stringMatching(/^[A-Z][0-9][0-9A-Z]{1,5}$/), (plain) => {
      expect(plainCode(dotted(plain))).toBe(plain)
      expect(dotted(dotted(plain))).toBe(dotted(plain))
    }))
  })
})

describe('code-set year', () => {
  it.each([
    [CodeSystem.icd10cm, 'icd10cm_order_2027.txt', 'FY2027'],
    [CodeSystem.icd10cm, 'icd10cm-order-April-2026.txt', 'FY2026'],
    [CodeSystem.icd10cm, 'icd10cm_fy2022.csv.gz', 'FY2022'],
    [CodeSystem.icd10cm, 'icd10cm_merged_2022_2025.csv.gz', undefined],
    [CodeSystem.icd10cm, 'codes.csv', undefined],
    [CodeSystem.hcpcs, 'hcpcs_level2_2025oct.csv.gz', '2025-10'],
    [CodeSystem.hcpcs, 'HCPC2026_JAN_ANWEB.txt', '2026-01'],
    [CodeSystem.rxnorm, 'products_2014.csv', '2014'],
    [CodeSystem.loinc, 'loinc_12025.csv', undefined],
  ])('of %s in %s is %s', (system, name, release) => {
    expect(releaseFromFileName(system, name)).toBe(release)
  })

  it.each([['2026-09-30', 'FY2026'], ['2026-10-01', 'FY2027'], ['2026-11-22', 'FY2027'], ['2027-01-01', 'FY2027']])('in force on %s is %s', (onDate, year) => {
    expect(icd10YearInForce(onDate)).toBe(year)
  })

  it('is outdated when older than the one in force, or not told', () => {
    expect(['FY2022', 'FY2026', 'FY2027', 'FY2028', 'starter'].map((release) => isOutdatedIcd10(release, '2026-11-22'))).toEqual([true, true, false, false, true])
  })
})

describe('recogniseTable', () => {
  it.each(codeTables.map((table) => [table.name, table] as const))('finds %s by its own header in any order', (_name, table) => {
    expect(recogniseTable([...table.header].reverse())?.name).toBe(table.name)
  })

  it('takes a byte-order mark, capitals and more columns', () => {
    expect(recogniseTable(['\uFEFFCode', 'SHORT', 'Long', 'note'])?.system).toBe('hcpcs')
  })

  it('refuses a table of pairs and a header it does not know', () => {
    expect([recogniseTable(['severity', 'drug1', 'drug2']), recogniseTable(['product', 'cvx', 'manufacturer', 'status']), recogniseTable(['name', 'phone'])]).toEqual([undefined, undefined, undefined])
  })
})

describe('codeOfRecord', () => {
  const of = (header: string[], values: string[]) => {
    const table = recogniseTable(header)
    if (table === undefined) throw new Error('the test names a header that is not known')
    return codeOfRecord(table, Object.fromEntries(header.map((name, index) => [name, values[index]])))
  }

  it.each([
    [['code', 'billable', 'label'], ['I10', '1', 'High pressure'], { system: 'icd10cm', code: 'I10', billable: true, label: 'High pressure' }],
    [['code', 'code_dotted', 'billable', 'description', 'in_fy2025'], ['E6681', 'E66.81', '?', 'Obesity class', 'likely'], { code: 'E66.81', billable: false, active: true }],
    [['code', 'code_dotted', 'billable', 'description', 'in_fy2025'], ['B373', 'B37.3', '1', 'Old one', 'N'], { active: false }],
    [['cvx', 'short', 'full', 'status'], ['01', 'DTP', 'Three in one', 'Inactive'], { system: 'cvx', code: '01', active: false, label: 'DTP (Three in one)' }],
    [['loinc', 'display'], ['8480-6', 'Systolic'], { system: 'loinc', code: '8480-6', billable: true }],
    [['code', 'display'], ['[in_i]', 'inch'], { system: 'ucum', code: '[in_i]' }],
  ])('reads %j', (header, values, code) => {
    expect(of(header, values)).toMatchObject({ ok: true, code })
  })

  it.each([
    [['code', 'billable', 'label'], ['NODX', '0', 'None'], 'BAD_CODE'],
    [['code', 'billable', 'label'], ['', '0', 'None'], 'NO_CODE'],
    [['rxcui', 'name'], ['12', ' '], 'NO_LABEL'],
    [['rxcui', 'name'], ['=1+1', 'formula'], 'BAD_CODE'],
  ])('skips %j %j', (header, values, reason) => {
    expect(of(header, values)).toEqual({ ok: false, reason })
  })

  it('keeps the case of a unit, because m and M differ', () => {
    expect([canonicalCode('ucum', 'm'), canonicalCode('ucum', 'M'), canonicalCode('hcpcs', 'a0021')]).toEqual(['m', 'M', 'A0021'])
  })
})

describe('codeSearch', () => {
  it.each([
    ['E11.65', 'E1165'],
    ['e1165', 'E1165'],
    ['8480-6', '8480-6'],
    ['e11', 'E11'],
    ['flu', undefined],
    ['type 2', undefined],
    ['', undefined],
  ])('reads %j as the code %s', (text, prefix) => {
    expect(codeSearch(text).codePrefix).toBe(prefix)
  })

  it('matches words in any order by their beginning, without accents', () => {
    const label = 'Ménière’s disease, right ear'
    expect([['ear', 'men'], ['RIGHT', 'dis'], ['left'], ['eniere']].map((typed) => matchesWords(label, searchWords(typed.join(' '))))).toEqual([true, true, false, false])
  })

  it('knows what clinicians shorten', () => {
    expect([matchesWords('Essential (primary) hypertension', ['htn']), matchesWords('Hypotension', ['htn'])]).toEqual([true, false])
  })

  it('finds a label by the beginnings of any of its own words', () => {
    const word = fc.stringMatching(/^[a-zé]{1,10}$/)
    fc.assert(fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 10 }), (words, length) => {
      const typed = [...words].reverse().map((one) => one.slice(0, length)).join('  ')
      expect(matchesWords(words.join(', '), searchWords(typed))).toBe(true)
    }))
  })

  it('leaves nothing in the full-text query that could be an operator', () => {
    fc.assert(fc.property(fc.string({ maxLength: 60, unit: 'binary' }), (text) => {
      const query = ftsQuery(codeSearch(text).words)
      expect(query.replace(/"[\p{L}\p{N}]+"\*/gu, 'w')).toMatch(/^(\(?[()wANDOR ]*\)?)$/)
    }))
  })
})

describe('the starter set', () => {
  const file = path.join(import.meta.dirname, '../../resources/codes/icd10cm-starter.csv')
  const records: Record<string, string>[] = parse(readFileSync(file), { columns: true })

  it('is a table of several hundred different billable codes in dotted form', () => {
    const table = recogniseTable(Object.keys(records[0] ?? {}))
    expect(table?.name).toBe('ICD-10-CM, short list')
    const codes = records.map((record) => (table === undefined ? undefined : codeOfRecord(table, record)))
    expect(codes.every((parsed) => parsed?.ok === true && parsed.code.billable)).toBe(true)
    expect(records.map((record) => record['code']).filter((code) => code !== dotted(code ?? ''))).toEqual([])
    expect(new Set(records.map((record) => record['code'])).size).toBe(records.length)
    expect(records.length).toBeGreaterThanOrEqual(400)
  })

  it.each(['htn', 'type 2 diabetes', 'uri', 'low back pain', 'uti', 'gerd', 'well child', 'immunization', 'otitis media', 'anxiety', 'sprain ankle', 'asthma'])('answers %s', (typed) => {
    const words = searchWords(typed)
    expect(records.filter((record) => matchesWords(record['label'] ?? '', words)).length).toBeGreaterThan(0)
  })
})
