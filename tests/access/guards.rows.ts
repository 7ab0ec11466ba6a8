import type { Guard } from './guards.ts'

// Guards of rows, people and the log, after those of the way in (guards.ts).

const rows = 'tests/commands/access.test.ts'
const notes = 'tests/commands/access.notes.test.ts'
const predicates = 'src-main/core/access/predicates.ts'
const opened = 'src-main/core/access/opened.ts'
const glass = 'src-main/domains/access/service.glass.ts'
const approvals = 'tests/commands/approvals.test.ts'
const rules = 'src-shared/domains/approvals/rules.ts'
const gate = 'src-main/core/rpc/second-person.ts'

export const rowGuards: readonly Guard[] = [
  { file: opened, source: `  if (!gate || gate.mayKnow !== 1) throw refuse(absent)\n`, without: `  if (!gate) throw refuse(absent)\n`, test: rows, only: 'restricted' },
  { file: opened, source: `  if (gate.mayReadChart !== 1) throw refuse(CommonError.NOT_ON_CARE_TEAM, { patientId })\n  // The log says of each look`, without: `  // The log says of each look`, test: rows, only: 'care team' },
  { file: opened, source: `  if (toWrite && gate.isMyself === 1) throw refuse(CommonError.OWN_CHART)\n`, without: '', test: rows, only: 'linkOwnChart' },
  { file: opened, source: `  if (!mayRead) throw refuse(CommonError.NOT_ON_CARE_TEAM, { patientId })\n`, without: `  void mayRead\n`, test: rows, only: 'care team' },
  { file: opened, source: `gate?.mayKnow === 1 ? (`, without: `gate ? (`, test: rows, only: 'restricted' },
  { file: predicates, source: `and g.patient_id = ${'${patientId}'} and g.ends_at > ${'${value(\'scopeNow\')}'})\`\n\n/** When my`, without: `and g.patient_id = ${'${patientId}'})\`\n\n/** When my`, test: rows, only: 'for an hour' },
  { file: predicates, source: `and a.status <> 'cancelled' and a.provider_id in`, without: `and a.provider_id in`, test: rows, only: 'was cancelled' },
  { file: predicates, source: `or (${'${isOnCareTeam(patientId)}'} and not ${'${isKeptFromMe(patientId)}'})`, without: `or (${'${isOnCareTeam(patientId)}'})`, test: 'tests/access/matrix.test.ts', only: '^encounters' },
  { file: predicates, source: `then ${'${patientId}'} in ${'${mySelf}'} else (not`, without: `then 1 else (not`, test: notes, only: 'R40' },
  { file: predicates, source: `  else ${'${authorId}'} = ${'${value(\'me\')}'} end)`, without: `  else 1 end)`, test: notes, only: 'psychotherapy' },
  { file: predicates, source: `(${'${sensitivity}'} = 'normal' or ${'${authorId}'} = ${'${value(\'me\')}'}`, without: `(${'${sensitivity}'} <> 'psychotherapy' or ${'${authorId}'} = ${'${value(\'me\')}'}`, test: notes, only: 'sensitive note' },
  { file: 'src-main/domains/encounters/repository.chart.ts', source: ` and (n.sensitivity <> 'psychotherapy' or n.author_id = ${'${value(\'me\')}'})`, without: '', test: 'tests/access/matrix.test.ts', only: '^encounters' },
  { file: 'src-main/domains/encounters/service.notes.ts', source: `  if (stored.isHidden) throw refuse('NOT_THE_AUTHOR') // Nobody signs what they may not read.\n`, without: '', test: notes, only: 'sensitive note' },
  { file: glass, source: `  if (repository.isSelf(context.db, context.actor.userId, patientId)) throw refuse(CommonError.OWN_CHART)\n`, without: '', test: rows, only: 'linkOwnChart' },
  { file: glass, source: `  if (!repository.isOfficer(db, actor.userId)) throw refuse(CommonError.FORBIDDEN)\n`, without: '', test: rows, only: 'listBreakGlass' },
  { file: 'src-main/domains/access/service.people.ts', source: `  if (userId === context.actor.userId && repository.isLinked(context.db, userId)) throw refuse(CommonError.OWN_CHART)\n`, without: '', test: 'tests/access/matrix.test.ts', only: '^access' },
  { file: 'src-main/domains/access/service.ts', source: `throw refuse('NOT_YOUR_PATIENTS')`, without: `return`, test: rows, only: 'addCover' },
  { file: gate, source: `throw refuse(CommonError.NEEDS_SECOND_PERSON)`, without: `return undefined`, test: approvals },
  { file: gate, source: `  if (!isProvedNow()) throw refuse(CommonError.REAUTH)\n`, without: `  void isProvedNow\n`, test: approvals },
  { file: rules, source: `  if (request.status !== 'open') return 'APPROVAL_SETTLED'\n`, without: '', test: 'tests/rules/approvals.test.ts' },
  { file: rules, source: `  if (request.requestedBy === deciderId) return 'OWN_REQUEST'\n`, without: '', test: 'tests/rules/approvals.test.ts' },
  { file: rules, source: `  return isExpired(request, now) ? 'APPROVAL_EXPIRED' : undefined`, without: `  return undefined`, test: approvals },
  { file: 'src-main/domains/approvals/service.ts', source: `can(context.actor, procedure.secondPerson.approve)) throw refuse(CommonError.FORBIDDEN)`, without: `false) throw refuse(CommonError.FORBIDDEN)`, test: approvals },
  { file: 'src-main/domains/approvals/service.gate.ts', source: `  repository.updateApproval(db, id, { status: 'used' })\n`, without: `  void [db, id]\n`, test: 'tests/commands/approvals.permits.test.ts' },
  { file: 'src-main/core/rpc/execute.ts', source: `|| !can(actor, procedure.can))) return`, without: `|| false)) return`, test: approvals },
  { file: 'src-shared/domains/clinic/rules.people.ts', source: `  return !accounts.map((one) =>`, without: `  return false && !accounts.map((one) =>`, test: 'tests/rules/clinic.people.test.ts' },
  { file: 'src-main/domains/clinic/service.staff.ts', source: `needsTwoToInvite(repository.listAccounts(db), inviter, roles)`, without: `roles.length < 0`, test: 'tests/commands/clinic.test.ts' },
  { file: 'src-main/core/rpc/run.ts', source: `  if (touched.has('staff')) core.followStaff()\n`, without: ``, test: 'tests/commands/clinic.roles.test.ts' },
  { file: 'drizzle/migrations/0010_audit_chain.sql', source: `audit_events_no_update BEFORE UPDATE ON audit_events`, without: `audit_events_no_update BEFORE UPDATE OF seq ON audit_events`, test: 'tests/migrations/0010_audit_chain.test.ts' },
  { file: 'src-main/core/rpc/audit-writer.ts', source: `macOf(chain.macKey, before, cells)`, without: `macOf(chain.macKey, before.subarray(32), cells)`, test: 'tests/commands/audit.verify.test.ts' },
  { file: 'src-main/domains/audit/service.ts', source: `{ ...input, actorId: context.actor.userId }`, without: `{ ...input, actorId: null }`, test: 'tests/access/matrix.test.ts', only: '^audit' },
  { file: 'src-main/domains/audit/service.export.ts', source: `  if (read(({ db }) => isDisclosed(db, input.id))) throw refuse('ID_USED')\n`, without: '', test: 'tests/commands/audit.export.test.ts' },
]
