import type { SaveFormInput } from '#shared/domains/consents/contract.ts'
import type { ConsentForm, ConsentFormFields } from '#shared/domains/consents/model.ts'
import { starterForms } from '#shared/domains/consents/rules.starter.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import { assert } from '#shared/kernel/assert.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import * as repository from './repository.ts'

export const listForms = ({ db }: ReadContext): ConsentForm[] => repository.listForms(db)

/** Each save is a version of its own: what was signed keeps its words. Sent twice, it is one. */
export function saveForm(context: WriteContext, { id, formId, basedOn, fields, asksAgain }: SaveFormInput): ConsentForm {
  const { db } = context
  context.audit({ entityId: formId })
  const known = repository.formById(db, id)
  if (known && known.formId !== formId) throw refuse(CommonError.ID_USED)
  if (known) return known
  const newest = repository.newestForm(db, formId)
  if ((newest?.version ?? null) !== basedOn) throw refuse('FORM_CHANGED', { version: newest?.version ?? 1 })
  if (!newest && repository.listForms(db).length >= limits.consent_forms_max) throw refuse('TOO_MANY_FORMS')
  return insert(context, { id, formId, version: (newest?.version ?? 0) + 1, asksAgain, fields })
}

export function addStarterForms(context: WriteContext): ConsentForm[] {
  if (repository.listForms(context.db).length > 0) throw refuse('FORMS_EXIST')
  return starterForms.map((fields) => insert(context, { id: context.newId(), formId: context.newId(), version: 1, asksAgain: true, fields }))
}

function insert({ db, now, actor }: WriteContext, { id, formId, version, asksAgain, fields }: { id: Id; formId: Id; version: number; asksAgain: boolean; fields: ConsentFormFields }): ConsentForm {
  const typeIds = fields.scope === 'types' ? fields.typeIds : []
  repository.insertForm(db, { ...fields, typeIds, id, formId, version, asksAgain, savedAt: now, savedById: actor.userId })
  const saved = repository.formById(db, id)
  assert(saved, 'a version that was written is there')
  return saved
}
