import { describe, expect, it } from 'vitest'
import type { ConsentForm, PatientConsent } from '#shared/domains/consents/model.ts'
import type { Contact, Coverage, Patient } from '#shared/domains/patients/model.ts'
import { identityEdits, identityProblems, typedOf } from '#renderer/domains/scheduling/check-in-draft.ts'
import { checkInOf, type CheckInFacts } from '#renderer/domains/scheduling/view.check-in.ts'
import { followUpChoices } from '#renderer/domains/billing/view.follow-up.ts'

const today = '2026-11-17'
const patient: Patient = {
  id: 'p', mrn: 102664, familyName: 'Price', givenName: 'Helen', middleName: null, preferredName: null, suffix: null, sex: 'female', birthDate: '1965-05-14', deceasedOn: null, phone: '+15550138812', email: 'h@example.org',
  addressLine1: '18 Mill Race Lane', addressLine2: null, city: 'Alder Creek', state: 'OR', postalCode: '97331', country: 'US', language: null, interpreter: null, preferredChannel: null, bestTimes: null, messages: null, workCalls: null, contactBan: null, confidentialAddress: null, inactiveReason: null, version: 1, createdAt: '', updatedAt: '',
}
const contact: Contact = { id: 'c', patientId: 'p', name: 'Martin Price', relationship: 'spouse', phone: null, isEmergency: true, isGuardian: false }
const coverage: Coverage = {
  id: 'v', patientId: 'p', payerName: 'Meridian Health', planName: 'PPO', memberNumber: 'MH 5520', groupNumber: null, relationship: 'self', subscriberName: null, rank: 1, validFrom: null, validTo: null,
  copayCents: 2_500, verifiedOn: '2026-11-10', verifiedBy: 'Rosa Delgado',
}
const form: ConsentForm = { id: 'f1', formId: 'f', version: 1, name: 'Consent to treatment', text: 'I agree', validity: 'yearly', scope: 'all', typeIds: [], isReviewed: true, isActive: true, validFromVersion: 1, savedAt: '', savedBy: '' }
const signed: PatientConsent = {
  id: 's', patientId: 'p', formId: 'f', formVersionId: 'f1', formName: form.name, formVersion: 1, decision: 'signed', how: 'drawn', signerName: 'Helen Price', relation: null, reason: null, documentId: null, appointmentId: null,
  withdrawsId: null, decidedAt: '2026-03-04T15:00:00.000Z', witness: 'Rosa Delgado', hash: '',
}
const payment = (more: object = {}) => ({
  id: 'm', receiptNumber: 'R-1', patientId: 'p', kind: 'payment' as const, method: 'card' as const, amountCents: 2_500, reference: null, takenAt: '2026-11-17T15:00:00.000Z', refundOf: null, takenByName: '', appliedCents: 0, refundableCents: 0, prints: 0, ...more,
})
const account = (payments: ReturnType<typeof payment>[] = [], dueCents = 0): CheckInFacts['account'] => ({
  patient: { id: 'p', mrn: 1, familyName: '', givenName: '', sex: 'female', birthDate: '1965-05-14', phone: null, addressLines: [], responsible: { name: '', isPatient: true } },
  balanceCents: 0, dueCents, creditCents: 0, unbilledCents: 0, invoices: [], payments, statement: [], next: null,
})
const facts = (more: Partial<CheckInFacts> = {}): CheckInFacts => ({
  visit: { id: 'a', typeId: null, telehealthUrl: null }, file: { patient, contacts: [contact], coverages: [coverage], photoTakenAt: '2026-01-01T00:00:00.000Z' }, check: { at: '2026-11-17T15:11:00.000Z', by: 'Rosa Delgado' },
  forms: [form], consents: [signed], account: account(), today, zone: 'America/New_York', currency: 'USD', ...more,
})
const file = (more: Partial<CheckInFacts['file']>) => ({ file: { ...facts().file, ...more } })
const ready = (more: Partial<CheckInFacts> = {}) => checkInOf(facts(more)).stones.map((stone) => stone.isReady)
const noteOf = (key: string, more: Partial<CheckInFacts> = {}) => checkInOf(facts(more)).stones.find((stone) => stone.key === key)?.note

describe('the stones of a check-in', () => {
  it('are green where nothing is to be done; the copay is due', () => {
    const { stones, copayDueCents, missing } = checkInOf(facts())
    expect(stones.map((stone) => [stone.name, stone.isReady, stone.note])).toEqual([
      ['Identity', true, 'Confirmed 10:11 am'], ['Insurance', true, 'Last checked 10 Nov'], ['Consent', true, 'Valid to 3 Mar 2027'], ['Copay', false, '$25.00 due'],
    ])
    expect([copayDueCents, missing]).toEqual([2_500, []])
  })

  it('identity is of today', () => {
    expect(ready({ check: { at: '2026-11-16T15:00:00.000Z', by: '' } })[0]).toBe(false)
    expect(noteOf('identity', { check: { at: '2026-11-16T15:00:00.000Z', by: '' } })).toBe('Last confirmed 16 Nov')
    expect(noteOf('identity', { check: null })).toBe('Read it back to the patient')
  })

  it.each([
    ['2026-10-18', true], ['2026-10-17', false], [null, false],
  ])('an insurance asked on %s is fresh: %s', (verifiedOn, is) => expect(ready(file({ coverages: [{ ...coverage, verifiedOn }] }))[1]).toBe(is))

  it('both insurances are asked, the one that has ended is not, and none is amber', () => {
    const second = { ...coverage, id: 'w', rank: 2, payerName: 'Eastgate', verifiedOn: null, copayCents: 0 }
    expect(checkInOf(facts(file({ coverages: [second, coverage] }))).unverified.map((one) => one.id)).toEqual(['w'])
    expect(checkInOf(facts(file({ coverages: [second, coverage] }))).stones[1]?.lines).toEqual(['Primary: Meridian Health PPO · member MH 5520 · copay $25.00', 'Secondary: Eastgate PPO · member MH 5520 · copay $0.00 · not checked'])
    expect(checkInOf(facts(file({ coverages: [second, coverage] }))).copayDueCents).toBe(2_500)
    expect(noteOf('insurance', file({ coverages: [{ ...coverage, validTo: '2026-11-16' }] }))).toBe('Meridian Health has ended')
    expect(noteOf('insurance', file({ coverages: [] }))).toBe('None on file: the patient pays')
    expect(ready(file({ coverages: [] }))).toEqual([true, false, true, true])
  })

  it('consent counts the forms of this visit alone', () => {
    const video = { ...form, id: 'g1', formId: 'g', name: 'Visits by video', scope: 'telehealth' as const }
    expect(ready({ forms: [form, video] })[2]).toBe(true)
    const there = { forms: [form, video], visit: { id: 'a', typeId: null, telehealthUrl: 'https://video.example.org/1' } }
    expect(noteOf('consent', there)).toBe('1 of 2 to sign')
    expect(checkInOf(facts(there)).toSign.map(({ form: { name } }) => name)).toEqual(['Visits by video'])
    expect(noteOf('consent', { forms: [] })).toBe('The clinic asks for none')
    expect(noteOf('consent', { forms: [{ ...form, validity: 'once' }] })).toBe('All signed')
  })

  it.each([
    [[payment()], 0], [[payment({ amountCents: 1_000 })], 1_500], [[payment(), payment({ kind: 'refund' })], 2_500], [[payment({ takenAt: '2026-11-17T03:00:00.000Z' })], 2_500],
  ])('what was taken today is not asked again (%#)', (payments, due) => expect(checkInOf(facts({ account: account(payments) })).copayDueCents).toBe(due))

  it('older money is said apart, and who sees no money is told who takes it', () => {
    expect(checkInOf(facts({ account: account([], 4_000) })).olderDueCents).toBe(4_000)
    expect(checkInOf(facts({ account: undefined })).stones[3]?.lines).toEqual(['Taken at the front desk.'])
    expect(noteOf('copay', file({ coverages: [{ ...coverage, copayCents: 0 }] }))).toBe('No copay')
    expect(noteOf('copay', file({ coverages: [{ ...coverage, copayCents: null }] }))).toBe('None on file')
  })

  it('says in words what else is not known, and that a minor has nobody', () => {
    const bare = { ...patient, phone: null, email: null, addressLine1: null }
    expect(checkInOf(facts(file({ patient: bare, contacts: [], photoTakenAt: null }))).missing).toEqual(['No phone', 'No address', 'No e-mail', 'No photo', 'No contact person'])
    const child = { ...patient, birthDate: '2019-02-03' }
    expect(checkInOf(facts(file({ patient: child }))).missing).toEqual(['No guardian for a minor'])
    expect(checkInOf(facts(file({ patient: child, contacts: [{ ...contact, relationship: 'parent' }] }))).missing).toEqual([])
  })
})

describe('details corrected in place', () => {
  it('sends only what is another value, with what stood there', () => {
    const typed = { ...typedOf(patient), city: 'Salem ', email: '', birthText: '15 May 1965' }
    expect(identityEdits(patient, typedOf(patient), today)).toEqual({ was: {}, changes: {} })
    expect(identityEdits(patient, typed, today)).toEqual({ was: { city: 'Alder Creek', email: 'h@example.org', birthDate: '1965-05-14' }, changes: { city: 'Salem', email: null, birthDate: '1965-05-15' } })
  })

  it('says at the field what cannot be', () => {
    expect(identityProblems(typedOf(patient), today)).toEqual({})
    expect(Object.keys(identityProblems({ ...typedOf(patient), familyName: ' ', givenName: '', birthText: 'soon' }, today))).toEqual(['familyName', 'givenName', 'birthText'])
  })
})

it('the next visit is proposed as it was asked for, never before tomorrow, then in the usual spans', () => {
  expect(followUpChoices(undefined, today).map((one) => [one.label, one.from])).toEqual([['1 week', '2026-11-24'], ['2 weeks', '2026-12-01'], ['4 weeks', '2026-12-15'], ['3 months', '2027-02-16']])
  expect(followUpChoices({ id: 'r', dueOn: '2026-12-12', reason: 'Blood pressure' }, today)[0]).toEqual({ id: 'r', label: 'As asked: 12 Dec, Blood pressure', from: '2026-12-12' })
  expect(followUpChoices({ id: 'r', dueOn: '2026-11-01', reason: null }, today)[0]).toEqual({ id: 'r', label: 'As asked: 1 Nov', from: '2026-11-18' })
})
