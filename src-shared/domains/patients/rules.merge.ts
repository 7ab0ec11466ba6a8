import type { Patient } from './model.ts'
import { sameValue, type EditableField, type Edits } from './rules.ts'

/**
 * What tells one person from another, and that somebody has died. Two who change the same of these do not agree on who
 * this is: the second one looks first. Of everything else the later word stands, and the earlier one is in the history.
 */
const guardedFields: readonly EditableField[] = ['familyName', 'givenName', 'middleName', 'suffix', 'sex', 'birthDate', 'deceasedOn']

export interface Merge {
  edits: Edits
  /** Changed by somebody else meanwhile, and left as they stand. */
  notSaved: EditableField[]
  /** Changed by somebody else meanwhile, and replaced. */
  replaced: EditableField[]
}

/** Field by field: `was` is what stood in the form when it was opened, `wanted` what stands in it now, of the fields that were changed in it. */
export function mergeEdits(stands: Patient, was: Edits, wanted: Edits): Merge {
  const merge: Merge = { edits: {}, notSaved: [], replaced: [] }
  const changed = (Object.keys(wanted) as EditableField[]).filter((field) => !sameValue(stands[field], wanted[field])) // The keys of the type.
  for (const field of changed) {
    const isAsSeen = Object.hasOwn(was, field) && sameValue(stands[field], was[field])
    if (!isAsSeen && guardedFields.includes(field)) merge.notSaved.push(field)
    else {
      Object.assign(merge.edits, { [field]: wanted[field] })
      if (!isAsSeen) merge.replaced.push(field)
    }
  }
  return merge
}

/** A row of which a form sends every field: those that were not changed in the form stay as they stand. */
export function mergeRow<T extends object>(stands: T, was: Partial<T> | undefined, wanted: Partial<T>): T {
  const kept = was ? (Object.keys(wanted) as (keyof T)[]).filter((field) => sameValue(was[field], wanted[field])) : [] // The keys of the type.
  return { ...stands, ...wanted, ...Object.fromEntries(kept.map((field) => [field, stands[field]])) }
}
