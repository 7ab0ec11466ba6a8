import type { DuplicateCursor } from '#shared/domains/patients/contract.merge.ts'
import type { DuplicatePair } from '#shared/domains/patients/model.merge.ts'
import type { DuplicateReason, PatientRow } from '#shared/domains/patients/model.ts'
import { likenessOf } from '#shared/domains/patients/rules.duplicates.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import type { KnownPerson } from './repository.finding.ts'
import { insertDecision } from './repository.merge.ts'
import * as repository from './repository.pairs.ts'
import { NOT_DUPLICATE, openToWrite, recordChanges } from './service.ts'

/** Who may be one person, likeliest first. The reasons are worked out anew, so that they are those of the rows as they stand. */
export function duplicates(context: ReadContext, { after, limit }: { after: DuplicateCursor | null; limit: number }): { pairs: DuplicatePair[]; next: DuplicateCursor | null } {
  const found = repository.pairsAfter(context.db, context.scope, after, limit)
  const last = found.at(-1)
  context.audit({ itemIds: found.flatMap(({ a, b }) => [a.id, b.id]) })
  return {
    pairs: found.map(({ a, b, score }) => {
      const { likelihood, comparisons } = likenessOf(a, b)
      return { a: rowOf(a), b: rowOf(b), score, likelihood: likelihood === 'likely' ? 'likely' : 'possible', comparisons }
    }),
    next: last && found.length === limit ? { score: last.score, aId: last.a.id, bId: last.b.id } : null,
  }
}

export const countDuplicates = ({ db, scope }: ReadContext): number => repository.pairsAfter(db, scope, null, limits.page_rows).length

const rowOf = ({ middleName: _middle, suffix: _suffix, ...row }: KnownPerson): PatientRow => row

/** Said once, on both sides; nobody is asked about the two again. */
export function keepApart(context: WriteContext, { aId, bId, reason }: { aId: Id; bId: Id; reason: DuplicateReason }): null {
  const [a, b] = [openToWrite(context, aId).patient, openToWrite(context, bId).patient]
  if (a.id === b.id) return null // Made one meanwhile, by somebody who looked.
  insertDecision(context.db, a.id, b.id, { reason, decidedAt: context.now, decidedBy: context.actor.userId })
  recordChanges(context, a.id, a.version, [{ field: NOT_DUPLICATE, fromValue: reason, toValue: b.id }])
  recordChanges(context, b.id, b.version, [{ field: NOT_DUPLICATE, fromValue: reason, toValue: a.id }])
  return null
}
