import type { LedgerLine } from '#shared/domains/billing/model.views.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { dateTime } from '#renderer/ui/format.ts'
import { Money } from '#renderer/ui/Money.tsx'
import { Unconfirmed } from '#renderer/ui/Unconfirmed.tsx'
import { ledgerWhat } from './view.ts'
import { kindWords } from './words.ts'
import styles from './billing.module.css'

interface LedgerCardProps {
  title: string
  note: string
  lines: readonly LedgerLine[]
  /** The account shows which invoice each line belongs to. */
  withInvoice?: boolean
  /** Receipts that the host has not confirmed yet. */
  unsentReceipts?: ReadonlySet<string> | undefined
}

export function LedgerCard({ title, note, lines, withInvoice = false, unsentReceipts }: LedgerCardProps) {
  const zone = useZone()
  const today = useToday()
  return (
    <Card title={title} note={note} flush>
      <table className={styles['ledger']} aria-label={title}>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Kind</th>
            {withInvoice && <th scope="col">Invoice</th>}
            <th scope="col">What</th>
            <th scope="col" data-align="right">Amount</th>
            <th scope="col" data-align="right">Balance</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id}>
              <td data-when>{dateTime(line.at, zone, today)}</td>
              <td>{kindWords[line.kind]}</td>
              {withInvoice && <td className="code">{line.invoiceNumber ?? 'credit'}</td>}
              <td>{ledgerWhat(line)} {line.receiptNumber !== null && unsentReceipts?.has(line.receiptNumber) && <Unconfirmed>not confirmed yet</Unconfirmed>}</td>
              <td data-align="right"><Money cents={line.amountCents} relief /></td>
              <td data-align="right"><Money cents={line.balanceCents} strong /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}
