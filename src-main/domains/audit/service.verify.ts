import type { VerifyEvent } from '#shared/domains/audit/contract.ts'
import { findingKinds, type Finding, type LogState, type Verification } from '#shared/domains/audit/model.ts'
import { keptUntil } from '#shared/domains/audit/rules.ts'
import { fingerprintOf, lastAnchor } from '#main/core/audit/anchors.ts'
import { runVerify } from '#main/core/audit/run-verify.ts'
import type { Checked } from '#main/core/audit/verify.ts'
import type { Core } from '#main/core/core.ts'
import { writeAudit } from '#main/core/rpc/audit-writer.ts'
import type { ActionContext, Door, StreamContext } from '#main/core/rpc/context.ts'
import * as repository from './repository.ts'

/** The name of the event; `repository.lastVerified` looks for it. */
const VERIFIED = 'audit.verified'

export async function logState({ core, read }: ActionContext): Promise<LogState> {
  return read(({ db }) => {
    const [oldest, last, anchor, full] = [repository.eventFrom(db, 1), repository.lastEvent(db), lastAnchor(db), repository.lastVerified(db)]
    return {
      events: last?.seq ?? 0,
      oldestAt: oldest?.at ?? null,
      keptUntil: oldest ? keptUntil(oldest.at) : null,
      tail: core.audit.tail ?? null,
      full: full ? { at: full.at, span: 'all', rows: full.itemCount ?? 0, finding: findingIn(full), byName: full.actorName } : null,
      anchor: anchor ? { seq: anchor.seq, at: anchor.at, fingerprint: fingerprintOf(anchor) } : null,
    }
  })
}

/** What was found is kept as an event, so that a finding cannot be looked away. */
function findingIn({ reason, entityId }: { reason: string | null; entityId: string | null }): Finding | null {
  const kind = findingKinds.find((one) => one === reason)
  return kind ? { kind, seq: Number(entityId) } : null
}

export async function* verify({ core, door, signal }: StreamContext): AsyncGenerator<VerifyEvent> {
  const walk = verifyLog(core, door)
  for (;;) {
    const step = await walk.next()
    if (step.done) {
      yield { kind: 'done', verification: step.value }
      return
    }
    if (signal.aborted) {
      await walk.return(undefined as never) // Ends the worker; nobody reads what it would have found.
      return
    }
    yield { kind: 'progress', ...step.value }
  }
}

/** Looks through all of it, and writes down who did and what was found. */
export async function* verifyLog(core: Core, door: Door): AsyncGenerator<{ done: number; total: number }, Verification> {
  core.audit.flush()
  const checked = yield* runVerify(core.vault)
  const at = core.platform.now()
  writeAudit(core.vault.writer, {
    at, action: VERIFIED, outcome: 'done', actorId: door.session?.userId ?? null, sessionId: door.session?.sessionId ?? null, door: door.kind, commandId: null,
    patientId: null, entityId: checked.finding ? String(checked.finding.seq) : null, code: null, roles: door.session?.roles,
    reason: checked.finding?.kind, itemCount: checked.rows,
  })
  // It has been told and written down; from here on the file is whole again.
  if (checked.finding?.kind === 'anchor-file') core.audit.mendFile()
  core.audit.anchor()
  core.changes.publish({ topics: ['audit'] })
  return verificationOf(checked, at)
}

const verificationOf = ({ rows, finding }: Checked, at: string): Verification => ({ at, span: 'all', rows, finding })
