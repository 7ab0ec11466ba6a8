import type { RegistrationForm } from '#shared/domains/patients/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import type { ActionContext, ReadContext } from '#main/core/rpc/context.ts'
import * as repository from './repository.forms.ts'

// Forms that are being filled in. Each belongs to the person who types it; nobody else is shown it.

export const unfinishedForms = ({ db, actor }: ReadContext): RegistrationForm[] => repository.formsOf(db, actor.userId)

export function keepForm(context: ActionContext, form: Pick<RegistrationForm, 'id' | 'fields'>): null {
  context.transact('registration-form.kept', ({ db, actor, now }) => repository.writeForm(db, actor.userId, { ...form, savedAt: now }))
  return null
}

export function dropForm(context: ActionContext, id: Id): null {
  context.transact('registration-form.dropped', ({ db, actor }) => repository.deleteForm(db, actor.userId, id))
  return null
}
