import type { Json } from './fhir.ts'

/** One line of an export: a patient with a small chart. Made by number, so that a test can count what should be there. */
export function chartLine(n: number, { measurements = 4 } = {}): Json {
  const uuid = (kind: number, part = 0): string => `${String(n).padStart(8, '0')}-0000-4000-8${String(kind).padStart(3, '0')}-${String(part).padStart(12, '0')}`
  const subject = { reference: `urn:uuid:${uuid(1)}` }
  const encounter = { reference: `urn:uuid:${uuid(2)}` }
  const day = `2020-05-${String((n % 27) + 1).padStart(2, '0')}`
  const resources: Json[] = [
    { resourceType: 'Patient', id: uuid(1), name: [{ family: `Stone${n}`, given: ['Ada'] }], birthDate: '1980-02-29', gender: 'female', identifier: [{ system: 'http://old.example/mrn', value: `M${n}` }] },
    { resourceType: 'Encounter', id: uuid(2), status: 'finished', subject, period: { start: `${day}T09:00:00Z`, end: `${day}T09:15:00Z` }, type: [{ text: 'Check-up' }], serviceProvider: { display: 'Old Clinic' } },
    { resourceType: 'Condition', id: uuid(3), subject, encounter, clinicalStatus: { coding: [{ code: 'active' }] }, code: { coding: [{ system: 'http://snomed.info/sct', code: '38341003' }], text: 'Hypertension' }, onsetDateTime: day },
    { resourceType: 'AllergyIntolerance', id: uuid(4), patient: subject, clinicalStatus: { coding: [{ code: 'active' }] }, code: { text: 'Peanut' } },
    { resourceType: 'MedicationRequest', id: uuid(5), subject, status: 'active', medicationCodeableConcept: { text: 'Lisinopril 10 MG' }, authoredOn: day },
    { resourceType: 'Immunization', id: uuid(6), patient: subject, status: 'completed', vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '140' }], text: 'Flu' }, occurrenceDateTime: day },
    { resourceType: 'Procedure', id: uuid(7), subject, encounter, status: 'completed', code: { text: 'Spirometry' }, performedDateTime: day },
    ...Array.from({ length: measurements }, (_, part): Json => ({
      resourceType: 'Observation', id: uuid(8, part), status: 'final', subject, encounter, category: [{ coding: [{ code: 'laboratory' }] }],
      code: { coding: [{ system: 'http://loinc.org', code: '2339-0' }], text: 'Glucose' }, effectiveDateTime: `${day}T09:05:00Z`, valueQuantity: { value: 80 + part, code: 'mg/dL' },
    })),
    { resourceType: 'DiagnosticReport', id: uuid(9), subject, encounter, status: 'final', code: { text: 'Panel' }, issued: `${day}T10:00:00Z`, result: Array.from({ length: measurements }, (_, part) => ({ reference: `urn:uuid:${uuid(8, part)}` })) },
    { resourceType: 'Claim', id: uuid(10), patient: subject },
  ]
  return { resourceType: 'Bundle', type: 'transaction', entry: resources.map((resource) => ({ fullUrl: `urn:uuid:${String(resource['id'])}`, resource })) }
}

/** Rows of a whole chart with four measurements, table by table, apart from the patient. */
export const chartRows = { encounters: 1, problems: 1, allergies: 1, medication_statements: 1, immunizations: 1, procedures: 1, observations: 4, diagnostic_reports: 1 } as const
