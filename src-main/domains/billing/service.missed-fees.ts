import type { MissedFee } from '#shared/domains/billing/model.ts'
import { postFeeEnd, postMissedFee } from '#shared/domains/billing/rules.ledger.ts'
import type { MissedKind } from '#shared/domains/scheduling/model.missed.ts'
import type { Appointment } from '#shared/domains/scheduling/model.ts'
import { feeFor, missedKind, monthsBefore } from '#shared/domains/scheduling/rules.missed.ts'
import { assert } from '#shared/kernel/assert.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { dateInZone, dayBounds } from '#shared/kernel/time.ts'
import { refuse } from '#shared/rpc/errors.ts'
import { openFile } from '#main/core/access/opened.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import { followAppointments, type Follower } from '#main/domains/scheduling/service.followers.ts'
import { missable, rules } from '#main/domains/scheduling/service.missed.ts'
import * as repository from './repository.missed-fees.ts'
import { post } from './service.invoices.ts'

// Fees for visits that did not take place. They are charges of the ledger on no invoice: a claim is made from invoices, so no
// insurer is ever asked for one.

const memos: Readonly<Record<MissedKind, string>> = { 'no-show': 'Fee for a missed visit', 'late-cancel': 'Fee for a late cancellation' }

/** The fee comes with the step that misses the visit, and goes with the step that takes it back. */
const follow: Follower = (context, before, after) => {
  const { lateHours } = rules(context)
  const [was, is] = [missedKind(before, lateHours), missedKind(after, lateHours)]
  if (is !== undefined && was === undefined) charge(context, after)
  else if (before.status !== after.status && is === undefined) takeBack(context, after.id)
}

export const followSchedule = (): void => followAppointments(follow)

function charge(context: WriteContext, one: Appointment): void {
  const { db, now, zone } = context
  const asked = rules(context)
  const since = dayBounds(monthsBefore(dateInZone(now, zone), asked.months), zone).from
  const fee = feeFor({ rules: asked, one, all: missable(db, one.id, since), payerNames: repository.payersOn(db, one.id, dateInZone(one.startsAt, zone)), now, zone })
  if (!fee || repository.standingFee(db, one.id)) return
  const row: MissedFee = { id: context.newId(), patientId: one.patientId, appointmentId: one.id, ...fee, chargedAt: now, endedAs: null, endedAt: null, endReason: null }
  repository.insertFee(db, row, context.actor.userId)
  post(context, one.patientId, postMissedFee(fee.amountCents, memos[fee.kind]))
}

function takeBack(context: WriteContext, appointmentId: Id): void {
  const fee = repository.standingFee(context.db, appointmentId)
  if (fee) end(context, fee, 'taken-back', null)
}

export const listFees = (context: ReadContext, patientId: Id): MissedFee[] => repository.feesOfPatient(context.db, openFile(context, patientId))

export function waive(context: WriteContext, { id, reason }: { id: Id; reason: string }): MissedFee {
  context.audit({ entityId: id })
  const file = openFile(context, repository.patientOfFee(context.db, id))
  const fee = repository.feeById(context.db, file, id)
  assert(fee, 'the fee is of the patient whom it names')
  if (fee.endedAs === 'waived' && context.isCarried) return fee
  if (fee.endedAs !== null) throw refuse('FEE_ENDED')
  return end(context, fee, 'waived', reason)
}

function end(context: WriteContext, fee: MissedFee, endedAs: NonNullable<MissedFee['endedAs']>, reason: string | null): MissedFee {
  const ended: MissedFee = { ...fee, endedAs, endedAt: context.now, endReason: reason }
  repository.endFee(context.db, ended, context.actor.userId)
  const memo = reason === null ? `${memos[fee.kind]} taken back` : `${memos[fee.kind]} waived: ${reason}`
  post(context, fee.patientId, postFeeEnd(fee.amountCents, endedAs === 'waived' ? 'adjustment' : 'void', memo.slice(0, 200)))
  return ended
}
