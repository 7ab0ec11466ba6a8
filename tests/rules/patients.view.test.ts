import { describe, expect, it } from 'vitest'
import type { Candidate, Patient } from '#shared/domains/patients/model.ts'
import { noContactRules } from '#shared/domains/patients/rules.contact.ts'
import { editFieldsOf, editProblems, editsOf, withTyped } from '#renderer/domains/patients/view.edit.ts'
import { fieldsFrom, fieldsFromSearch, isBlank, problemsOf, proposalsOf, registerInput } from '#renderer/domains/patients/view.ts'
import { changeText, comparisonLines } from '#renderer/domains/patients/words.ts'

const TODAY = '2026-11-17'
const patient: Patient = {
  id: 'p', mrn: 104_218, familyName: 'Lopez', givenName: 'Maria Elena', middleName: null, preferredName: null, suffix: null, sex: 'female', birthDate: '1958-03-12', deceasedOn: null,
  phone: '+15550142216', email: null, addressLine1: null, addressLine2: null, city: 'Springfield', state: null, postalCode: null, country: null, language: null, ...noContactRules, version: 3, createdAt: 'x', updatedAt: 'x',
}

describe('the registration form', () => {
  it.each([
    ['lop', { familyName: 'Lop' }],
    ['lopez, maria', { familyName: 'Lopez', givenName: 'Maria' }],
    ['maria elena lopez', { familyName: 'Lopez', givenName: 'Maria Elena' }],
    ['McDonald', { familyName: 'McDonald' }],
    ['lopez 3/12/58', { familyName: 'Lopez', birthText: '12 Mar 1958' }],
    ['lopez 555 014 2216', { familyName: 'Lopez', phone: '(555) 014-2216' }],
    ['lopez 1958', { familyName: 'Lopez' }],
    ['', {}],
  ])('takes %j over from the search', (text, fields) => {
    expect(fieldsFromSearch(text, TODAY)).toEqual(fields)
  })

  it('names what is missing in the order of the form', () => {
    expect(problemsOf(fieldsFrom({}), TODAY).map((problem) => problem.fieldId)).toEqual(['register-familyName', 'register-givenName', 'register-birth', 'register-sex'])
    expect(problemsOf(fieldsFrom({ familyName: 'a', givenName: 'b', birthText: '12 mar 58', sex: 'male' }), TODAY)).toEqual([])
    expect(['1 jan 1850', '18 nov 2026'].map((birthText) => problemsOf(fieldsFrom({ familyName: 'a', givenName: 'b', birthText, sex: 'male' }), TODAY)[0]?.text)).toEqual(['Nobody is that old. Check the year.', 'This day has not come yet.'])
    expect(isBlank(fieldsFrom({ city: 'Springfield' }))).toBe(true)
  })

  it('sends nothing for what was left empty', () => {
    const ids = { id: 'p', contactId: 'c', coverageId: 'v' }
    const input = registerInput(fieldsFrom({ familyName: ' Lopez ', givenName: 'Maria', birthText: 'x', sex: 'female', payerName: 'Northwall HMO' }), ids, '1958-03-12')
    expect(input).toMatchObject({ familyName: 'Lopez', phone: null, coverage: { id: 'v', payerName: 'Northwall HMO', memberNumber: null } })
    expect(input).not.toHaveProperty('contact')
  })

  it('proposes what was typed to a record that is here, but never half a phone number', () => {
    expect(proposalsOf(fieldsFrom({ familyName: 'Lopes', phone: '(555) 014-22', email: 'm@example.org', city: ' ' }))).toEqual({ email: 'm@example.org' })
    expect(proposalsOf(fieldsFrom({ phone: '(555) 014-2216' }))).toEqual({ phone: '(555) 014-2216' })
  })
})

describe('the edit form', () => {
  it('sends only what is another value', () => {
    const fields = editFieldsOf(patient)
    expect(editsOf(patient, fields, TODAY)).toEqual({})
    expect(editsOf(patient, { ...fields, birthText: '3/12/58', phone: '(555) 014-2216', city: '', givenName: 'Maria' }, TODAY)).toEqual({ city: null, givenName: 'Maria' })
  })

  it('takes proposals over and looks at dates', () => {
    expect(withTyped(editFieldsOf(patient), { phone: '555', query: 'x' })).toMatchObject({ phone: '555', familyName: 'Lopez' })
    expect(editProblems({ ...editFieldsOf(patient), birthText: '31 feb 58', familyName: ' ' }, TODAY).map((one) => one.fieldId)).toEqual(['edit-familyName', 'edit-birth'])
  })
})

describe('words', () => {
  const candidate: Candidate = {
    patient, score: 90, likelihood: 'likely', insurance: 'Northwall HMO', lastSeenOn: null,
    comparisons: [
      { field: 'name', verdict: 'similar', because: 'sounds-alike' }, { field: 'birth-date', verdict: 'equal', because: null }, { field: 'sex', verdict: 'equal', because: null },
      { field: 'phone', verdict: 'similar', because: 'begins' }, { field: 'insurance', verdict: 'equal', because: null },
    ],
  }

  it('give the reasons as the desk says them', () => {
    expect(comparisonLines(candidate, { familyName: 'Lopes', givenName: 'Maria', phone: '(555) 014-22' }).map((line) => `${line.label}: ${line.text}`)).toEqual([
      'Name: Lopez sounds like Lopes', 'Born: 12 Mar 1958', 'Sex: Female', 'Phone: (555) 014-2216, first 8 digits', 'Insurance: Northwall HMO',
    ])
  })

  it.each([
    ['familyName', 'Doe', 'Whitfield', 'Family name: Doe → Whitfield'], ['phone', null, '+15550142216', 'Phone: nothing → (555) 014-2216'],
    ['birthDate', '1958-03-12', '1958-12-03', 'Born: 12 Mar 1958 → 3 Dec 1958'], ['contact', null, 'Ana', 'Contact Ana added'], ['insurance', 'Northwall', null, 'Insurance Northwall ended'],
    ['photo', null, 'taken', 'Photo taken'], ['notDuplicateOf', 'twin-or-relative', 'x', 'Looks like another patient: twin or other relative'],
  ])('tell the change of %s', (field, fromValue, toValue, text) => {
    expect(changeText({ id: 'c', version: 2, changedAt: 'x', changedBy: 'y', field, fromValue, toValue })).toBe(text)
  })
})
