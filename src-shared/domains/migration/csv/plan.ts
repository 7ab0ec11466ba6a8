import type { PlainDate } from '../../../kernel/time.ts'
import { evidenceOf, type Evidence, type Person } from './evidence.ts'
import { findPairs } from './match.ts'
import type { PatientDraft } from './model.ts'

/** Somebody in the records, with the numbers that the former system had for them. */
export interface KnownPerson extends Person {
  readonly accounts: readonly string[]
}

export interface RowPlan {
  readonly line: number
  readonly state: 'new' | 'joined' | 'here' | 'stopped'
  /** The first line of all that are one person. */
  readonly groupLine: number
  /** Somebody who is here already. */
  readonly patientId: string | null
}
export interface PairPlan {
  readonly line: number
  readonly otherLine: number | null
  readonly patientId: string | null
  readonly score: number
  readonly agree: readonly string[]
  readonly differ: readonly string[]
}
export interface Plan {
  readonly rows: readonly RowPlan[]
  /** For people to look at: nobody is joined because of them. */
  readonly pairs: readonly PairPlan[]
}

export const personOf = (draft: PatientDraft): Person => ({
  ...draft, key: lineKey(draft.line), phones: [draft.phone, draft.otherPhone].filter((phone) => phone !== null),
})
/** In the order of the file whichever way keys are compared. */
const lineKey = (line: number): string => `line ${String(line).padStart(9, '0')}`
const lineOf = (key: string): number | null => (key.startsWith('line ') ? Number(key.slice(5)) : null)

/** Who in a list of patients is one person, who is here already, and who has to be looked at. */
export function planPatients(drafts: readonly PatientDraft[], known: readonly KnownPerson[], today: PlainDate): Plan {
  const byAccount = new Map(known.flatMap((person) => person.accounts.map((account) => [account, person.key] as const)))
  const here = drafts.filter(({ account }) => account !== null && byAccount.has(account))
  const isHere = new Set(here.map(({ line }) => line))
  const fresh = drafts.filter(({ line }) => !isHere.has(line)).map(personOf)
  const groups = groupsOf(fresh, known, today)
  const found = findPairs(fresh, known, today)
  const left = found.filter((pair) => pair.sureness === 'sure' && !groups.join(pair.a, pair.b))
  const unsure = [...found.filter((pair) => pair.sureness === 'unsure'), ...left].filter(({ a, b }) => !groups.isOne(a, b))
  const rows = drafts.map(({ line, account }): RowPlan => {
    if (isHere.has(line)) return { line, state: 'here', groupLine: line, patientId: byAccount.get(account ?? '') ?? null }
    const { groupLine, patientId } = groups.of(lineKey(line))
    return { line, state: groupLine === line && patientId === null ? 'new' : 'joined', groupLine, patientId }
  })
  return { rows, pairs: unsure.map(({ a, b, evidence }) => pairPlan(lineOf(a) ?? 0, b, evidence)).toSorted((a, b) => b.score - a.score) }
}

export function pairPlan(line: number, b: string, evidence: Evidence): PairPlan {
  const otherLine = lineOf(b)
  const agree = [...evidence.likeness.comparisons.filter(({ verdict }) => verdict === 'equal').map(({ field }) => String(field)), ...evidence.agree.filter((fact) => fact !== 'phone')]
  const differ = [...evidence.likeness.comparisons.filter(({ verdict }) => verdict !== 'equal').map(({ field }) => String(field)), ...evidence.against.filter((fact) => fact !== 'sex')]
  return { line, otherLine, patientId: otherLine === null ? b : null, score: Math.round(evidence.likeness.score), agree, differ }
}

interface Groups {
  /** False where two of them cannot be one person: then nobody is joined. */
  join(a: string, b: string): boolean
  isOne(a: string, b: string): boolean
  of(key: string): { groupLine: number; patientId: string | null }
}

/** Who is joined with whom. A group holds one person of the records at most, and nobody who speaks against another of it. */
function groupsOf(rows: readonly Person[], known: readonly Person[], today: PlainDate): Groups {
  const people = new Map([...known, ...rows].map((person) => [person.key, person]))
  const groupOf = new Map<string, string[]>()
  const members = (key: string): string[] => groupOf.get(key) ?? [key]
  const knownIn = (keys: readonly string[]): string | undefined => keys.find((key) => lineOf(key) === null)
  return {
    join: (a, b) => {
      const [one, other] = [members(a), members(b)]
      if (one.includes(b)) return true
      if (knownIn(one) !== undefined && knownIn(other) !== undefined) return false
      if (one.some((x) => other.some((y) => areTwo(people.get(x), people.get(y), today)))) return false
      const all = [...one, ...other]
      for (const key of all) groupOf.set(key, all)
      return true
    },
    isOne: (a, b) => members(a).includes(b),
    of: (key) => {
      const all = members(key)
      return { groupLine: Math.min(...all.flatMap((one) => lineOf(one) ?? [])), patientId: knownIn(all) ?? null }
    },
  }
}

/** Joined by way of a third they would be one, and something says that they are two. */
function areTwo(a: Person | undefined, b: Person | undefined, today: PlainDate): boolean {
  if (!a || !b) return false
  const { against, birth, agree } = evidenceOf(a, b, today)
  return against.includes('ssn') || (birth === 'differs' && !agree.includes('ssn') && !agree.includes('member-number'))
}
