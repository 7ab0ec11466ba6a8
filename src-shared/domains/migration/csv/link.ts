import type { PlainDate } from '../../../kernel/time.ts'
import { evidenceOf, phoneKey, type Evidence, type Person } from './evidence.ts'
import type { AppointmentDraft } from './model.ts'
import { nameKeys } from './match.ts'
import type { KnownPerson } from './plan.ts'

export interface Link {
  readonly line: number
  /** Whose it is beyond doubt; null when nobody, or more than one, comes into question. */
  readonly patientId: string | null
  /** Who comes into question, the likeliest first. */
  readonly candidates: readonly { readonly patientId: string; readonly evidence: Evidence }[]
}

/** A finder of the patient that a row names, by number, else by name, birth date and phone. Made once for a file. */
export function linkerOf(known: readonly KnownPerson[], today: PlainDate): (draft: AppointmentDraft) => Link {
  const byAccount = new Map(known.flatMap((person) => person.accounts.map((account) => [account, person.key] as const)))
  const blocks = new Map<string, KnownPerson[]>()
  for (const person of known) for (const key of keysOf(person)) blocks.set(key, [...(blocks.get(key) ?? []), person])
  return (draft) => {
    const numbered = draft.account === null ? undefined : byAccount.get(draft.account)
    if (numbered !== undefined) return { line: draft.line, patientId: numbered, candidates: [] }
    const wanted = wantedOf(draft)
    const near = new Map(keysOf(wanted).flatMap((key) => blocks.get(key) ?? []).map((person) => [person.key, person]))
    const ranked = [...near.values()].map((person) => ({ patientId: person.key, evidence: evidenceOf(wanted, person, today) }))
      .map((one) => ({ ...one, strength: strengthOf(one.evidence) })).filter(({ strength }) => strength > 0).toSorted((a, b) => b.strength - a.strength)
    const [first, second] = ranked
    const isSure = first !== undefined && (first.strength >= SURE ? second === undefined || stands(first, second) : second === undefined && isOnlyOne(first.evidence))
    return { line: draft.line, patientId: isSure ? first.patientId : null, candidates: ranked.slice(0, 3).map(({ patientId, evidence }) => ({ patientId, evidence })) }
  }
}

const wantedOf = (draft: AppointmentDraft): Person => ({
  ...draft, key: '', formerNames: [], sex: 'unknown', phones: draft.phone === null ? [] : [draft.phone], email: null, address: null, postalCode: null, payer: null, memberNumber: null, ssn: null,
})

function keysOf(person: Person): string[] {
  const phones = person.phones.map((phone) => phoneKey(phone)).filter((key) => key.length === 7).map((key) => `p ${key}`)
  return [...nameKeys(person), ...(person.birthDate === null ? [] : [`b ${person.birthDate}`]), ...phones]
}

/** A namesake born on a day like it may be the one who is meant, and only misspelt: then the phone has to say so. */
function stands(first: { strength: number; evidence: Evidence }, second: { strength: number; evidence: Evidence }): boolean {
  if (second.strength < NAMESAKE) return true
  const hasPhone = (evidence: Evidence): boolean => evidence.agree.includes('phone')
  return first.evidence.birth === 'equal' && hasPhone(first.evidence) && !hasPhone(second.evidence)
}
/** The whole name, and a birth date that is equal or a slip away. */
const NAMESAKE = 2

/** Without a birth date: the very name, and nobody here is called anything like it. */
const isOnlyOne = ({ name, birth, against }: Evidence): boolean => birth === 'missing' && name === 'equal' && against.length === 0

/** From here on it is beyond doubt, as long as nobody else comes as near. */
const SURE = 3

/** The birth date with the name, or either with the phone and no contradiction; a name alone is somebody's namesake. */
function strengthOf({ name, isGivenFirm, birth, agree, against }: Evidence): number {
  const isFull = name === 'equal' || name === 'like' || name === 'swapped'
  const hasPhone = agree.includes('phone')
  const exact = (name === 'equal' ? 0.3 : 0) + (isGivenFirm ? 0.2 : 0) + (hasPhone ? 0.4 : 0) - (against.includes('suffix') ? 0.25 : 0) - (against.includes('middle-name') ? 0.2 : 0)
  if (against.includes('middle-name') && !hasPhone) return isFull && birth !== 'differs' ? 2 : 0
  if (birth === 'equal') return isFull ? 4 + exact : hasPhone && name !== 'differs' && isGivenFirm ? 3 + exact : name === 'differs' ? 0 : 1 + exact
  if (birth === 'slip') return isFull && hasPhone ? 3 + exact : isFull ? 2 + exact : 0
  // Without a birth date father and son of one name at one phone are both in question, whichever suffix was left out.
  if (birth === 'missing') return isFull && isGivenFirm && hasPhone ? (against.includes('suffix') ? NAMESAKE : 3) + exact : isFull ? 1 + exact : 0
  return 0
}
