import { useMemo } from 'react'
import type { DrawerClose } from '#shared/domains/billing/model.drawer.ts'
import { expectedCents, toBankCents } from '#shared/domains/billing/rules.drawer.ts'
import { formatCents } from '#shared/kernel/money.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { useActor, useNow } from '#renderer/app/actor.tsx'
import { useRouteParam } from '#renderer/app/navigation.ts'
import { PrintNote, PrintTotals, tableBlocks } from '#renderer/app/print/parts.tsx'
import { PrintPreview } from '#renderer/app/print/PrintPreview.tsx'
import type { PrintDocument } from '#renderer/app/print/Sheets.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { date, time } from '#renderer/ui/format.ts'
import { QueryState } from '#renderer/ui/states.tsx'
import { differenceOf, differenceText } from '../view.drawer.ts'
import { methodWords } from '../words.ts'
import { printedLine, type Printing } from './invoice-pages.tsx'

export function DrawerPrintPage() {
  const query = useApiQuery('billing.drawerClose', { id: useRouteParam('closeId') })
  return query.data ? <Preview close={query.data} /> : <QueryState query={query} what="The close" />
}

function Preview({ close }: { close: DrawerClose }) {
  const { clinic, name } = useActor()
  const now = useNow()
  const page = useMemo(() => closePages({ close, clinic, by: name, now }), [close, clinic, name, now])
  return <PrintPreview documents={[page]} fileName={`Close ${close.number}`} />
}

interface Line { what: string; amount: number }

/** The count on paper, for the envelope that goes to the bank: no patient is named on it. */
function closePages({ close, ...printing }: Printing & { close: DrawerClose }): PrintDocument {
  const { clinic } = printing
  const amount = (cents: number) => formatCents(cents, clinic.currency)
  const cash: Line[] = [
    { what: 'In the drawer before', amount: close.floatCents }, { what: 'Cash taken', amount: close.cashInCents }, { what: 'Cash given back', amount: 0 - close.cashOutCents },
    { what: 'Should be in it', amount: expectedCents(close) }, { what: 'Counted', amount: close.countedCents }, { what: 'Stays in the drawer', amount: close.leftCents },
  ]
  const others: Line[] = close.byMethod.filter((one) => one.method !== 'cash').map((one) => ({ what: `${methodWords[one.method]}, ${one.count}`, amount: one.takenCents - one.refundedCents }))
  const columns = (title: string) => [{ title, width: '1fr', render: (line: Line) => line.what }, { title: 'Amount', width: '110px', align: 'right' as const, render: (line: Line) => amount(line.amount) }]
  return {
    clinic, title: 'Drawer closed', printed: printedLine(printing), foot: `Close ${close.number}`,
    subtitle: <>Close <strong>{close.number}</strong> · {date(dateInZone(close.closedAt, clinic.timeZone))} {time(close.closedAt, clinic.timeZone)}, {close.closedByName}</>,
    blocks: [
      ...tableBlocks<Line>({ key: 'cash', rows: cash, rowKey: (line) => line.what, keepLastWithNext: true, columns: columns('Cash') }),
      { key: 'bank', node: <PrintTotals lines={[{ label: 'To the bank', amount: amount(toBankCents(close)), isDue: true }]} /> },
      { key: 'difference', node: <PrintNote title={differenceText(differenceOf(close))}>{close.reason ?? 'The count is what the ledger says.'}</PrintNote> },
      ...(others.length > 0 ? tableBlocks<Line>({ key: 'others', rows: others, rowKey: (line) => line.what, columns: columns('Also taken') }) : []),
    ],
  }
}
