import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDate, parseTime } from '#shared/domains/migration/fhir/primitives.ts'
import { E, map, ofPatient, patient, reasons, snomed, visit } from '#tests/support/fhir.ts'
import type { Json } from '#tests/support/fhir.ts'

describe('times', () => {
  it.each([
    ['2020-05-04T09:00:00-04:00', '2020-05-04T13:00:00.000Z', '2020-05-04', 'second'],
    ['2020-05-04T23:30:00-04:00', '2020-05-05T03:30:00.000Z', '2020-05-04', 'second'],
    ['2020-05-04T09:00:00.123456Z', '2020-05-04T09:00:00.123Z', '2020-05-04', 'second'],
    ['2020-05-04', '2020-05-04T12:00:00.000Z', '2020-05-04', 'day'],
    ['2020-05', '2020-05-01T12:00:00.000Z', '2020-05-01', 'month'],
    ['1916', '1916-01-01T12:00:00.000Z', '1916-01-01', 'year'],
  ])('reads %s', (raw, at, on, exact) => {
    expect(parseTime(raw)).toEqual({ at, on, exact })
  })

  it.each(['', '2020-02-30', '2020-13-01', '20200504', '2020-05-04T25:00:00Z', '2020-05-04T09:00:00', 'yesterday', '2020-05-04 '])('refuses %j', (raw) => {
    expect(parseTime(raw)).toBeUndefined()
  })

  it('makes no birthday of a year or a month', () => {
    expect(['1980', '1980-02', '1980-02-29', '1981-02-29'].map(parseDate)).toEqual([undefined, undefined, '1980-02-29', undefined])
  })

  it('reads back every instant that it is given', () => {
    fc.assert(fc.property(fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }), (date) => {
      expect(parseTime(date.toISOString())?.at).toBe(date.toISOString())
    }))
  })
})

describe('a patient', () => {
  it('keeps names, digits and accents as they stand', () => {
    const [row] = map(patient({
      name: [{ use: 'maiden', family: 'Old' }, { use: 'official', family: 'Abbott774', given: ['Adán', 'Luis', 'José'], suffix: ['Jr.'] }, { use: 'nickname', given: ['Lucho'] }],
      telecom: [{ system: 'phone', value: '555-0100', use: 'home' }, { system: 'email', value: 'a@example.org' }, { system: 'phone', value: '555-0199', use: 'mobile' }],
      address: [{ use: 'old', city: 'Elsewhere' }, { use: 'home', line: ['1 Main St', 'Apt 2', 'Rear'], city: 'Salem', state: 'MA', postalCode: '01970' }],
      communication: [{ language: { coding: [{ code: 'en' }] } }, { language: { coding: [{ code: 'es' }] }, preferred: true }],
      deceasedDateTime: '2021-03-01T23:30:00-05:00',
    })).rows.Patient
    expect(row).toMatchObject({
      familyName: 'Abbott774', givenName: 'Adán', middleName: 'Luis José', suffix: 'Jr.', preferredName: 'Lucho', sex: 'female', birthDate: '1980-02-29',
      deceasedOn: '2021-03-01', phone: '555-0199', email: 'a@example.org', addressLine1: '1 Main St', addressLine2: 'Apt 2, Rear', city: 'Salem', country: null, language: 'es',
    })
  })

  it('keeps chart numbers and leaves what Cairn has no use for', () => {
    const type = (code: string): Json => ({ coding: [{ code }] })
    const [row] = map(patient({ identifier: [
      { system: 'http://hospital.example', value: 'X1', type: type('MR') },
      { system: 'http://hl7.org/fhir/sid/us-ssn', value: '999-00-0000', type: type('SS') },
      { system: 'urn:oid:1.2.3', value: 'D1', type: type('DL') },
      { system: 'http://hospital.example/card', value: 'C7' },
      { value: 'nowhere' },
    ] })).rows.Patient
    expect(row?.identifiers).toEqual([{ system: 'http://hospital.example', value: 'X1' }, { system: 'http://hospital.example/card', value: 'C7' }])
  })

  it('takes emergency contacts and guardians', () => {
    const [row] = map(patient({ contact: [
      { name: { given: ['Ana'], family: 'Mar' }, relationship: [{ coding: [{ code: 'C' }], text: 'Sister' }], telecom: [{ system: 'phone', value: '555-0101' }] },
      { relationship: [{ text: 'nobody' }] },
      { name: { text: 'Former one' }, period: { end: '2001-01-01' } },
    ] })).rows.Patient
    expect(row?.contacts).toMatchObject([{ name: 'Ana Mar', relationship: 'Sister', phone: '555-0101', isEmergency: true, isGuardian: false }])
  })

  it('says that the other name is empty when there is only one', () => {
    expect([
      map(patient({ name: [{ given: ['Suharto'] }] })).rows.Patient[0],
      map(patient({ name: [{ family: 'Suharto' }] })).rows.Patient[0],
    ]).toMatchObject([{ familyName: 'Suharto', givenName: '-' }, { familyName: 'Suharto', givenName: '-' }])
  })

  it.each([
    ['without a name', { name: [] }, 'Patient NO_NAME'],
    ['without a birth date', { birthDate: undefined }, 'Patient NO_BIRTH_DATE'],
    ['with half a birth date', { birthDate: '1980-02' }, 'Patient NO_BIRTH_DATE birthDate'],
    ['with a day that never was', { birthDate: '1981-02-29' }, 'Patient NO_BIRTH_DATE birthDate'],
    ['with an unknown gender code', { gender: 'f' }, 'Patient INVALID gender'],
    ['with a name that is no list', { name: { family: 'Abbott' } }, 'Patient INVALID name'],
    ['with a number for a phone', { telecom: [{ system: 'phone', value: 5550100 }] }, 'Patient INVALID telecom.0.value'],
    ['with a death that is no date', { deceasedDateTime: 'long ago' }, 'Patient INVALID deceasedDateTime'],
  ])('%s is skipped and its path told, never its value', (_what, more, said) => {
    expect(reasons(patient(more))).toEqual([said])
  })

  it('takes everything of its line with it when it is skipped', () => {
    expect(reasons(patient({ name: [] }), visit(), { resourceType: 'Condition', id: 'c', code: snomed('1', 'x'), ...ofPatient })).toEqual([
      'Patient NO_NAME', 'Encounter PATIENT_SKIPPED', 'Condition PATIENT_SKIPPED',
    ])
  })

  it('lets unknown fields through', () => {
    expect(map(patient({ _birthDate: { extension: [] }, futureField: [1, { a: null }] })).rows.Patient).toHaveLength(1)
  })
})

describe('a visit', () => {
  it('is told in words: where, by whom and why', () => {
    const practitioner = { resourceType: 'Practitioner', id: '00000000-0000-4000-8000-0000000000d1', name: [{ prefix: ['Dr.'], given: ['Elroy'], family: 'Kay9' }] }
    const mapped = map(patient(), practitioner, visit({
      type: [snomed('185345009', 'Encounter for symptom')],
      reasonCode: [snomed('36971009', 'Sinusitis')],
      participant: [{ individual: { reference: `urn:uuid:${practitioner.id}` } }],
      serviceProvider: { display: 'Hill Clinic' },
    }))
    expect(mapped.rows.Encounter).toMatchObject([{ startedAt: '2020-05-04T13:00:00.000Z', finishedAt: '2020-05-04T13:15:00.000Z', reason: 'Sinusitis', place: 'Hill Clinic · Dr. Elroy Kay9' }])
    expect(mapped.skipped).toEqual([{ resourceType: 'Practitioner', id: practitioner.id, reason: 'NAME_ONLY' }])
  })

  it.each([
    [{ status: 'planned' }, 'Encounter NOT_DONE'],
    [{ status: 'entered-in-error' }, 'Encounter ENTERED_IN_ERROR'],
    [{ period: {} }, 'Encounter NO_DATE period.start'],
    [{ period: { start: '2020-05-04', end: '2020-05-03' } }, 'Encounter INVALID period.end'],
    [{ subject: { reference: 'Group/1' } }, 'Encounter NO_PATIENT'],
    [{ subject: undefined }, 'Encounter NO_PATIENT'],
    [{ status: undefined }, 'Encounter INVALID status'],
  ])('%j is skipped', (more, said) => {
    expect(reasons(patient(), visit(more))).toEqual([said])
  })

  it('is no longer pointed to when it was skipped', () => {
    const procedure = { resourceType: 'Procedure', id: 'p', status: 'completed', code: snomed('1', 'x'), performedDateTime: '2020-05-04', encounter: { reference: `urn:uuid:${E}` }, ...ofPatient }
    const id = map(visit(), procedure).rows.Encounter[0]?.id
    expect(id).toBeDefined()
    expect(map(visit(), procedure).rows.Procedure[0]?.encounterId).toBe(id)
    expect(map(visit({ status: 'cancelled' }), procedure).rows.Procedure[0]?.encounterId).toBeNull()
  })
})

describe('a problem', () => {
  const condition = (more: Json): Json => ({ resourceType: 'Condition', id: 'c', code: snomed('44054006', 'Diabetes'), onsetDateTime: '2010-01-01', ...ofPatient, ...more })
  const status = (code: string): Json => ({ clinicalStatus: { coding: [{ code }] } })

  it.each([
    [status('active'), { status: 'active', resolvedOn: null }],
    [status('recurrence'), { status: 'active' }],
    [{ ...status('resolved'), abatementDateTime: '2011-01-01' }, { status: 'resolved', resolvedOn: '2011-01-01' }],
    [status('remission'), { status: 'resolved', resolvedOn: null }],
    [{ abatementDateTime: '2011' }, { status: 'resolved', resolvedOn: '2011-01-01' }],
    [{}, { status: 'active' }],
  ])('%j reads as %j', (more, row) => {
    expect(map(patient(), condition(more)).rows.Condition).toMatchObject([{ concept: { system: 'snomed', code: '44054006', label: 'Diabetes' }, onsetOn: '2010-01-01', ...row }])
  })

  it('prefers a coding that Cairn names and keeps what it does not', () => {
    const coding = (...systems: string[]): Json => ({ coding: systems.map((system, index) => ({ system, code: `c${index}`, display: `d${index}` })) })
    expect([
      map(patient(), condition({ code: coding('urn:own', 'http://hl7.org/fhir/sid/icd-10-cm') })),
      map(patient(), condition({ code: coding('urn:own') })),
      map(patient(), condition({ code: { text: 'just words' } })),
      map(patient(), condition({ code: { text: 'w'.repeat(500) } })),
    ].map(({ rows }) => rows.Condition[0]?.concept)).toEqual([
      { system: 'icd10cm', code: 'c1', label: 'd1' },
      { system: null, code: 'c0', label: 'd0' },
      { system: null, code: null, label: 'just words' },
      { system: null, code: null, label: `${'w'.repeat(399)}…` },
    ])
  })

  it.each([
    [{ verificationStatus: { coding: [{ code: 'entered-in-error' }] } }, 'Condition ENTERED_IN_ERROR'],
    [{ verificationStatus: { coding: [{ code: 'refuted' }] } }, 'Condition NOT_DONE verificationStatus'],
    [{ code: undefined }, 'Condition NO_CODE'],
    [{ code: { coding: [{}] } }, 'Condition NO_CODE'],
  ])('%j is skipped', (more, said) => {
    expect(reasons(patient(), condition(more))).toEqual([said])
  })
})

describe('an allergy', () => {
  const allergy = (more: Json): Json => ({ resourceType: 'AllergyIntolerance', id: 'a', code: snomed('91935009', 'Allergy to peanuts'), patient: ofPatient.subject, ...more })

  it('keeps its reactions and the worst severity', () => {
    expect(map(patient(), allergy({ reaction: [
      { manifestation: [{ text: 'Hives' }], severity: 'mild' },
      { manifestation: [{ text: 'Hives' }, { text: 'Wheeze' }], severity: 'severe' },
      { description: 'Felt unwell' },
    ] })).rows.AllergyIntolerance).toMatchObject([{ reaction: 'Hives, Wheeze, Felt unwell', severity: 'severe' }])
  })

  it('without a status counts as active and of unknown severity', () => {
    expect(map(patient(), allergy({})).rows.AllergyIntolerance).toMatchObject([{ reaction: null, severity: 'unknown' }])
  })

  it('is never made of "no known allergy"', () => {
    const mapped = map(patient(), allergy({ code: snomed('716186003', 'No known allergy') }))
    expect(mapped.rows.AllergyIntolerance).toEqual([{ id: expect.any(String), patientId: mapped.rows.Patient[0]?.id, noneKnown: true }])
  })

  it.each([
    [{ code: snomed('409137002', 'No known drug allergy') }, 'AllergyIntolerance NO_KNOWN_ALLERGY'],
    [{ clinicalStatus: { coding: [{ code: 'inactive' }] } }, 'AllergyIntolerance NOT_ACTIVE'],
    [{ verificationStatus: { coding: [{ code: 'refuted' }] } }, 'AllergyIntolerance NOT_DONE verificationStatus'],
    [{ patient: undefined }, 'AllergyIntolerance NO_PATIENT'],
  ])('%j is skipped', (more, said) => {
    expect(reasons(patient(), allergy(more))).toEqual([said])
  })
})

describe('a medication', () => {
  const request = (more: Json): Json => ({ resourceType: 'MedicationRequest', id: 'm', status: 'active', authoredOn: '2020-05-04T09:00:00Z', medicationCodeableConcept: { text: 'Aspirin 81 MG' }, ...ofPatient, ...more })
  const dosage = (more: Json): Json => ({ dosageInstruction: [more] })

  it.each([
    [{ text: 'One at night' }, 'One at night'],
    [{ asNeededBoolean: true }, 'as needed'],
    [{ timing: { repeat: { frequency: 1, period: 6, periodUnit: 'h' } }, doseAndRate: [{ doseQuantity: { value: 2, unit: 'tablet' } }] }, '2 tablet every 6 hours'],
    [{ timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd' } }, asNeededCodeableConcept: { text: 'pain' } }, 'twice every day; as needed for pain'],
    [{ timing: { repeat: { frequency: 3, period: 1, periodUnit: 'd' } }, additionalInstruction: [{ text: 'with food' }] }, '3 times every day; with food'],
    [{ timing: { repeat: { frequency: 1, period: 1, periodUnit: 'fortnight' } } }, null],
    [{ text: 'x'.repeat(300) }, 'Long directions: see the record of the former system'],
  ])('puts %j in words', (more, sig) => {
    expect(map(patient(), request(dosage(more))).rows.MedicationRequest[0]?.sig).toBe(sig)
  })

  it('that was stopped never reads as current', () => {
    expect([
      map(patient(), request({})),
      map(patient(), request({ status: 'stopped' })),
      map(patient(), request({ status: 'completed', dispenseRequest: { validityPeriod: { end: '2020-06-01' } } })),
    ].map(({ rows }) => rows.MedicationRequest[0]?.endedOn)).toEqual([null, '2020-05-04', '2020-06-01'])
    expect(reasons(patient(), request({ status: 'stopped', authoredOn: undefined }))).toEqual(['MedicationRequest NO_DATE authoredOn'])
  })

  it('may be named by a contained resource, one beside it, or by its display', () => {
    const drug = { resourceType: 'Medication', id: '00000000-0000-4000-8000-0000000000f1', code: { text: 'Lisinopril 10 MG' } }
    const none = { medicationCodeableConcept: undefined }
    expect([
      map(patient(), request({ ...none, contained: [{ ...drug, id: 'd' }], medicationReference: { reference: '#d' } })),
      map(patient(), drug, request({ ...none, medicationReference: { reference: `urn:uuid:${drug.id}` } })),
      map(patient(), request({ ...none, medicationReference: { reference: 'Medication/77', display: 'Metformin' } })),
    ].map(({ rows }) => rows.MedicationRequest[0]?.concept.label)).toEqual(['Lisinopril 10 MG', 'Lisinopril 10 MG', 'Metformin'])
    expect(reasons(patient(), request(none))).toEqual(['MedicationRequest NO_CODE'])
  })

  it('that was only drafted or cancelled was never taken', () => {
    expect(reasons(patient(), request({ status: 'draft' }), { ...request({ status: 'cancelled' }), id: 'm2' })).toEqual(['MedicationRequest NOT_DONE', 'MedicationRequest NOT_DONE'])
  })
})

describe('an observation', () => {
  const loinc = (code: string, text: string): Json => ({ coding: [{ system: 'http://loinc.org', code }], text })
  const kg = (value: number, more: Json = {}): Json => ({ valueQuantity: { value, unit: 'kg', code: 'kg', ...more } })
  const observation = (more: Json): Json => ({
    resourceType: 'Observation', id: 'o', status: 'final', category: [{ coding: [{ code: 'vital-signs' }] }], code: loinc('29463-7', 'Body Weight'), effectiveDateTime: '2020-05-04T09:00:00Z', ...ofPatient, ...more,
  })

  it('keeps the number as it came, with its unit', () => {
    expect(map(patient(), observation(kg(86.68597333457825))).rows.Observation).toMatchObject([
      { category: 'vital-signs', code: '29463-7', label: 'Body Weight', value: 86.68597333457825, unit: 'kg', valueText: null, observedAt: '2020-05-04T09:00:00.000Z' },
    ])
  })

  it('never draws "less than" as a number', () => {
    expect(map(patient(), observation(kg(5, { comparator: '<' }))).rows.Observation).toMatchObject([{ value: null, unit: null, valueText: '< 5 kg' }])
  })

  it.each([
    [{ valueCodeableConcept: { text: 'Never smoker' } }, { value: null, valueText: 'Never smoker' }],
    [{ valueString: ' No ' }, { valueText: 'No' }],
    [{ valueBoolean: false }, { valueText: 'No' }],
    [{ valueInteger: 3 }, { value: 3, unit: null }],
    [kg(0), { value: 0, unit: 'kg' }],
  ])('reads %j', (more, row) => {
    expect(map(patient(), observation(more)).rows.Observation).toMatchObject([row])
  })

  it('of blood pressure becomes its two measurements, whatever their order', () => {
    const part = (code: string, text: string, value: number): Json => ({ code: loinc(code, text), valueQuantity: { value, code: 'mm[Hg]' } })
    const parts = [part('8462-4', 'Diastolic', 80), part('8480-6', 'Systolic', 120)]
    const report = { resourceType: 'DiagnosticReport', id: 'r', status: 'final', code: loinc('1', 'Panel'), issued: '2020-05-04T09:00:00Z', result: [{ reference: 'Observation/o' }], ...ofPatient }
    const one = map(patient(), observation({ code: loinc('55284-4', 'Blood Pressure'), component: parts }), report)
    const other = map(patient(), observation({ code: loinc('55284-4', 'Blood Pressure'), component: parts.toReversed() }), report)
    expect(one.rows.Observation).toMatchObject([{ code: '8462-4', value: 80, unit: 'mm[Hg]' }, { code: '8480-6', value: 120 }])
    expect(new Set(other.rows.Observation.map((row) => `${row.id} ${row.code}`))).toEqual(new Set(one.rows.Observation.map((row) => `${row.id} ${row.code}`)))
    expect(one.rows.DiagnosticReport[0]?.resultIds).toEqual(one.rows.Observation.map((row) => row.id))
  })

  it.each([
    [{}, 'Observation NO_VALUE'],
    [{ component: [{ code: loinc('1', 'x') }] }, 'Observation NO_VALUE'],
    [{ ...kg(1), status: 'cancelled' }, 'Observation NOT_DONE'],
    [{ ...kg(1), effectiveDateTime: undefined }, 'Observation NO_DATE'],
    [{ valueQuantity: { value: '70' } }, 'Observation INVALID valueQuantity.value'],
    [{ ...kg(1), code: undefined }, 'Observation NO_CODE'],
  ])('%j is skipped', (more, said) => {
    expect(reasons(patient(), observation(more))).toEqual([said])
  })
})

describe('a vaccine, a procedure, a report', () => {
  it.each([
    [{ resourceType: 'Immunization', id: 'i', status: 'completed', vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '140', display: 'Flu' }] }, patient: ofPatient.subject, occurrenceDateTime: '2020-10-01', lotNumber: 'L1', site: { text: 'left arm' } },
      { concept: { system: 'cvx', code: '140', label: 'Flu' }, givenAt: '2020-10-01T12:00:00.000Z', lot: 'L1', site: 'left arm' }],
    [{ resourceType: 'Procedure', id: 'p', status: 'completed', code: snomed('73761001', 'Colonoscopy'), performedPeriod: { start: '2020-01-01T10:00:00Z' }, ...ofPatient },
      { concept: { code: '73761001' }, performedAt: '2020-01-01T10:00:00.000Z', encounterId: null }],
    [{ resourceType: 'DiagnosticReport', id: 'd', status: 'final', code: { text: 'Lipid Panel' }, effectiveDateTime: '2020-01-01T10:00:00Z', issued: '2020-01-02T10:00:00Z', conclusion: 'Fine', ...ofPatient },
      { concept: { label: 'Lipid Panel' }, issuedAt: '2020-01-02T10:00:00.000Z', conclusion: 'Fine', resultIds: [] }],
  ])('%# is taken', (resource, row) => {
    const { rows, skipped } = map(patient(), resource)
    expect(skipped).toEqual([])
    expect([...rows.Immunization, ...rows.Procedure, ...rows.DiagnosticReport]).toMatchObject([row])
  })

  it('that was not done is skipped', () => {
    expect(reasons(patient(), { resourceType: 'Immunization', id: 'i', status: 'not-done', patient: ofPatient.subject }, { resourceType: 'Procedure', id: 'p', status: 'not-done', ...ofPatient })).toEqual(['Immunization NOT_DONE', 'Procedure NOT_DONE'])
  })
})
