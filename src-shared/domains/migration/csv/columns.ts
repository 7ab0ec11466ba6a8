import { csvFields, type CsvField, type CsvKind, type Mapping } from './model.ts'
import { isNothing, readAmount, readDate, readPhoneCell, readSex, readTime } from './values.ts'

/** What former systems call a column, as folded words without blanks. */
const headers: Readonly<Record<string, readonly CsvField[]>> = {
  account: ['account'], acct: ['account'], accountnumber: ['account'], acctno: ['account'], chart: ['account'], chartnumber: ['account'], mrn: ['account'], patientid: ['account'], id: ['account'], patno: ['account'],
  lastname: ['family-name'], last: ['family-name'], surname: ['family-name'], familyname: ['family-name'], lname: ['family-name'], apellido: ['family-name'],
  firstname: ['given-name'], first: ['given-name'], givenname: ['given-name'], fname: ['given-name'], forename: ['given-name'],
  mi: ['middle-name'], middle: ['middle-name'], middlename: ['middle-name'], middleinitial: ['middle-name'], suffix: ['suffix'],
  name: ['full-name'], patient: ['full-name'], patientname: ['full-name'], fullname: ['full-name'], client: ['full-name'],
  dob: ['birth-date'], birthdate: ['birth-date'], dateofbirth: ['birth-date'], birthday: ['birth-date'], born: ['birth-date'],
  sex: ['sex'], gender: ['sex'], ssn: ['ssn'], socialsecurity: ['ssn'], ss: ['ssn'],
  address: ['address'], address1: ['address'], street: ['address'], addr: ['address'], city: ['city'], town: ['city'], state: ['state'], st: ['state'], zip: ['postal-code'], zipcode: ['postal-code'], postalcode: ['postal-code'],
  phone: ['phone'], telephone: ['phone'], homephone: ['phone'], tel: ['phone'], cell: ['other-phone', 'phone'], mobile: ['other-phone', 'phone'], phone1: ['phone'], phone2: ['other-phone'], workphone: ['other-phone'],
  email: ['email'], mail: ['email'], emailaddress: ['email'], insurance: ['payer'], payer: ['payer'], insurer: ['payer'], plan: ['payer'], carrier: ['payer'],
  memberid: ['member-number'], membernumber: ['member-number'], policy: ['member-number'], policynumber: ['member-number'], subscriberid: ['member-number'],
  notes: ['notes', 'comment'], note: ['notes', 'comment'], comment: ['comment', 'notes'], comments: ['comment', 'notes'], remarks: ['comment', 'notes'], reason: ['comment'],
  date: ['date'], apptdate: ['date'], appointmentdate: ['date'], visitdate: ['date'], dos: ['date'], servicedate: ['date'], postdate: ['date'], time: ['time'], starttime: ['time'], start: ['time'],
  len: ['minutes'], length: ['minutes'], duration: ['minutes'], minutes: ['minutes'], min: ['minutes'], provider: ['provider'], doctor: ['provider'], dr: ['provider'], physician: ['provider'], resource: ['provider'],
  type: ['type', 'entry-type'], visittype: ['type'], appttype: ['type'], status: ['status'], apptstatus: ['status'], transactiontype: ['entry-type'], trantype: ['entry-type'], entrytype: ['entry-type'],
  invoice: ['invoice'], invoicenumber: ['invoice'], claim: ['invoice'], reference: ['invoice'], code: ['code'], codemethod: ['code'], cpt: ['code'], procedure: ['code'], method: ['code'], description: ['code'],
  charge: ['charge'], charges: ['charge'], debit: ['charge'], credit: ['credit'], payment: ['credit'], payments: ['credit'], amount: ['amount'], amt: ['amount'], balance: ['balance'], runningbalance: ['balance'],
}

const wordOf = (header: string): string => header.normalize('NFKD').toLowerCase().replace(/#|\bno\b\.?|\bnum(ber)?\b/g, '').replace(/[^a-z0-9]/g, '')

/** What the words over a column say it is, for one kind of file. */
function fromHeader(kind: CsvKind, header: string): CsvField | undefined {
  const word = wordOf(header)
  const fields: readonly string[] = csvFields[kind]
  return Object.hasOwn(headers, word) ? headers[word]?.find((field) => fields.includes(field)) : undefined
}

/** A look at what stands in a column, where its header says nothing; only what cannot well be something else. */
function fromContent(kind: CsvKind, cells: readonly string[], taken: ReadonlySet<CsvField>): CsvField | undefined {
  const filled = cells.filter((cell) => !isNothing(cell))
  if (filled.length < 3) return undefined
  const share = (test: (cell: string) => boolean): number => filled.filter(test).length / filled.length
  const asDate = (cell: string): boolean => /\D/.test(cell.trim()) && readDate(cell, { today: '2100-01-01', order: 'mdy', years: 'past' }) !== undefined
  const tests: readonly (readonly [CsvField, (cell: string) => boolean])[] = [
    ['ssn', (cell) => /^\d{3}-\d{2}-\d{4}$/.test(cell.trim())], ['email', (cell) => /^\S+@\S+\.\S+$/.test(cell.trim())], ['phone', (cell) => /[-().\s]/.test(cell) && readPhoneCell(cell, '') !== undefined],
    [kind === 'patients' ? 'birth-date' : 'date', asDate], ['time', (cell) => /[:ap]/i.test(cell) && readTime(cell) !== undefined], ['sex', (cell) => cell.trim().length <= 6 && readSex(cell) !== undefined && readSex(cell) !== 'unknown'],
    ['amount', (cell) => /\.\d{2}\b/.test(cell) && readAmount(cell) !== undefined], ['full-name', (cell) => /^\p{L}[\p{L}' -]+, ?\p{L}+/u.test(cell.trim())],
  ]
  const fields: readonly string[] = csvFields[kind]
  return tests.find(([field, test]) => fields.includes(field) && !taken.has(field) && share(test) >= 0.8)?.[0]
}

/** A meaning for each column, from its header, else from what stands in it; each meaning is given once. */
export function proposeMapping(kind: CsvKind, header: readonly string[], sample: readonly (readonly string[])[]): Mapping {
  const taken = new Set<CsvField>()
  const claim = (field: CsvField | undefined): CsvField | null => {
    if (field === undefined || taken.has(field)) return null
    taken.add(field)
    return field
  }
  const named = header.map((text) => claim(fromHeader(kind, text)))
  return named.map((field, at) => field ?? claim(fromContent(kind, sample.map((cells) => cells[at] ?? ''), taken)))
}

/** Which kind of file it is: the one whose columns its headers name most of. */
export function proposeKind(header: readonly string[]): CsvKind {
  const named = (kind: CsvKind): number => header.filter((text) => fromHeader(kind, text) !== undefined).length + (kind === 'ledger' && header.some((text) => ['charge', 'credit', 'amount'].includes(fromHeader(kind, text) ?? '')) ? 3 : 0)
    + (kind === 'appointments' && header.some((text) => fromHeader(kind, text) === 'time') ? 3 : 0)
  const kinds = Object.keys(csvFields) as CsvKind[] // Its own keys.
  return kinds.toSorted((a, b) => named(b) - named(a))[0] ?? 'patients'
}

/** The columns without which nothing of a file can be taken; each is one or another. */
const needed: Readonly<Record<CsvKind, readonly (readonly CsvField[])[]>> = {
  patients: [['family-name', 'full-name'], ['birth-date']],
  appointments: [['date'], ['time'], ['full-name', 'family-name', 'account'], ['provider']],
  ledger: [['date'], ['account'], ['entry-type'], ['charge', 'credit', 'amount']],
}
export const missingFields = (kind: CsvKind, mapping: Mapping): readonly (readonly CsvField[])[] => needed[kind].filter((one) => !one.some((field) => mapping.includes(field)))

/** Two columns may not mean the same. */
export const repeatedFields = (mapping: Mapping): CsvField[] => [...new Set(mapping.filter((field, at) => field !== null && mapping.indexOf(field) !== at))].filter((field) => field !== null)
