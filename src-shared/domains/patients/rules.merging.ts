import type { MergeObstacle, UnmergeObstacle } from './model.merge.ts'
import type { Patient } from './model.ts'
import { editableFields, sameValue, type EditableField, type Edits, type FieldChange } from './rules.ts'

/** Below this a pair is a coincidence of a household or a birthday, and on no list. */
export const REVIEW_SCORE = 55

type Fields = Readonly<Record<string, string | null>>

/** What the survivor lacks and the other knows: nothing that stands is replaced unless somebody says so. */
export const missingFields = (survivor: Fields, absorbed: Fields): EditableField[] =>
  editableFields.filter((field) => (survivor[field] ?? '') === '' && (absorbed[field] ?? '') !== '')

export const differingFields = (a: Fields, b: Fields): EditableField[] => editableFields.filter((field) => !sameValue(a[field], b[field]))

interface Side { registeredAt: string; lastSeenOn: string | null; held: readonly { count: number }[] }

/** The chart that people work with goes on: the one seen last, then the fuller one, then the older one. */
export function survivorOf(a: Side, b: Side): 'a' | 'b' {
  const [seenA, seenB] = [a.lastSeenOn ?? '', b.lastSeenOn ?? '']
  if (seenA !== seenB) return seenA > seenB ? 'a' : 'b'
  const sum = ({ held }: Side): number => held.reduce((total, one) => total + one.count, 0)
  if (sum(a) !== sum(b)) return sum(a) > sum(b) ? 'a' : 'b'
  return a.registeredAt <= b.registeredAt ? 'a' : 'b'
}

export interface MergeFacts {
  isSame: boolean
  isMergedAlready: boolean
  isBlocked: boolean
  isSaidApart: boolean
  /** A restriction is for one chart: which of the two it would be is not a merge's to say. */
  isRestricted: boolean
  /** Each of the two is somebody's own account. */
  hasTwoAccounts: boolean
}

export function whyNotMerge(facts: MergeFacts): MergeObstacle | null {
  const order: [boolean, MergeObstacle][] = [
    [facts.isMergedAlready, 'merged-already'], [facts.isSame, 'same-chart'], [facts.isBlocked, 'blocked'], [facts.isSaidApart, 'said-apart'],
    [facts.isRestricted, 'restricted'], [facts.hasTwoAccounts, 'two-accounts'],
  ]
  return order.find(([is]) => is)?.[1] ?? null
}

export function whyNotUnmerge(facts: { isUndone: boolean; isMergedAway: boolean; isNewest: boolean }): UnmergeObstacle | null {
  if (facts.isUndone) return 'undone'
  if (facts.isMergedAway) return 'merged-away'
  return facts.isNewest ? null : 'later-first'
}

/** The survivor with what was chosen of the other; a gap is never taken. */
export function withChosen(survivor: Patient, absorbed: Patient, take: readonly EditableField[]): Patient {
  const chosen = take.filter((field) => !sameValue(absorbed[field], null))
  return { ...survivor, ...Object.fromEntries(chosen.map((field) => [field, absorbed[field]])) }
}

/** A field that the merge set goes back; one that somebody has changed since stays as they said. */
export function fieldsToRestore(now: Patient, changes: readonly FieldChange[]): Edits {
  const back = changes.filter(({ field, toValue }) => sameValue(now[field as EditableField], toValue)) // Written by a merge, which knows these fields only.
  return Object.fromEntries(back.map(({ field, fromValue }) => [field, fromValue])) as Edits // As above.
}

/** Flat: everybody who is in `root` by now, straight or through another, by the live merges of each survivor. */
export function allWithin(root: string, absorbedBy: (survivorId: string) => readonly string[]): string[] {
  return absorbedBy(root).flatMap((id) => [id, ...allWithin(id, absorbedBy)])
}
