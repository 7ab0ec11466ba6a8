import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mapBundle } from '#shared/domains/migration/fhir/bundle.ts'
import { addLine, inReadingOrder, totalsOf } from '#shared/domains/migration/rules.ts'
import { Id } from '#shared/kernel/ids.ts'
import { bundle, context, E, map, ofPatient, P, patient, reasons, snomed, visit } from '#tests/support/fhir.ts'
import type { Json } from '#tests/support/fhir.ts'

describe('identity', () => {
  const idOf = (json: unknown, source = 'old-clinic') => mapBundle(json, { ...context, source }).rows.Patient[0]?.id

  it('of a UUID is the same in a bundle, on a server and in a bulk export', () => {
    const onServer = { resourceType: 'Bundle', entry: [{ fullUrl: `https://fhir.example/r4/Patient/${P}`, resource: patient() }] }
    expect(new Set([idOf(bundle(patient())), idOf(patient()), idOf(onServer), idOf(bundle(patient({ id: P.toUpperCase() }))), idOf(patient(), 'elsewhere')]).size).toBe(1)
  })

  it('of a short id belongs to its server or its source', () => {
    const at = (base: string): Json => ({ resourceType: 'Bundle', entry: [{ fullUrl: `${base}/Patient/7`, resource: patient({ id: '7' }) }] })
    const ids = [idOf(patient({ id: '7' })), idOf(patient({ id: '7' }), 'elsewhere'), idOf(at('https://a.example')), idOf(at('https://b.example'))]
    expect(new Set(ids).size).toBe(4)
    expect(ids.every((id) => Id.safeParse(id).success)).toBe(true)
  })

  it('joins lines that refer to each other as servers do', () => {
    const condition = (reference: string): Json => ({ resourceType: 'Condition', id: 'c', code: snomed('1', 'x'), subject: { reference } })
    const alone = mapBundle(condition('Patient/7'), context).rows.Condition[0]
    expect(alone?.patientId).toBe(idOf(patient({ id: '7' })))
    expect(mapBundle(condition('Patient/7/_history/3'), context).rows.Condition[0]?.patientId).toBe(alone?.patientId)
  })

  it('without an id and without an address there is none', () => {
    expect(mapBundle(patient({ id: undefined }), context).skipped).toEqual([{ resourceType: 'Patient', id: '', reason: 'NO_ID' }])
    expect(mapBundle({ resourceType: 'Bundle', entry: [{ fullUrl: 'urn:uuid:a-b', resource: patient({ id: undefined }) }] }, context).rows.Patient).toHaveLength(1)
  })

  it('a resource that stands twice in a line counts once', () => {
    expect(reasons(patient(), patient())).toEqual(['Patient REPEATED'])
  })
})

describe('a line', () => {
  it('reports what has no place yet, by its type', () => {
    expect(reasons({ resourceType: 'Claim', id: '1' }, { resourceType: 'ExplanationOfBenefit', id: '2' }, { resourceType: 'CarePlan', id: '3' }, { resourceType: 'Organization', id: '4' })).toEqual([
      'Claim NOT_MAPPED_YET', 'ExplanationOfBenefit NOT_MAPPED_YET', 'CarePlan NOT_MAPPED_YET', 'Organization NAME_ONLY',
    ])
  })

  it('names the entry that is no resource and takes the others', () => {
    const mapped = mapBundle({ resourceType: 'Bundle', entry: [null, { resource: 7 }, { resource: patient() }, {}] }, context)
    expect([mapped.rows.Patient.length, mapped.skipped.map((one) => one.path)]).toEqual([1, ['entry.0', 'entry.1', 'entry.3']])
  })

  it.each([[null], [[]], ['text'], [{}], [{ resourceType: 7 }], [{ resourceType: 'Bundle', entry: {} }]])('%j gives no row and does not throw', (json) => {
    const { rows, skipped } = mapBundle(json, context)
    expect(Object.values(rows).flat()).toEqual([])
    expect(skipped.length).toBeGreaterThan(0)
  })

  it('gives the same rows each time, in whatever order its entries stand', () => {
    const all = [patient(), visit(), { resourceType: 'Condition', id: 'c', code: snomed('1', 'x'), ...ofPatient }, { resourceType: 'Procedure', id: 'p', status: 'completed', code: snomed('2', 'y'), performedDateTime: '2020', encounter: { reference: `urn:uuid:${E}` }, ...ofPatient }]
    fc.assert(fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
      expect(map(...shuffled).rows).toEqual(map(...all).rows)
    }))
  })

  it('never throws, whatever JSON it is given', () => {
    const json = fc.jsonValue({ maxDepth: 4 })
    const key = fc.constantFrom('name', 'birthDate', 'subject', 'code', 'status', 'component', 'period', 'valueQuantity', 'contained', 'contact', 'id')
    const type = fc.constantFrom('Patient', 'Encounter', 'Observation', 'MedicationRequest', 'DiagnosticReport', '__proto__')
    fc.assert(fc.property(type, fc.dictionary(key, json), (resourceType, fields) => {
      mapBundle({ resourceType: 'Bundle', entry: [{ resource: { ...fields, resourceType } }] }, context)
    }))
  })
})

describe('the report', () => {
  it('adds up by type, with the reasons of what was left', () => {
    const one = { taken: { Patient: 1, Encounter: 2 }, unchanged: {}, skipped: [{ resourceType: 'Claim', id: '1', reason: 'NOT_MAPPED_YET' as const }] }
    const two = { taken: {}, unchanged: { Patient: 1 }, skipped: [{ resourceType: 'Patient', id: '2', reason: 'NO_NAME' as const }, { resourceType: '', id: '', reason: 'INVALID' as const }] }
    const counts = addLine(addLine({}, one), two)
    expect(counts).toEqual({
      Patient: { taken: 1, unchanged: 1, skipped: 1, reasons: { NO_NAME: 1 } },
      Encounter: { taken: 2, unchanged: 0, skipped: 0, reasons: {} },
      Claim: { taken: 0, unchanged: 0, skipped: 1, reasons: { NOT_MAPPED_YET: 1 } },
      '': { taken: 0, unchanged: 0, skipped: 1, reasons: { INVALID: 1 } },
    })
    expect(totalsOf(counts)).toEqual({ taken: 3, unchanged: 1, skipped: 3 })
    expect(inReadingOrder(counts).map(([type]) => type)).toEqual(['Patient', 'Encounter', 'Claim', ''])
  })

  it('survives a resource type called __proto__', () => {
    const counts = addLine({}, { taken: {}, unchanged: {}, skipped: [{ resourceType: '__proto__', id: '', reason: 'NOT_MAPPED_YET' }] })
    expect(totalsOf(counts).skipped).toBe(1)
  })
})
