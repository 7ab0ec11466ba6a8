import { useState } from 'react'
import type { Payment } from '#shared/domains/billing/model.ts'
import type { InvoiceDocument } from '#shared/domains/billing/model.views.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { useMay, useZone } from '#renderer/app/actor.tsx'
import { KeyHint, useKeys } from '#renderer/app/keys/keys.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { date } from '#renderer/ui/format.ts'
import { IconPrinter } from '#renderer/ui/icons.ts'
import { Money } from '#renderer/ui/Money.tsx'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import { BilledHead, Figures } from './BilledHead.tsx'
import { InvoiceTag } from './CheckMark.tsx'
import { DiscountCard } from './DiscountCard.tsx'
import { LedgerCard } from './LedgerCard.tsx'
import { PaymentCard } from './PaymentCard.tsx'
import { RefundCard } from './RefundCard.tsx'
import { useUnsentReceipts } from './useUnsentReceipts.ts'
import { refundable, responsibleWords } from './view.ts'
import { VoidDialog } from './VoidDialog.tsx'
import styles from './billing.module.css'

/** One invoice: figures derived from the ledger, the ledger itself, and the payment. */
export function InvoiceDetail({ invoiceId, startPaying = false, onTaken, onPaid }: { invoiceId: string; startPaying?: boolean; onTaken?: (payment: Payment) => void; /** Nothing is due on it any more. */ onPaid?: (() => void) | undefined }) {
  const query = useApiQuery('billing.invoice', { id: invoiceId })
  return (
    <div className={styles['detail']}>
      <QueryState query={query} what="The invoice" />
      {query.data && <Detail key={invoiceId} document={query.data} startPaying={startPaying} onTaken={onTaken} onPaid={onPaid} />}
    </div>
  )
}

function Detail({ document, startPaying, onTaken, onPaid }: { document: InvoiceDocument; startPaying: boolean; onTaken: ((payment: Payment) => void) | undefined; onPaid: (() => void) | undefined }) {
  const zone = useZone()
  const go = useGo()
  const [open, setOpen] = useState<'refund' | 'void' | 'discount'>()
  const [lastPayment, setLastPayment] = useState<string>()
  const { invoice, patient, visit, totals } = document
  const unsentReceipts = useUnsentReceipts(document.payments)
  const isLive = invoice.status === 'issued'
  const may = { take: useMay('payment.take'), refund: useMay('payment.refund'), void: useMay('invoice.void'), discount: useMay('invoice.discount') }
  const print = () => go(paths.print('invoice', invoice.id), lastPayment ? { paymentId: lastPayment } : {})
  const acts = [
    { id: 'billing.refund', keys: 'U', label: 'Refund', words: 'refund', shown: may.refund && refundable(document.payments).length > 0, run: () => setOpen('refund') },
    { id: 'billing.discount', keys: 'D', label: 'Discount', words: 'discount', shown: may.discount && isLive && totals.dueCents > 0, run: () => setOpen('discount') },
    { id: 'billing.void', keys: 'Z', label: 'Void the invoice', words: 'void, number is kept', shown: may.void && isLive, run: () => setOpen('void') },
    { id: 'billing.print', keys: 'Ctrl+P', label: 'Print invoice and receipt', words: 'receipt', shown: true, run: print },
  ].filter((act) => act.shown)
  useKeys(acts.map(({ id, keys, label, run }) => ({ id, keys, label, where: 'Billing', run })))
  return (
    <>
      <BilledHead
        patient={patient}
        meta={
          <>
            Invoice <b className="code">{invoice.number}</b> · visit {date(dateInZone(visit.visitedAt, zone))} · {visit.provider?.name ?? 'no provider'} · responsible: {responsibleWords(document)}
          </>
        }
      >
        <InvoiceTag state={document.state} />
        <ActionButton aria-label="Print invoice and receipt" title="Print invoice and receipt" onClick={print} px={8}>
          <IconPrinter size={17} stroke={1.7} />
        </ActionButton>
      </BilledHead>
      <Figures
        figures={[
          { label: 'Charges', value: <Money cents={totals.chargesCents} /> },
          { label: 'Adjustments', value: <Money cents={totals.adjustmentsCents} /> },
          { label: 'Paid', value: <Money cents={totals.paidCents} /> },
          { label: totals.dueCents > 0 && document.state === 'overdue' ? `Due since ${date(invoice.dueOn)}` : 'Due now', value: <Money cents={totals.dueCents} />, isMain: true },
        ]}
      />
      {!isLive && <Notice tone="info" title="This invoice is void.">Its number is kept. Money that stood on it is the patient’s credit; its charges wait for a new bill.</Notice>}
      <LedgerCard title="Ledger" note="nothing here is ever changed, only added to" lines={document.ledger} unsentReceipts={unsentReceipts} />
      {open === 'refund' && <RefundCard payments={document.payments} onClose={() => setOpen(undefined)} />}
      {open === 'discount' && <DiscountCard document={document} onClose={() => setOpen(undefined)} />}
      {open !== 'refund' && open !== 'discount' && isLive && may.take && totals.dueCents > 0 && (
        <PaymentCard
          patientId={patient.id} invoice={{ id: invoice.id, dueCents: totals.dueCents, dueOn: invoice.dueOn }} creditCents={document.creditCents}
          startFocused={startPaying} onTaken={(payment) => {
            setLastPayment(payment.id)
            if (payment.amountCents >= totals.dueCents) onPaid?.()
            onTaken?.(payment)
          }}
        />
      )}
      <div className={styles['foot']}>
        {acts.map((act) => (
          <button key={act.id} type="button" onClick={act.run}>
            <KeyHint of={act.id} /> {act.words}
          </button>
        ))}
      </div>
      {open === 'void' && <VoidDialog document={document} onClose={() => setOpen(undefined)} />}
    </>
  )
}
