import { useState } from 'react'
import type { PatientAccount } from '#shared/domains/billing/model.views.ts'
import { useMay, useToday, useZone } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { usePending } from '#renderer/app/network/state.ts'
import { paths } from '#renderer/app/paths.ts'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { dateTime, listDate, receipt } from '#renderer/ui/format.ts'
import { IconPrinter } from '#renderer/ui/icons.ts'
import { Money } from '#renderer/ui/Money.tsx'
import { EmptyState, QueryState } from '#renderer/ui/states.tsx'
import { Unconfirmed } from '#renderer/ui/Unconfirmed.tsx'
import { BilledHead, Figures } from './BilledHead.tsx'
import { InvoiceTag } from './CheckMark.tsx'
import { LedgerCard } from './LedgerCard.tsx'
import { PaymentCard } from './PaymentCard.tsx'
import { RefundCard } from './RefundCard.tsx'
import { useUnsentReceipts } from './useUnsentReceipts.ts'
import { methodLine, refundable } from './view.ts'
import styles from './billing.module.css'

/** Beside a list: what the patient owes and has paid ahead. */
export function AccountDetail({ patientId }: { patientId: string }) {
  const query = useApiQuery('billing.account', { patientId, limit: 20 })
  return (
    <div className={styles['detail']}>
      <QueryState query={query} what="The account" />
      {query.data && (
        <>
          <BilledHead patient={query.data.patient} meta="Account" />
          <AccountFigures account={query.data} />
          <Payments account={query.data} />
          <Statement account={query.data} />
        </>
      )}
    </div>
  )
}

export function Statement({ account, note = 'newest first' }: { account: PatientAccount; note?: string }) {
  return <LedgerCard title="Statement" note={note} lines={account.statement} withInvoice unsentReceipts={useUnsentReceipts(account.payments)} />
}

export function AccountFigures({ account }: { account: PatientAccount }) {
  return (
    <Figures
      figures={[
        { label: 'Not billed yet', value: <Money cents={account.unbilledCents} /> },
        { label: 'Credit', value: <Money cents={account.creditCents} /> },
        { label: 'Due', value: <Money cents={account.dueCents} /> },
        { label: 'Balance', value: <Money cents={account.balanceCents} />, isMain: true },
      ]}
    />
  )
}

/** Taking money on the account: onto the oldest open invoice, or ahead of any bill. */
export function Payments({ account, startFocused = false }: { account: PatientAccount; startFocused?: boolean }) {
  const mayTake = useMay('payment.take')
  const open = account.invoices.filter((invoice) => invoice.dueCents > 0)
  const oldest = open.at(-1)
  if (!mayTake) return null
  return <PaymentCard key={oldest?.id ?? 'ahead'} patientId={account.patient.id} invoice={oldest ?? null} creditCents={account.creditCents} startFocused={startFocused} onTaken={() => undefined}
    note={oldest ? <>onto <span className="code">{oldest.number}</span>{open.length > 1 && ', the oldest that is open'}</> : 'ahead of any bill'} />
}

export function InvoicesCard({ account }: { account: PatientAccount }) {
  const zone = useZone()
  const today = useToday()
  const go = useGo()
  return (
    <Card title="Invoices" flush>
      {account.invoices.length === 0 && <EmptyState title="No invoice yet" />}
      <table className={styles['ledger']} aria-label="Invoices">
        <tbody>
          {account.invoices.map((invoice) => (
            <tr key={invoice.id}>
              <td><ActionButton variant="subtle" size="compact-xs" onClick={() => go(paths.invoice(invoice.id))}><span className="code">{invoice.number}</span></ActionButton></td>
              <td data-when>{listDate(dateInZone(invoice.issuedAt, zone), today)}</td>
              <td><InvoiceTag state={invoice.state} /></td>
              <td data-align="right"><Money cents={invoice.dueCents} strong={invoice.dueCents > 0} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}

export function ReceiptsCard({ account }: { account: PatientAccount }) {
  const zone = useZone()
  const today = useToday()
  const go = useGo()
  const mayRefund = useMay('payment.refund')
  const [isRefunding, setRefunding] = useState(false)
  const isPending = usePending()
  const canRefund = mayRefund && refundable(account.payments).length > 0
  useKeys(canRefund ? [{ id: 'billing.refund', keys: 'U', label: 'Refund', where: 'Account', run: () => setRefunding(true) }] : [])
  if (isRefunding) return <RefundCard payments={account.payments} onClose={() => setRefunding(false)} />
  return (
    <Card title="Payments" flush aside={canRefund && <ActionButton size="compact-xs" keyId="billing.refund" onClick={() => setRefunding(true)}>Refund</ActionButton>}>
      {account.payments.length === 0 && <EmptyState title="No payment yet" />}
      <table className={styles['ledger']} aria-label="Payments">
        <tbody>
          {account.payments.map((payment) => (
            <tr key={payment.id}>
              <td className="code">{receipt(payment.receiptNumber)}</td>
              <td data-when>{dateTime(payment.takenAt, zone, today)}</td>
              <td>{payment.kind === 'refund' ? 'Given back, ' : ''}{methodLine(payment)} {isPending('payments', payment.id) && <Unconfirmed>not confirmed yet</Unconfirmed>}</td>
              <td data-align="right"><Money cents={payment.appliedCents} /></td>
              <td data-align="right">
                <ActionButton variant="subtle" size="compact-xs" aria-label={`Print receipt ${receipt(payment.receiptNumber)}`} onClick={() => go(paths.print('receipt', payment.id))}>
                  <IconPrinter size={15} stroke={1.7} />
                </ActionButton>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}
