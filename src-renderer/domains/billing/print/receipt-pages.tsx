import type { ReceiptDocument } from '#shared/domains/billing/model.views.ts'
import { formatCents } from '#shared/kernel/money.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { PrintHeading, PrintNote, PrintTotals, tableBlocks } from '#renderer/app/print/parts.tsx'
import type { PrintDocument } from '#renderer/app/print/Sheets.tsx'
import { date, receipt, time } from '#renderer/ui/format.ts'
import { methodLine } from '../view.ts'
import { footOf, printedLine, type Printing } from './invoice-pages.tsx'
import { Parties } from './Parties.tsx'

interface Line { key: string; what: string; amount: string }

/** One payment on paper: how much is the largest thing, then where it stands. */
export function receiptPages({ document, isUnsent = false, ...printing }: Printing & { document: ReceiptDocument; isUnsent?: boolean }): PrintDocument {
  const { clinic } = printing
  const { payment, patient } = document
  const amount = (cents: number) => formatCents(cents, clinic.currency)
  const isRefund = payment.kind === 'refund'
  const taken = `${date(dateInZone(payment.takenAt, clinic.timeZone))} ${time(payment.takenAt, clinic.timeZone)}`
  const how: Line[] = [
    { key: 'when', what: isRefund ? 'Given back' : 'Received', amount: taken },
    { key: 'method', what: 'Method', amount: methodLine(payment) },
    { key: 'by', what: isRefund ? 'Given back by' : 'Taken by', amount: payment.takenByName },
    ...(document.refundOfReceipt ? [{ key: 'of', what: 'Of receipt', amount: document.refundOfReceipt }] : []),
  ]
  const where: Line[] = [
    ...document.applied.map((one) => ({
      key: one.invoiceId, what: `Invoice ${one.number}${one.dueCents > 0 ? `, ${amount(one.dueCents)} still due by ${date(one.dueOn)}` : ', paid in full'}`, amount: amount(one.amountCents),
    })),
    ...(document.creditCents > 0 ? [{ key: 'credit', what: 'Paid ahead, stands as credit', amount: amount(document.creditCents) }] : []),
  ]
  return {
    clinic,
    title: isRefund ? 'Refund' : 'Receipt',
    subtitle: <>Receipt <strong>{receipt(payment.receiptNumber)}</strong> · {date(dateInZone(payment.takenAt, clinic.timeZone))}</>,
    foot: footOf(patient, receipt(payment.receiptNumber)),
    printed: printedLine(printing),
    isCopy: payment.prints > 0,
    blocks: [
      { key: 'parties', node: <Parties patient={patient} now={printing.now} zone={clinic.timeZone} /> },
      ...tableBlocks<Line>({ key: 'how', rows: how, rowKey: (line) => line.key, keepLastWithNext: true, columns: [{ title: isRefund ? 'Refund' : 'Payment', width: '160px', render: (line) => line.what }, { title: '', width: '1fr', render: (line) => line.amount }] }),
      { key: 'amount', node: <PrintTotals lines={[{ label: isRefund ? 'Given back' : 'Received', amount: amount(payment.amountCents), isDue: true }]} /> },
      ...(isUnsent ? [{ key: 'unsent', node: <PrintNote title="Not confirmed yet">Taken while this computer could not reach the clinic’s host. The money is on record here; the clinic’s books get it as soon as the host is back.</PrintNote> }] : []),
      ...(where.length === 0 ? [] : [
        { key: 'where-title', node: <PrintHeading>Where it stands</PrintHeading>, keepWithNext: true },
        ...tableBlocks<Line>({ key: 'where', rows: where, rowKey: (line) => line.key, columns: [{ title: 'For', width: '1fr', render: (line) => line.what }, { title: 'Amount', width: '110px', align: 'right', render: (line) => line.amount }] }),
      ]),
    ],
  }
}
