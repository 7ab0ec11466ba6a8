import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { Cents } from '../../kernel/money.ts'

export const missedKinds = ['no-show', 'late-cancel'] as const
export type MissedKind = (typeof missedKinds)[number]

/** taken-back: the visit was not missed after all; waived: it was, and somebody has said why it costs nothing. */
export const feeEnds = ['taken-back', 'waived'] as const
export type FeeEnd = (typeof feeEnds)[number]

const fee = Cents.min(0).max(limits.missed_fee_cents_max)

/** A visit type that costs something else than the others. */
export const TypeFee = z.strictObject({ typeId: Id, noShowCents: fee, lateCancelCents: fee })
export type TypeFee = z.infer<typeof TypeFee>

/** What the clinic asks of every patient alike for a visit that was missed or called off late. */
export const MissedRules = z.strictObject({
  /** Called off within so many hours of its beginning is late. */
  lateHours: z.int().min(0).max(168),
  /** 0: nothing is asked. */
  noShowCents: fee,
  lateCancelCents: fee,
  /** So many of a kind within `months` cost nothing: 1 lets the first one go. */
  freeCount: z.int().min(0).max(10),
  months: z.int().min(1).max(24),
  typeFees: z.array(TypeFee).max(limits.page_rows),
})
export type MissedRules = z.infer<typeof MissedRules>

/** What holds until a clinic decides otherwise: late is a day before, and nobody is charged. */
export const noFees: MissedRules = { lateHours: 24, noShowCents: 0, lateCancelCents: 0, freeCount: 1, months: 12, typeFees: [] }
