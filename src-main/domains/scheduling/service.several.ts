import type { CancelSeveralInput, MoveSeveralInput, SteppedSeveral, UndoSeveralInput } from '#shared/domains/scheduling/contract.series.ts'
import type { Appointment } from '#shared/domains/scheduling/model.ts'
import { refuse, type Refusal } from '#shared/rpc/errors.ts'
import { attempt } from '#main/core/rpc/attempt.ts'
import type { WriteContext } from '#main/core/rpc/context.ts'
import { problemOf } from './service.problems.ts'
import { cancel, find, moveAppointment, undo } from './service.ts'

// Steps of several appointments as one act. At a form all are taken or none; what comes from another machine keeps those that
// can still be taken, and names the others: a whole series that stays where it was would be the worse surprise.

interface Step { id: string; version: number }
interface Tried<S> { appointments: Appointment[]; refused: { step: S; refusal: Refusal }[] }

export const cancelSeveral = (context: WriteContext, { steps, reason }: CancelSeveralInput): SteppedSeveral =>
  settle(context, tryEach(context, steps, (step) => cancel(context, { ...step, reason })))

/** Backwards: what was done last is taken back first, so that nobody is put where the next one still stands. */
export const undoSeveral = (context: WriteContext, { steps }: UndoSeveralInput): SteppedSeveral =>
  settle(context, tryEach(context, steps.toReversed(), (step) => undo(context, step)))

export function moveSeveral(context: WriteContext, { moves }: MoveSeveralInput): SteppedSeveral {
  const before = new Map(moves.map(({ id }) => [id, find(context, id)]))
  const tried = tryEach(context, inMovingOrder(moves, (id) => before.get(id)?.startsAt ?? ''), (move) =>
    // A room goes with a provider.
    moveAppointment(context, { ...move, ...(before.get(move.id)?.providerId === move.providerId ? {} : { roomId: null }) }))
  const times = tried.refused.filter(({ refusal }) => !isOfStep(refusal))
  if (times.length > 0 && !context.isCarried) {
    throw refuse('TIMES_REFUSED', { occurrences: times.map(({ step, refusal }) => ({ place: moves.findIndex((one) => one.id === step.id), startsAt: step.startsAt, problem: problemOf(refusal) })) })
  }
  return settle(context, tried)
}

/** The last one makes room for the one before it where all move to a later time, the first for the next where they move to an earlier one. */
export function inMovingOrder<M extends Step & { startsAt: string }>(moves: readonly M[], startOf: (id: string) => string): M[] {
  const isLater = (move: M): boolean => move.startsAt > startOf(move.id)
  const byStart = moves.toSorted((a, b) => (startOf(a.id) < startOf(b.id) ? -1 : 1))
  return [...byStart.filter(isLater).toReversed(), ...byStart.filter((move) => !isLater(move))]
}

const isOfStep = ({ code }: Refusal): boolean => code === 'STALE' || code === 'STEP_NOT_ALLOWED' || code === 'NOT_FOUND'

function tryEach<S extends Step>(context: WriteContext, steps: readonly S[], act: (step: S) => Appointment): Tried<S> {
  const tried: Tried<S> = { appointments: [], refused: [] }
  for (const step of steps) {
    const outcome = attempt(context.db, () => act(step))
    if (outcome.isDone) tried.appointments.push(outcome.result)
    else tried.refused.push({ step, refusal: outcome.refusal })
  }
  return tried
}

function settle(context: WriteContext, { appointments, refused }: Tried<Step>): SteppedSeveral {
  const steps = refused.map(({ step, refusal }) => ({ id: step.id, code: refusal.code }))
  const [first] = appointments
  if (first) context.audit({ patientId: first.patientId, entityId: first.id, itemIds: appointments.map((one) => one.id) })
  if (steps.length > 0 && (!context.isCarried || !first)) throw refuse('STEPS_REFUSED', { steps })
  if (steps.length > 0) context.notice({ code: 'SEVERAL_PARTLY_DONE', data: { steps } })
  return { appointments, refused: steps }
}
