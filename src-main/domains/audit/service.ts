import type { AuditListInput, AuditPage } from '#shared/domains/audit/contract.ts'
import type { ReadContext } from '#main/core/rpc/context.ts'
import * as repository from './repository.ts'

export function listEvents(context: ReadContext, input: AuditListInput): AuditPage {
  context.audit(input.patientId ? { patientId: input.patientId } : {})
  const events = repository.listEvents(context.db, input)
  const last = events[events.length - 1]
  return { events, next: events.length === input.limit && last ? last.seq : null }
}

export const listActions = ({ db }: ReadContext): string[] => repository.listActions(db)
