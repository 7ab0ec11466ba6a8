import { fold, foldedWords } from '../../../kernel/fold.ts'
import { daysBetween, splitDate, type PlainDate } from '../../../kernel/time.ts'
import type { Sex } from '../../patients/model.ts'
import { likenessOf, type Likeness } from '../../patients/rules.duplicates.ts'
import { compareNames } from '../../patients/rules.names.ts'
import { digitsOfPhone } from '../../patients/rules.phone.ts'
import { isNewbornName } from './names.ts'

/** Somebody as a file or the records know them; what tells people apart that a likeness alone does not. */
export interface Person {
  readonly key: string
  readonly familyName: string
  readonly givenName: string
  readonly middleName: string | null
  readonly suffix: string | null
  readonly formerNames: readonly string[]
  readonly birthDate: PlainDate | null
  readonly sex: Sex
  readonly phones: readonly string[]
  readonly email: string | null
  readonly address: string | null
  readonly postalCode: string | null
  readonly payer: string | null
  readonly memberNumber: string | null
  readonly ssn: string | null
}

/** `area` is the postal code, where the payers do not speak against it. */
export type Agreement = 'ssn' | 'member-number' | 'email' | 'phone' | 'address' | 'area'
export interface Evidence {
  readonly likeness: Likeness
  readonly name: 'equal' | 'like' | 'swapped' | 'newborn' | 'family-differs' | 'given-differs' | 'differs'
  /** The given names are the same, or one is the other's short form or a slip of two fingers: no two names. */
  readonly isGivenFirm: boolean
  readonly birth: 'equal' | 'slip' | 'same-year' | 'decade' | 'differs' | 'missing'
  readonly agree: readonly Agreement[]
  /** Born longer ago than family plans reach: numbers and addresses are no longer the parents'. */
  readonly isGrown: boolean
  /** Facts that one person cannot have both of. */
  readonly against: readonly ('ssn' | 'sex' | 'suffix' | 'middle-name' | 'member-number')[]
}

export function evidenceOf(a: Person, b: Person, today: PlainDate): Evidence {
  const { likeness, ...names } = likelier(compared(a, b), compared(b, a))
  return { likeness, ...names, birth: birthEvidence(a.birthDate, b.birthDate, likeness), isGrown: isGrown(a, today) && isGrown(b, today), agree: agreements(a, b), against: contradictions(a, b) }
}

type Compared = Pick<Evidence, 'likeness' | 'name' | 'isGivenFirm'>
const compared = (wanted: Person, known: Person): Compared => ({ likeness: likenessOf(identityOf(wanted), identityOf(known)), ...nameEvidence(wanted, known) })
/** A form compares what is half typed with what is known; of two rows of a file either may be the shorter one. */
const likelier = (one: Compared, other: Compared): Compared => (other.likeness.score > one.likeness.score ? other : one)

const FAMILY_PLAN_YEARS = 26
const isGrown = ({ birthDate }: Person, today: PlainDate): boolean => birthDate !== null && splitDate(today)[0] - splitDate(birthDate)[0] > FAMILY_PLAN_YEARS

const identityOf = ({ phones, ...person }: Person) => ({ ...person, phone: phones[0] ?? null })

function nameEvidence(a: Person, b: Person): Pick<Evidence, 'name' | 'isGivenFirm'> {
  const { family, given, isSwapped } = compareNames(a, b)
  const isSameFamily = family !== 'different' || isFormer(a, b) || isFormer(b, a)
  if (isNewbornName(a.givenName) || isNewbornName(b.givenName)) return { name: 'newborn', isGivenFirm: false }
  if (isSwapped || isLooselySwapped(a, b)) return { name: 'swapped', isGivenFirm: true }
  const isGivenFirm = ['equal', 'nickname', 'part-of'].includes(given) || isSlipOfOneName(a.givenName, b.givenName)
  if (family === 'equal' && given === 'equal') return { name: 'equal', isGivenFirm }
  const isSameGiven = given !== 'different' && given !== 'begins'
  if (isSameFamily && isSameGiven) return { name: 'like', isGivenFirm }
  return { name: isSameGiven ? 'family-differs' : isSameFamily ? 'given-differs' : 'differs', isGivenFirm }
}

/** Letters the wrong way round, or one struck twice: "Agnel", "Robyyn". Another letter would be another name (Maria, Marie). */
function isSlipOfOneName(a: string, b: string): boolean {
  const [one, other] = [a, b].map((name) => foldedWords(name).join(''))
  if (one === undefined || other === undefined || Math.min(one.length, other.length) < 5) return false
  const single = (name: string): string => name.replace(/(.)\1/g, '$1')
  return single(one) === single(other) || [...one].some((letter, at) => at > 0 && one.slice(0, at - 1) + letter + (one[at - 1] ?? '') + one.slice(at + 1) === other)
}

/** The file itself says so, in one of the two rows. */
const isFormer = (a: Person, b: Person): boolean => a.formerNames.some((name) => compareNames({ familyName: name, givenName: '' }, { familyName: b.familyName, givenName: '' }).family !== 'different')

/** The wrong way round and with a slip in one of the words, or under the family name of before. */
function isLooselySwapped(a: Person, b: Person): boolean {
  const straight = compareNames(a, b)
  if (straight.family !== 'different' && straight.given !== 'different') return false
  const [ofA, ofB] = [a, b].map(({ familyName, formerNames }) => [familyName, ...formerNames])
  return (ofA ?? []).some((familyA) => (ofB ?? []).some((familyB) => {
    const { family, given } = compareNames({ familyName: familyA, givenName: a.givenName }, { familyName: b.givenName, givenName: familyB })
    return family !== 'different' && family !== 'begins' && given !== 'different' && given !== 'begins'
  }))
}

const days = (a: PlainDate, b: PlainDate): number => Math.abs(daysBetween(a, b))

function birthEvidence(a: PlainDate | null, b: PlainDate | null, likeness: Likeness): Evidence['birth'] {
  if (a === null || b === null) return 'missing'
  if (a === b) return 'equal'
  const years = Math.abs(splitDate(a)[0] - splitDate(b)[0])
  // A generation and a century: a father's date beside a son's, and a year of two digits. Both look like a slip.
  if (days(a, b) > 3_600) return Math.abs(days(a, b) - 3_652) <= 1 || years === 100 || likeness.comparisons.some((one) => one.field === 'birth-date' && one.verdict === 'similar') ? 'decade' : 'differs'
  return likeness.comparisons.some((one) => one.field === 'birth-date' && one.verdict === 'similar') ? 'slip' : years === 0 ? 'same-year' : 'differs'
}

function agreements(a: Person, b: Person): Agreement[] {
  const same = (one: string | null, other: string | null): boolean => one !== null && other !== null && one !== '' && fold(one) === fold(other)
  const found: Agreement[] = []
  if (same(a.ssn, b.ssn)) found.push('ssn')
  if (same(a.memberNumber, b.memberNumber)) found.push('member-number')
  if (same(a.email, b.email)) found.push('email')
  if (a.phones.some((one) => b.phones.some((other) => isSamePhone(one, other)))) found.push('phone')
  if (a.address !== null && b.address !== null && addressKey(a.address) === addressKey(b.address)) found.push('address')
  if (same(a.postalCode?.slice(0, 5) ?? null, b.postalCode?.slice(0, 5) ?? null) && (a.payer === null || b.payer === null || same(a.payer, b.payer))) found.push('area')
  return found
}

/** Numbers are kept with and without their area: the last seven digits are what both have. */
export const phoneKey = (phone: string): string => (digitsOfPhone(phone.split(/ x| ext/)[0] ?? '') ?? '').slice(-7)
const isSamePhone = (a: string, b: string): boolean => phoneKey(a).length === 7 && phoneKey(a) === phoneKey(b)

const streets: Readonly<Record<string, string>> = { street: 'st', avenue: 'ave', road: 'rd', drive: 'dr', lane: 'ln', court: 'ct', boulevard: 'blvd', place: 'pl', square: 'sq', circle: 'cir', north: 'n', south: 's', east: 'e', west: 'w' }
/** Number and street; what comes behind a comma is a flat. */
export const addressKey = (address: string): string => foldedWords(address.split(',')[0] ?? '').map((word) => (Object.hasOwn(streets, word) ? (streets[word] ?? word) : word)).join(' ')

function contradictions(a: Person, b: Person): Evidence['against'][number][] {
  const found: Evidence['against'][number][] = []
  const initial = (name: string | null): string => foldedWords(name ?? '')[0]?.[0] ?? ''
  const suffix = (name: string | null): string => foldedWords(name ?? '').join('')
  if (a.ssn !== null && b.ssn !== null && a.ssn !== b.ssn) found.push('ssn')
  if (a.memberNumber !== null && b.memberNumber !== null && fold(a.memberNumber) !== fold(b.memberNumber)) found.push('member-number')
  if (a.sex !== b.sex && a.sex !== 'unknown' && b.sex !== 'unknown') found.push('sex')
  if (suffix(a.suffix) !== suffix(b.suffix)) found.push('suffix')
  if (initial(a.middleName) !== '' && initial(b.middleName) !== '' && initial(a.middleName) !== initial(b.middleName)) found.push('middle-name')
  return found
}
