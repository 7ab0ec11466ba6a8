import type { AbsenceSpan, ApplyPlanInput, PlanOutdated } from '#shared/domains/scheduling/contract.ts'
import type { AbsenceChoice, AbsenceLine, AbsencePlan, CallLine } from '#shared/domains/scheduling/model.absence.ts'
import { CancelReason, type Appointment } from '#shared/domains/scheduling/model.ts'
import { isAwayOn } from '#shared/domains/scheduling/rules.availability.ts'
import { addDays, dateInZone, dayBounds, minutesBetween } from '#shared/kernel/time.ts'
import { CommonError, Refusal, refuse } from '#shared/rpc/errors.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import * as repository from './repository.absence.ts'
import { appointmentById, daySlotById } from './repository.ts'
import { insertBlock } from './repository.schedule.ts'
import { leavesBetween } from './repository.frame.ts'
import { boundsOf, concerned } from './service.proposals.ts'
import { requireProvider } from './service.schedule.ts'
import { cancel, loadForPlan, moveAppointment, putBack } from './service.ts'
import * as waiting from './service.wait-list.ts'

export { propose } from './service.proposals.ts'

type Row = ApplyPlanInput['rows'][number]
type Cause = PlanOutdated['rows'][number]

/**
 * Does a whole plan or nothing of it. Each row is judged by what stands now; what stands in the way is named by row, and a
 * visit that was booked into the absence meanwhile is one of them: nobody is forgotten.
 */
export function apply(context: WriteContext, input: ApplyPlanInput): AbsencePlan {
  const before = repository.planById(context.db, input.id)
  if (before) return before
  if (input.providerId !== null) requireProvider(context.db, input.providerId)
  const quiet = quietly(context)
  const known = new Set(input.rows.map((row) => row.id))
  const causes: Cause[] = concerned(context, input).filter((one) => !known.has(one.id) && appointmentById(context.db, context.scope, one.id)).map(({ id }) => ({ id, cause: 'added' }))
  const lines = input.rows.flatMap((row) => attempt(causes, row.id, () => carryOut(quiet, input.id, row)) ?? [])
  if (causes.length > 0) throw refuse('PLAN_OUTDATED', { rows: causes } satisfies PlanOutdated)
  const plan: AbsencePlan = { id: input.id, providerId: input.providerId, fromOn: input.from, toOn: input.to, blockId: blockFor(context, input), appliedAt: context.now, undoneAt: null }
  repository.insertPlan(context.db, plan, context.actor.userId)
  lines.forEach((line, position) => repository.insertLine(context.db, line, position))
  context.audit({ entityId: plan.id })
  return plan
}

/** All visits back to where they were, the last one first; the colleague's time is given back with them. */
export function undoPlan(context: WriteContext, id: string): AbsencePlan {
  const plan = repository.planById(context.db, id)
  if (!plan) throw refuse(CommonError.NOT_FOUND)
  context.audit({ entityId: id })
  if (plan.undoneAt !== null) return plan
  const quiet = quietly(context)
  const causes: Cause[] = []
  for (const line of repository.linesOf(context.db, id).toReversed()) attempt(causes, line.appointmentId, () => takeBack(quiet, line))
  if (causes.length > 0) throw refuse('PLAN_OUTDATED', { rows: causes } satisfies PlanOutdated)
  if (plan.blockId !== null) repository.removeBlock(context.db, plan.blockId)
  repository.endPlan(context.db, id, context.now)
  return { ...plan, undoneAt: context.now }
}

const SHEET_DAYS = 60

/** Plans of the last weeks that stand, with what each patient has been told. Of somebody whom the caller may not know there is no line. */
export function callSheets({ db, scope, now, zone }: ReadContext): { plan: AbsencePlan; lines: CallLine[] }[] {
  const { from: since } = dayBounds(addDays(dateInZone(now, zone), -SHEET_DAYS), zone)
  return repository.plansSince(db, since).map((plan) => ({
    plan,
    lines: repository.linesOf(db, plan.id).flatMap((line): CallLine[] => {
      const appointment = daySlotById(db, scope, line.appointmentId)
      if (!appointment || appointment.isRestricted) return []
      const said = repository.saidOf(db, line.appointmentId, line.startsAt)
      return [{ line, appointment, outcome: said?.outcome ?? null, note: said?.note ?? null, calledAt: said?.at ?? null, calls: said?.calls ?? 0 }]
    }),
  }))
}

/** The plan is one event of the activity log; what it did with each visit is in that visit's history. */
const quietly = (context: WriteContext): WriteContext => ({ ...context, audit: () => {} })

function carryOut(context: WriteContext, planId: string, row: Row): AbsenceLine {
  const before = loadForPlan(context, row)
  const done = choose(context, before, row.choice)
  return {
    id: context.newId(), planId, appointmentId: before.id, patientId: before.patientId, kind: row.choice.kind, wasProviderId: before.providerId, wasRoomId: before.roomId,
    wasStartsAt: before.startsAt, wasEndsAt: before.endsAt, wasStatus: before.status, doneVersion: done.version, startsAt: done.startsAt, waitListEntryId: done.entryId,
  }
}

function choose(context: WriteContext, before: Appointment, choice: AbsenceChoice): { version: number; startsAt: string; entryId: string | null } {
  const step = { id: before.id, version: before.version }
  if (choice.kind === 'left') return { version: before.version, startsAt: before.startsAt, entryId: null }
  if (choice.kind === 'moved') {
    const { version, startsAt } = moveAppointment(context, { ...step, providerId: choice.providerId, roomId: choice.roomId, startsAt: choice.startsAt })
    return { version, startsAt, entryId: null }
  }
  const { version, startsAt } = cancel(context, { ...step, reason: CancelReason.providerAway })
  const entry = waiting.add(context, {
    id: context.newId(), patientId: before.patientId, appointmentId: null, typeId: before.typeId, durationMin: minutesBetween(before.startsAt, before.endsAt), providerId: null,
    weekdays: 0b111_1111, fromMin: 0, toMin: 1440, notBefore: null, until: null, noticeMin: 0, isUrgent: choice.isUrgent, note: before.reason,
  })
  return { version, startsAt, entryId: entry.id }
}

function takeBack(context: WriteContext, line: AbsenceLine): void {
  if (line.kind === 'left') return
  putBack(context, { id: line.appointmentId, version: line.doneVersion }, {
    providerId: line.wasProviderId, roomId: line.wasRoomId, startsAt: line.wasStartsAt, endsAt: line.wasEndsAt, status: line.wasStatus,
  })
  if (line.waitListEntryId !== null) waiting.withdrawUnfilled(context, line.waitListEntryId)
}

/** Nobody books into the absence: the time is taken out, unless approved leave has done so already. */
function blockFor(context: WriteContext, span: AbsenceSpan): string | null {
  const { providerId, from, to } = span
  if (!span.isAway || providerId === null) return null
  const leaves = leavesBetween(context.db, { from, to })
  if (isAwayOn({ leaves }, providerId, from) && isAwayOn({ leaves }, providerId, to)) return null
  const bounds = boundsOf(context, span)
  const id = context.newId()
  insertBlock(context.db, { id, providerId, startsAt: bounds.from, endsAt: bounds.to, title: 'Away' })
  return id
}

const causeOf: Readonly<Record<string, Cause['cause']>> = {
  STALE: 'changed', STEP_NOT_ALLOWED: 'gone', NOT_FOUND: 'gone', NOT_WAITING: 'changed', SLOT_TAKEN: 'taken', NOTHING_FITS: 'not-free', OUT_OF_SERVICE: 'not-free', PROVIDER_NOT_FOUND: 'not-free',
}

/** A row's refusal is noted, and the next row is looked at: all that is in the way is said at once. */
function attempt<T>(causes: Cause[], id: string, work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    const cause = error instanceof Refusal ? causeOf[error.code] : undefined
    if (!cause) throw error
    causes.push({ id, cause })
    return undefined
  }
}
