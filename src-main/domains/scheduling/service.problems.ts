import type { NothingFits, SlotTaken } from '#shared/domains/scheduling/contract.ts'
import type { OccurrenceProblem } from '#shared/domains/scheduling/model.series.ts'
import type { StandingFit } from '#shared/domains/scheduling/rules.slots.ts'
import type { Refusal } from '#shared/rpc/errors.ts'

/** A booking's refusal as what stands in the way of one of several. */
export function problemOf({ code, data }: Pick<Refusal, 'code' | 'data'>): OccurrenceProblem {
  if (code === 'SLOT_TAKEN' && data !== undefined) {
    const { conflictingId: byId, cause } = data as SlotTaken // As the contract declares this code's data.
    return { kind: 'taken', byId, cause }
  }
  if (code === 'NOTHING_FITS') {
    const { room, equipment } = data as NothingFits // As above.
    return { kind: 'nothing-fits', room, equipment }
  }
  return { kind: 'refused', code }
}

/** What is said before it happens, and may be done all the same. */
export const softProblem = (fit: StandingFit): OccurrenceProblem | null => (fit.kind === 'fits' ? null : fit)
