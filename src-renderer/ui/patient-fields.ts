/** What a patient’s fields are called, in the history and where two machines changed the same one. */
export const patientFieldWords: Readonly<Record<string, string>> = {
  familyName: 'Family name', givenName: 'Given names', middleName: 'Middle name', preferredName: 'Called', suffix: 'Suffix', sex: 'Sex', birthDate: 'Born',
  deceasedOn: 'Died', phone: 'Phone', email: 'E-mail', addressLine1: 'Street', addressLine2: 'Street, second line', city: 'City', state: 'State', postalCode: 'ZIP code',
  country: 'Country', language: 'Language', interpreter: 'Interpreter', preferredChannel: 'Prefers', bestTimes: 'Best times', messages: 'Messages', workCalls: 'At work', contactBan: 'Contact',
  confidentialAddress: 'Confidential address', inactiveReason: 'Inactive', relative: 'Relative', guarantor: 'Responsible party', contact: 'Contact', insurance: 'Insurance', photo: 'Photo', notDuplicateOf: 'Another person', mergedFrom: 'Merged chart', mergedInto: 'Merged into', mergeBlock: 'Do not merge',
  'contact.name': 'Contact, name', 'contact.relationship': 'Contact, who it is', 'contact.phone': 'Contact, phone', 'contact.isEmergency': 'Contact, in an emergency',
  'contact.isGuardian': 'Contact, guardian', 'insurance.payerName': 'Insurance', 'insurance.planName': 'Insurance, plan', 'insurance.memberNumber': 'Insurance, member number',
  'insurance.groupNumber': 'Insurance, group number', 'insurance.relationship': 'Insurance, held by', 'insurance.subscriberName': 'Insurance, holder',
  'insurance.copayCents': 'Insurance, copay in cents', 'insurance.verifiedOn': 'Insurance, checked',
  'insurance.rank': 'Insurance, order', 'insurance.validFrom': 'Insurance, from', 'insurance.validTo': 'Insurance, until',
}
