import { can } from '#shared/access/permissions.ts'
import type { InvoiceSummary } from '#shared/domains/billing/model.views.ts'
import { stateOf } from '#shared/domains/billing/rules.ledger.ts'
import { dateInZone, type PlainDate } from '#shared/kernel/time.ts'
import type { ReadContext } from '#main/core/rpc/context.ts'
import type { Bill } from './repository.lists.ts'

type Asking = Pick<ReadContext, 'now' | 'zone' | 'actor'>

export const todayOf = ({ now, zone }: Asking): PlainDate => dateInZone(now, zone)

/** A diagnosis is a clinical fact: those who code and bill see it, the desk that takes the money does not need it. */
export const seesDiagnoses = ({ actor }: Asking): boolean => can(actor, 'charge.write')

/** `today` is worked out once for a list: reading a wall calendar costs more than reading the bill. */
export function summaryOf(bill: Bill, today: PlainDate): InvoiceSummary {
  const { id, number, issuedAt, dueOn } = bill.invoice
  return { id, number, issuedAt, dueOn, chargesCents: bill.chargesCents, dueCents: bill.dueCents, state: stateOf(bill.invoice, bill, today) }
}
