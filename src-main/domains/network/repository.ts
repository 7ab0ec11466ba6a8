import * as z from 'zod'
import { Id } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { attentionKinds } from '#shared/domains/network/model.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb } from '#main/core/db/types.ts'

export interface AttentionRow { id: Id; kind: (typeof attentionKinds)[number]; name: string; input: string; actorId: Id; doneAt: Instant; code: string; data: string; refusedAt: Instant; deviceId: Id | null; byName: string | null; deviceName: string | null }

/** Exported so that a test asks the plan of each. */
export const reads = prepared((db: ReadDb) => ({
  attention: db.$client.prepare(`select a.id, a.kind, a.name, a.input, a.actor_id as actorId, a.done_at as doneAt, a.code, a.data, a.refused_at as refusedAt, a.device_id as deviceId,
      s.given_name || ' ' || s.family_name as byName, m.name as deviceName
    from sync_attention a left join user_accounts u on u.id = a.actor_id left join staff_members s on s.id = u.staff_id left join members m on m.id = a.device_id
    where a.settled_at is null order by a.refused_at desc limit ?`),
  patient: db.$client.prepare('select patient_id from appointments where id = @id union all select patient_id from encounters where id = @id limit 1').pluck(),
}))

const Named = z.object({ patientId: Id.optional(), encounterId: Id.optional(), id: Id.optional() })

/** The patient a command's input names, directly or through an appointment or a visit. */
export function patientIn(db: ReadDb, input: unknown): Id | undefined {
  const named = Named.safeParse(input).data
  if (named?.patientId !== undefined) return named.patientId
  const id = named?.encounterId ?? named?.id
  return id === undefined ? undefined : (reads(db).patient.get({ id }) as Id | undefined) // One column.
}

export const openAttention = (db: ReadDb, limit: number): AttentionRow[] => reads(db).attention.all(limit) as AttentionRow[] // The columns of the select.
