import { createHash } from 'node:crypto'
import { mapBundle } from '#shared/domains/migration/fhir/bundle.ts'

// The resources here and in the tests are written by hand for them; nobody in them exists.

export const context = { source: 'old-clinic', sha256: (text: string) => createHash('sha256').update(text).digest('hex') }
export const P = '00000000-0000-4000-8000-00000000000a'
export const E = '00000000-0000-4000-8000-00000000000e'

export type Json = Record<string, unknown>
export const patient = (more: Json = {}): Json => ({ resourceType: 'Patient', id: P, name: [{ family: 'Abbott774', given: ['Rosa', 'Ines'] }], birthDate: '1980-02-29', gender: 'female', ...more })
export const ofPatient = { subject: { reference: `urn:uuid:${P}` } }
export const snomed = (code: string, text: string): Json => ({ coding: [{ system: 'http://snomed.info/sct', code, display: text }], text })
export const visit = (more: Json = {}): Json => ({ resourceType: 'Encounter', id: E, status: 'finished', ...ofPatient, period: { start: '2020-05-04T09:00:00-04:00', end: '2020-05-04T09:15:00-04:00' }, ...more })
export const bundle = (...resources: Json[]): Json => ({ resourceType: 'Bundle', type: 'transaction', entry: resources.map((resource) => ({ fullUrl: `urn:uuid:${String(resource['id'])}`, resource })) })
export const map = (...resources: Json[]) => mapBundle(bundle(...resources), context)
export const reasons = (...resources: Json[]) => map(...resources).skipped.map(({ resourceType, reason, path }) => [resourceType, reason, path].filter(Boolean).join(' '))
