import { doorGuards } from './guards.doors.ts'
import { rowGuards } from './guards.rows.ts'

/**
 * Every line that keeps somebody out or something from being written, with what stands there once the guard is gone. The
 * mutation test takes each out of a copy of the sources and expects the named tests to fail (F16). A guard that moves or
 * changes its words must be changed here too: `mutation.test.ts` says so. Row rules of a new domain add their lines.
 */
export interface Guard {
  file: string
  /** Exactly as it stands in the file, once. */
  source: string
  without: string
  /** The smallest test file that must notice, and the part of it that is enough. */
  test: string
  only?: string
}

const matrix = 'tests/access/matrix.test.ts'
const proof = 'tests/access/proof.test.ts'
const windows = 'tests/transport/window-limits.test.ts'
const pipeline = 'src-main/core/rpc/pipeline.ts'
const run = 'src-main/core/rpc/run.ts'
const port = 'src-main/core/rpc/transport-port.ts'
const notes = 'src-main/domains/encounters/service.notes.ts'

export const guards: readonly Guard[] = [
  { file: pipeline, source: `  if (!door.session) throw refuse(CommonError.SIGNED_OUT)\n`, without: '', test: matrix, only: '^codes' },
  { file: pipeline, source: `  if (door.session.isLocked) throw refuse(CommonError.LOCKED)\n`, without: '', test: matrix, only: '^codes' },
  { file: pipeline, source: `  if (procedure.can !== 'signed-in' && !can(door.session, procedure.can)) throw refuse(CommonError.FORBIDDEN)\n`, without: '', test: matrix, only: '^codes' },
  { file: pipeline, source: `  if (!isFresh(core, door.session, procedure.fresh)) throw refuse(CommonError.REAUTH)\n`, without: '', test: proof },
  { file: pipeline, source: `  if (session.proof !== 'full') return false\n`, without: '', test: proof },
  { file: pipeline, source: `  return fresh === 'full' || minutesBetween(session.provedAt, core.platform.now()) <= limits.fresh_proof_minutes\n`, without: '  return true\n', test: proof },
  { file: pipeline, source: `  if (core.vault.state !== 'open') throw refuse(CommonError.CLOSED)\n`, without: '', test: 'tests/access/renderer.test.ts', only: 'closed' },
  { file: pipeline, source: `      if (!procedure) throw turnAway(`, without: `      if (!procedure) return null\n      if (!procedure) throw turnAway(`, test: 'tests/access/renderer.test.ts', only: 'does not exist' },
  { file: pipeline, source: `  throw refuse(CommonError.INVALID_INPUT, { issues })`, without: `  return input`, test: 'tests/access/renderer.test.ts', only: 'claims to be' },
  { file: pipeline, source: `logRefused(core, name, procedure, door, subject, refusal)\n  return refusal`, without: `void [name, subject]\n  return refusal`, test: matrix, only: '^codes' },
  { file: 'src-shared/rpc/define.ts', source: `!Object.hasOwn(node, name)) return undefined`, without: `false) return undefined`, test: 'tests/rules/find-procedure.test.ts' },
  { file: 'src-shared/access/permissions.ts', source: `  return who.roles.some((role) => allowed.includes(role))`, without: `  return who.roles.some((role) => allowed.includes(role)) || permission === 'fee.write'`, test: matrix, only: '^billing' },
  { file: 'src-shared/access/permissions.ts', source: `return who.isPrivacyOfficer === true`, without: `return true`, test: matrix, only: '^audit' },
  { file: run, source: `    log(audit, actor, subject, commandId)\n    core.node.end(`, without: `    void [audit, log]\n    core.node.end(`, test: matrix, only: '^billing' },
  { file: run, source: `  const output = db.$client.transaction(() => {`, without: `  const output = ((body: () => T) => ({ immediate: body }))(() => {`, test: 'tests/commands/billing.test.ts' },
  { file: run, source: `    else core.audit.write(event)\n`, without: `    else void event\n`, test: matrix, only: '^audit' },
  { file: port, source: `  if (!budget.take()) {`, without: `  if (!budget.take() && id < 0) {`, test: windows },
  { file: port, source: `open >= limits.window_calls_open ?`, without: `open < 0 ?`, test: windows },
  { file: port, source: `fitsInMessage(request) ?`, without: `fitsInMessage(null) ?`, test: windows },
  { file: 'src-main/core/sync/host.ts', source: `author === 'proved' ?`, without: `author !== undefined ?`, test: 'tests/commands/sync.conflicts.rights.test.ts' },
  { file: 'src-main/core/sync/host.ts', source: `if (wasAuthor && isClinical`, without: `if (isClinical`, test: 'tests/commands/sync.conflicts.rights.test.ts' },
  { file: 'src-main/domains/encounters/service.sealed.ts', source: `  if (context.isCarried || readSync(context.db).role === 'member') throw refuse(CommonError.AT_HOST)\n`, without: '', test: 'tests/commands/sync.conflicts.notes.test.ts' },
  { file: notes, source: `  if (!mayAmend(note, context.actor.userId)) throw refuse('NOT_THE_AUTHOR')\n`, without: '', test: matrix, only: '^encounters' },
  { file: notes, source: `    throwIf(refusal, stands)\n`, without: '', test: matrix, only: '^encounters' },
  { file: notes, source: `  if (refusal !== 'NOTE_IS_SIGNED' || !context.isCarried) throwIf(refusal, note)\n`, without: '', test: matrix, only: '^encounters' },
  { file: 'src-main/domains/clinic/service.staff.ts', source: `  if (actor?.userId === userId) throw refuse('OWN_ACCOUNT')\n`, without: '', test: matrix, only: '^clinic' },
  { file: 'src-main/domains/session/repository.ts', source: `eq(sessions.tokenHash, sql.placeholder('tokenHash')), isNull(sessions.endedAt)`, without: `eq(sessions.tokenHash, sql.placeholder('tokenHash')), eq(sessions.id, sessions.id)`, test: matrix, only: '^codes' },
  { file: 'src-main/domains/patients/service.finding.ts', source: `  if (!can(actor, 'patient.details')) return`, without: `  if (ids.length < 0) return`, test: matrix, only: '^patients' },
  { file: 'src-main/domains/patients/repository.forms.ts', source: `where(eq(registrationForms.userId, sql.placeholder('userId')))`, without: `where(eq(registrationForms.userId, registrationForms.userId))`, test: matrix, only: '^patients' },
  { file: 'src-main/domains/patients/repository.forms.ts', source: `, setWhere: eq(registrationForms.userId, userId) }`, without: ` }`, test: 'tests/access/renderer.test.ts', only: 'other rows' },
  { file: 'src-main/domains/patients/repository.forms.ts', source: `and(eq(registrationForms.id, id), eq(registrationForms.userId, userId))`, without: `and(eq(registrationForms.id, id), eq(registrationForms.id, id))`, test: 'tests/access/renderer.test.ts', only: 'other rows' },
  { file: 'src-main/core/rpc/transport-socket.ts', source: `req.headers.origin === undefined`, without: `req.headers.origin !== 'none'`, test: 'tests/transport/contract.test.ts', only: 'web page' },
  ...doorGuards, ...rowGuards,
]
