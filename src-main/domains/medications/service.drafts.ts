import type { PrepareInput } from '#shared/domains/medications/contract.ts'
import type { Favourite, PrescriptionDraft } from '#shared/domains/medications/model.ts'
import { assert } from '#shared/kernel/assert.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import { openChart } from '#main/core/access/opened.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import * as repository from './repository.drafts.ts'
import { openForPrescribing, refuseInvalid } from './service.ts'

/** Ready for a signature. Warnings are judged by whoever signs. */
export function prepare(context: WriteContext, { id, order, ...place }: PrepareInput): PrescriptionDraft {
  context.audit({ entityId: id })
  const chart = openForPrescribing(context, place)
  const known = repository.draftById(context.db, chart, id)
  if (!known && repository.patientOfDraft(context.db, id) !== undefined) throw refuse(CommonError.ID_USED)
  refuseInvalid(id, order)
  if (!known) repository.insertDraft(context.db, { id, ...place, preparedAt: context.now, preparedBy: context.actor.userId }, order)
  const draft = repository.draftById(context.db, chart, id)
  assert(draft, 'what was just made ready is there')
  const { isSettled: _isSettled, ...prepared } = draft
  return prepared
}

/** Taken away twice, or signed meanwhile, it is gone: nothing more was wanted. */
export function dropDraft(context: WriteContext, id: Id): null {
  context.audit({ entityId: id })
  const chart = openChart(context, repository.patientOfDraft(context.db, id), { toWrite: true })
  const draft = repository.draftById(context.db, chart, id)
  assert(draft, 'the draft is of the patient whom it names')
  if (!draft.isSettled) repository.settleDraft(context.db, id, context.now, context.actor.userId)
  return null
}

export const listDrafts = (context: ReadContext, patientId: Id): PrescriptionDraft[] => repository.openDrafts(context.db, openChart(context, patientId))
export const listFavourites = ({ db, actor }: ReadContext): Favourite[] => repository.favouritesOf(db, actor.userId)

export function saveFavourite(context: WriteContext, { id, order }: Favourite): Favourite {
  const { db, actor } = context
  context.audit({ entityId: id })
  const known = repository.favouriteById(db, id)
  if (known && known.userId !== actor.userId) throw refuse(CommonError.ID_USED)
  refuseInvalid(id, order)
  // What it is for belongs to the patient of the moment.
  const favourite: Favourite = { id, order: { ...order, indication: null } }
  if (known) return favourite
  if (repository.favouritesOf(db, actor.userId).length >= limits.page_rows) throw refuse('FAVOURITES_FULL')
  repository.insertFavourite(db, favourite, actor.userId, context.now)
  return favourite
}

/** Anybody else's is not there. */
export function removeFavourite(context: WriteContext, id: Id): null {
  context.audit({ entityId: id })
  const known = repository.favouriteById(context.db, id)
  if (!known || known.userId !== context.actor.userId) throw refuse(CommonError.NOT_FOUND)
  if (!known.isRemoved) repository.removeFavourite(context.db, id, context.now)
  return null
}
