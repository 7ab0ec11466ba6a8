import type { Appointment } from '#shared/domains/scheduling/model.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import * as repository from './repository.ts'
import { find } from './service.ts'

/**
 * Somebody at a form hears that the link was changed under their hands. What comes from another machine is not lost: the
 * later word stands, and its author is told that there was another one.
 */
export function setTelehealth(context: WriteContext, { id, url, was }: { id: string; url: string | null; was: string | null }): Appointment {
  const before = find(context, id)
  if (before.telehealthUrl === url) return before
  if (before.telehealthUrl !== was) {
    if (!context.isCarried) throw refuse('LINK_CHANGED')
    context.notice({ code: 'LINK_CHANGED', data: { id } })
  }
  repository.setTelehealthUrl(context.db, id, url)
  return { ...before, telehealthUrl: url }
}

export function joinVideo(context: ReadContext, id: string): { url: string } {
  const found = repository.appointmentById(context.db, context.scope, id)
  if (!found) throw refuse(CommonError.NOT_FOUND)
  context.audit({ patientId: found.patientId, entityId: id })
  if (found.telehealthUrl === null) throw refuse('NO_VIDEO_LINK')
  return { url: found.telehealthUrl }
}
