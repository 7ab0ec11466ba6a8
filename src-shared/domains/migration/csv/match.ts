import type { Agreement, Evidence, Person } from './evidence.ts'
import { addressKey, evidenceOf, phoneKey } from './evidence.ts'
import type { PlainDate } from '../../../kernel/time.ts'
import { fold } from '../../../kernel/fold.ts'
import { familySound, givenSound } from '../../patients/rules.sounds.ts'

/** Two that are one person beyond doubt, two that a person has to look at, and two that are two. */
export type Sureness = 'sure' | 'unsure' | 'apart'

/**
 * What may be joined without a person. A name and a birth date are never enough: two people share both oftener than one
 * thinks. Living together and sharing a phone are never enough either: so do twins, and father and son of one name. Each
 * rule needs a fact that belongs to one person alone, or name, birth date and something of the surroundings together.
 */
export function surenessOf(evidence: Evidence): Sureness {
  const { birth, against, likeness } = evidence
  const has = (fact: Agreement): boolean => evidence.agree.includes(fact)
  const own = (['ssn', 'member-number', 'email'] as const).filter(has).length
  if (against.includes('ssn')) return isWorthALook(evidence) ? 'unsure' : 'apart'
  const isOneSuffix = !against.includes('suffix') || birth === 'equal' || (has('ssn') && birth !== 'differs')
  if (!against.includes('sex') && isOneSuffix && isSure(evidence, own)) return 'sure'
  return isWorthALook(evidence) || (has('ssn') && likeness.score > 0) ? 'unsure' : 'apart'
}

function isSure(evidence: Evidence, own: number): boolean {
  const { name, birth, against } = evidence
  const isFull = name === 'equal' || name === 'like' || name === 'swapped'
  if (evidence.agree.includes('ssn')) return isSureByNumber(evidence, isFull)
  if (against.includes('middle-name')) return birth === 'equal' && isFull && own >= 2
  if (birth === 'equal') return isSureOnOneDay(evidence, isFull, own)
  if (birth === 'slip') return isSureBesideTheDay(evidence, isFull, own)
  if (birth === 'same-year') return isFull && evidence.isGivenFirm && (own >= 1 || (evidence.agree.includes('phone') && evidence.agree.includes('address')))
  // A generation apart or without a date: only what a father and a son do not share.
  const hasMember = evidence.agree.includes('member-number')
  const hasOwn = hasMember || (evidence.agree.includes('email') && (evidence.agree.includes('address') || evidence.agree.includes('phone')))
  return (birth === 'decade' && isFull && hasMember && evidence.agree.length > 1) || (birth === 'missing' && isFull && hasOwn)
}

/** The number of one person, where nothing says that it was typed at the wrong one. */
function isSureByNumber({ name, birth, agree }: Evidence, isFull: boolean): boolean {
  if (birth === 'equal') return agree.includes('member-number') || agree.includes('email') || (name !== 'differs' && name !== 'given-differs')
  return isFull || ((birth === 'slip' || birth === 'missing') && name === 'family-differs')
}

function isSureOnOneDay({ name, isGivenFirm, isGrown, agree, against }: Evidence, isFull: boolean, own: number): boolean {
  // Two members of one name and day: one mailbox is not enough, it is made of the name.
  if (against.includes('member-number') && agree.length < 2) return false
  if (isFull) return isGivenFirm ? agree.length >= 1 : own >= 1
  // Twins are both "Baby Girl" on one day; a grown woman who still is has been registered before she had a name.
  if (name === 'newborn') return isGrown && own >= 1 && (agree.includes('phone') || agree.includes('address'))
  if (name !== 'family-differs') return false
  return own >= (isGivenFirm ? 1 : 2) || (isGivenFirm && agree.includes('phone') && agree.includes('address'))
}

function isSureBesideTheDay({ name, isGivenFirm, agree }: Evidence, isFull: boolean, own: number): boolean {
  if (isFull) return own >= 1 || (isGivenFirm && (agree.includes('phone') || agree.includes('address')))
  return name === 'family-differs' && isGivenFirm && agree.includes('member-number') && agree.length >= 2
}

/** What somebody at the desk would want to see side by side. */
function isWorthALook({ name, birth, agree, likeness }: Evidence): boolean {
  if (likeness.likelihood === 'likely') return true
  const isFull = name === 'equal' || name === 'like' || name === 'swapped'
  if (isFull && (birth !== 'differs' || agree.includes('member-number') || agree.includes('ssn'))) return agree.length > 0 || birth === 'equal' || birth === 'slip'
  return name !== 'differs' && birth !== 'differs' && (agree.includes('member-number') || agree.includes('ssn') || agree.includes('email'))
}

export interface Pair {
  readonly a: string
  readonly b: string
  readonly sureness: Exclude<Sureness, 'apart'>
  readonly evidence: Evidence
}

/** Every pair of two rows, or of a row and somebody known, that may be one. Two that are both known are not this import's business. */
export function findPairs(rows: readonly Person[], known: readonly Person[], today: PlainDate): Pair[] {
  const blocks = new Map<string, Person[]>()
  for (const person of [...known, ...rows]) for (const key of blockKeys(person)) add(blocks, key, person)
  const isKnown = new Set(known.map(({ key }) => key))
  const pairs: Pair[] = []
  for (const row of rows) {
    for (const other of candidatesOf(row, blocks)) {
      if (!isKnown.has(other.key) && other.key <= row.key) continue
      const evidence = evidenceOf(row, other, today)
      const sureness = surenessOf(evidence)
      if (sureness !== 'apart') pairs.push({ a: row.key, b: other.key, sureness, evidence })
    }
  }
  return pairs
}

/** A block with more in it than this tells nothing: half a town at one number is a filler. */
const BLOCK_MAX = 60

function candidatesOf(row: Person, blocks: ReadonlyMap<string, readonly Person[]>): Person[] {
  const found = new Map<string, Person>()
  for (const key of blockKeys(row)) {
    const block = blocks.get(key) ?? []
    if (block.length <= BLOCK_MAX) for (const other of block) if (other.key !== row.key) found.set(other.key, other)
  }
  return [...found.values()]
}

function add(blocks: Map<string, Person[]>, key: string, person: Person): void {
  const block = blocks.get(key)
  if (block) block.push(person)
  else blocks.set(key, [person])
}

/** Where somebody can be found again although something about them is written otherwise. */
function blockKeys(person: Person): string[] {
  const { birthDate, ssn, memberNumber, email, address } = person
  const keys = nameKeys(person)
  if (birthDate !== null) keys.push(`b ${birthDate}`)
  if (ssn !== null) keys.push(`s ${ssn}`)
  if (memberNumber !== null) keys.push(`m ${fold(memberNumber)}`)
  if (email !== null) keys.push(`e ${fold(email)}`)
  if (address !== null) keys.push(`a ${addressKey(address)}`)
  for (const phone of person.phones) if (phoneKey(phone).length === 7) keys.push(`p ${phoneKey(phone)}`)
  return [...new Set(keys)]
}

/** By sound, and with the two names the wrong way round. */
export const nameKeys = ({ familyName, givenName }: Person): string[] => [`n ${familySound(familyName)} ${givenSound(givenName)}`, `n ${familySound(givenName)} ${givenSound(familyName)}`]
