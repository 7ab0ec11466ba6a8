import { RefundInput } from '#shared/domains/billing/contract.ts'
import { billing } from '#shared/domains/billing/contract.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { useZone } from '#renderer/app/actor.tsx'
import type { FactsProps } from '#renderer/app/contribution.ts'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { Fact, FactList } from '#renderer/ui/Card.tsx'
import { date, listName, money, mrn, receipt } from '#renderer/ui/format.ts'
import { QueryState } from '#renderer/ui/states.tsx'
import { methodWords, voidChoices } from './words.ts'

/** What a second person has to see before they say yes: the bill as it stands now. */
export function VoidFacts({ input, said }: FactsProps) {
  const wanted = billing.voidInvoice.input.safeParse(input).data
  const query = useApiQuery('billing.invoice', { id: wanted?.id ?? '' }, { enabled: wanted !== undefined })
  const zone = useZone()
  if (!query.data) return <QueryState query={query} what="The invoice" />
  const { invoice, patient, totals } = query.data
  const coded = voidChoices.find((choice) => choice.value === wanted?.reason)?.label
  return (
    <FactList>
      <Fact label="Invoice"><span className="code">{invoice.number}</span>, {date(dateInZone(invoice.issuedAt, zone))}</Fact>
      <Fact label="Patient">{listName(patient)} <span className="code">MRN {mrn(patient.mrn)}</span></Fact>
      <Fact label="Charges">{money(totals.chargesCents)}</Fact>
      <Fact label="Paid, becomes credit">{money(-totals.paidCents)}</Fact>
      {coded !== said && <Fact label="Reason">{coded}</Fact>}
    </FactList>
  )
}

export function RefundFacts({ input, said }: FactsProps) {
  const wanted = RefundInput.safeParse(input).data
  const query = useApiQuery('billing.receipt', { paymentId: wanted?.paymentId ?? '' }, { enabled: wanted !== undefined })
  const zone = useZone()
  if (!query.data || !wanted) return <QueryState query={query} what="The payment" />
  const { payment, patient } = query.data
  return (
    <FactList>
      <Fact label="Give back"><strong>{money(wanted.amountCents)}</strong> by {methodWords[wanted.method].toLowerCase()}</Fact>
      <Fact label="Of receipt"><span className="code">{receipt(payment.receiptNumber)}</span>, {date(dateInZone(payment.takenAt, zone))}</Fact>
      <Fact label="Was paid">{money(payment.amountCents)} by {methodWords[payment.method].toLowerCase()}, {money(payment.refundableCents)} is left</Fact>
      <Fact label="Patient">{listName(patient)} <span className="code">MRN {mrn(patient.mrn)}</span></Fact>
      {wanted.reason !== said && <Fact label="Reason">{wanted.reason}</Fact>}
    </FactList>
  )
}
