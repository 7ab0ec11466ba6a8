import type { InvoiceDocument, InvoiceLine, PaymentLine } from '#shared/domains/billing/model.views.ts'
import type { Clinic } from '#shared/domains/clinic/model.ts'
import { formatCents, sumCents } from '#shared/kernel/money.ts'
import { dateInZone, type Instant } from '#shared/kernel/time.ts'
import { PrintColumns, PrintHeading, PrintNote, PrintTotals, tableBlocks, type TotalLine } from '#renderer/app/print/parts.tsx'
import type { PrintDocument } from '#renderer/app/print/Sheets.tsx'
import { date, listName, mrn, phone, receipt, time } from '#renderer/ui/format.ts'
import { methodLine } from '../view.ts'
import { Parties } from './Parties.tsx'

export interface Printing { clinic: Clinic; by: string; now: Instant }

export const printedLine = ({ clinic, by, now }: Printing): string =>
  `Printed ${date(dateInZone(now, clinic.timeZone))} ${time(now, clinic.timeZone)} by ${by}`

export const footOf = (patient: { familyName: string; givenName: string; mrn: number }, number: string): string =>
  [listName(patient), `MRN ${mrn(patient.mrn)}`, number].filter(Boolean).join(' · ')

/** Invoice with its receipts: what, why, who, paid, and the amount due as the largest line. */
export function invoicePages({ document, paidNow, unsentReceipts, ...printing }: Printing & { document: InvoiceDocument; paidNow: string | undefined; unsentReceipts?: ReadonlySet<string> }): PrintDocument {
  const { clinic } = printing
  const { invoice, payments, patient } = document
  const issued = date(dateInZone(invoice.issuedAt, clinic.timeZone))
  const isVoid = invoice.status === 'void'
  return {
    clinic,
    title: isVoid ? 'Invoice, void' : payments.length > 0 ? 'Invoice and receipt' : 'Invoice',
    subtitle: <>Invoice <strong>{invoice.number}</strong> · {issued}</>,
    foot: footOf(patient, invoice.number),
    printed: printedLine(printing),
    isCopy: document.prints > 0,
    blocks: [
      { key: 'parties', node: <Parties patient={patient} now={printing.now} zone={clinic.timeZone} /> },
      ...lineBlocks(document, clinic),
      { key: 'totals', node: <PrintTotals lines={totalLines(document, clinic, paidNow)} /> },
      ...(payments.length > 0 ? paymentBlocks(payments, clinic, unsentReceipts) : []),
      ...(document.totals.dueCents > 0 && !isVoid ? [{ key: 'notes', node: <Notes document={document} clinic={clinic} /> }] : []),
    ],
  }
}

function lineBlocks({ lines, visit, diagnoses }: InvoiceDocument, clinic: Clinic) {
  const visitDate = date(dateInZone(visit.visitedAt, clinic.timeZone))
  const provider = visit.provider && [visit.provider.name, visit.provider.npi && `NPI ${visit.provider.npi}`].filter(Boolean).join(', ')
  return tableBlocks<InvoiceLine>({
    key: 'lines', rows: lines, rowKey: (line) => line.id, keepLastWithNext: true,
    columns: [
      { title: 'Date', width: '92px', render: () => visitDate },
      { title: 'Code', width: '52px', render: (line) => <span className="code">{line.code}</span> },
      {
        title: 'Service', width: '1fr',
        render: (line) => (
          <>
            {line.label}{line.quantity > 1 && `, ${line.quantity} at ${formatCents(line.unitPriceCents, clinic.currency)}`}
            {line === lines[0] && provider && <><br /><small>{provider}</small></>}
          </>
        ),
      },
      // Who sees no clinical fact prints none either; the column goes with it.
      ...(diagnoses.length > 0 ? [{ title: 'Diagnosis', width: '190px', render: (line: InvoiceLine) => (line === lines[0] ? diagnoses.map((one) => <div key={one}>{one}</div>) : codesOf(diagnoses)) }] : []),
      { title: 'Amount', width: '84px', align: 'right' as const, render: (line) => formatCents(line.amountCents, clinic.currency) },
    ],
  })
}

/** The words stand with the first line; after it the codes do. */
const codesOf = (diagnoses: readonly string[]): string => diagnoses.map((one) => one.split(' ')[0] ?? '').join(', ')

function totalLines(document: InvoiceDocument, { currency }: Clinic, paidNow: string | undefined): TotalLine[] {
  const { totals, payments, ledger } = document
  const amount = (cents: number) => formatCents(cents, currency)
  const now = payments.find((payment) => payment.id === paidNow)
  const before = totals.paidCents + (now?.appliedCents ?? 0)
  const discounts = ledger.filter((line) => line.kind === 'adjustment')
  const voided = sumCents(ledger.filter((line) => line.kind === 'void').map((line) => line.amountCents))
  return [
    { label: 'Charges', amount: amount(totals.chargesCents) },
    ...discounts.map((line) => ({ label: line.memo, amount: amount(line.amountCents) })),
    ...(voided === 0 ? [] : [{ label: 'Void', amount: amount(voided) }]),
    ...(before === 0 ? [] : [{ label: now ? 'Paid before' : 'Paid', amount: amount(before) }]),
    ...(now ? [{ label: `Paid now, ${inSentence(methodLine(now))}`, amount: amount(-now.appliedCents) }] : []),
    dueLine(document, amount),
  ]
}

const inSentence = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1)

function dueLine({ invoice, totals, state }: InvoiceDocument, amount: (cents: number) => string): TotalLine {
  const { paidCents, dueCents } = totals
  if (invoice.status === 'void') return { label: 'Nothing to pay', amount: amount(dueCents), isDue: true }
  if (dueCents <= 0) return { label: 'Paid in full', amount: amount(dueCents), isDue: true }
  if (state === 'overdue') return { label: `Due since ${date(invoice.dueOn)}`, amount: amount(dueCents), isDue: true }
  return { label: `${paidCents < 0 ? 'Still due' : 'Due'} by ${date(invoice.dueOn)}`, amount: amount(dueCents), isDue: true }
}

function paymentBlocks(payments: readonly PaymentLine[], clinic: Clinic, unsentReceipts: ReadonlySet<string> | undefined) {
  const table = tableBlocks<PaymentLine>({
    key: 'payments', rows: payments, rowKey: (payment) => payment.id,
    columns: [
      { title: 'Receipt', width: '70px', render: (payment) => <span className="code">{receipt(payment.receiptNumber)}</span> },
      { title: 'Date and time', width: '176px', render: (payment) => `${date(dateInZone(payment.takenAt, clinic.timeZone))} ${time(payment.takenAt, clinic.timeZone)}` },
      { title: 'Method', width: '1fr', render: (payment) => `${payment.kind === 'refund' ? 'Given back, ' : ''}${methodLine(payment)}${unsentReceipts?.has(payment.receiptNumber) ? ', not confirmed yet' : ''}` },
      { title: 'Taken by', width: '120px', render: (payment) => payment.takenByName },
      { title: 'Amount', width: '84px', align: 'right' as const, render: (payment) => formatCents(payment.appliedCents, clinic.currency) },
    ],
  })
  return [{ key: 'payments-title', node: <PrintHeading>Payments</PrintHeading>, keepWithNext: true }, ...table]
}

function Notes({ document, clinic }: { document: InvoiceDocument; clinic: Clinic }) {
  const byPhone = clinic.phone ? `, by phone ${phone(clinic.phone)}` : ''
  return (
    <PrintColumns>
      <PrintNote title={document.totals.paidCents < 0 ? 'How to pay the rest' : 'How to pay'}>
        At the desk{byPhone}, or by check to the address above. Write {document.invoice.number} on it.
      </PrintNote>
      <PrintNote title="A question about this invoice?">Ask for {document.issuedByName} and say the invoice number.</PrintNote>
    </PrintColumns>
  )
}
