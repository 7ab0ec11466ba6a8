import type { Device, DeviceSession } from '#shared/domains/devices/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import type { ActionContext, ReadContext, Session, WriteContext } from '#main/core/rpc/context.ts'
import { readSync } from '#main/core/sync/context.ts'
import { renameMember } from '#main/core/sync/host-store.ts'
import { end } from '#main/domains/session/service.ts'
import * as repository from './repository.ts'

export const listDevices = ({ db, machine }: ReadContext): Device[] => repository.listDevices(db).map((row) => ({ ...row, isThis: row.id === machine().deviceId }))

/** Undefined before anybody has called here for the first time. */
export const thisDevice = (db: ReadContext['db'], deviceId: Id) => repository.deviceById(db, deviceId)

export function renameDevice(context: WriteContext, { id, name }: { id: Id; name: string }): { id: Id; name: string } {
  context.audit({ entityId: id })
  // A machine of the network stands on the host's list, which only the host changes; this one on its own; the host on both.
  const isMember = readSync(context.db).role === 'host' && renameMember(context.db, id, name)
  const before = repository.deviceById(context.db, id)
  if (before) repository.renameDevice(context.db, id, name)
  else if (!isMember) throw refuse(CommonError.NOT_FOUND)
  return { id, name }
}

export function listSessions({ db, actor, machine }: ReadContext, { userId, limit }: { userId: Id | null; limit: number }): DeviceSession[] {
  const { live } = machine()
  const rows = repository.latestSessions(db, userId, limit)
  const older = [...live.keys()].filter((id) => !rows.some((row) => row.id === id))
  const all = [...rows, ...repository.sessionsById(db, older).filter((row) => userId === null || row.userId === userId)]
  const views = all.map(({ givenName, familyName, ...row }): DeviceSession => {
    const now = live.get(row.id)
    return {
      ...row, personName: `${givenName} ${familyName}`, isLive: now !== undefined, isLocked: now?.isLocked ?? false, proof: now?.proof ?? null,
      lastSeenAt: now?.lastSeenAt ?? null, isOwn: row.id === actor.sessionId,
    }
  })
  return [...views.filter((one) => one.isLive), ...views.filter((one) => !one.isLive)].slice(0, limit)
}

export async function endSession(context: ActionContext, id: Id): Promise<{ ended: number }> {
  const ended = endAll(context, ({ sessionId }) => sessionId === id)
  if (ended === 0) throw refuse('SESSION_OVER')
  return { ended }
}

/** Everybody's but the caller's own session, or all of one person's, those that wait behind a shared desk included. */
export async function endSessions(context: ActionContext, userId: Id | null): Promise<{ ended: number }> {
  return { ended: endAll(context, (session) => session.sessionId !== context.actor?.sessionId && (userId === null || session.userId === userId)) }
}

/** Who ended it stands in the log beside whose session it was. */
function endAll({ core, transact }: ActionContext, isMeant: (session: Session) => boolean): number {
  const meant = [...core.doors.values()].flatMap((door) => [...(door.session ? [door.session] : []), ...door.waiting.values()].filter(isMeant).map((session) => ({ door, session })))
  for (const { door, session } of meant) {
    transact('session.ended-by-administrator', ({ audit }) => audit({ entityId: session.sessionId }), { topics: [] })
    end(core, door, session)
  }
  return meant.length
}
