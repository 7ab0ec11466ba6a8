import type { WriteDb } from '#main/core/db/types.ts'
import type { HostCore, HostParts } from '#main/core/sync/host.ts'
import type { MemberCore, MemberParts } from '#main/core/sync/member.ts'

/** A mistake that somebody could make in the engine, put in from outside: the invariants must find it. */
export interface Bug {
  host?: (parts: HostParts) => HostCore
  member?: (parts: MemberParts) => MemberCore
  /** What a statement answers instead. */
  asked?: (sql: string, answer: unknown) => unknown
  /** Done to each database before the schedule begins. */
  disk?: (db: WriteDb) => void
}
