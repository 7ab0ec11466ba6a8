import { useState } from 'react'
import type { DayTotals } from '#shared/domains/billing/model.views.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { usePending } from '#renderer/app/network/state.ts'
import { paths } from '#renderer/app/paths.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card, Fact, FactList } from '#renderer/ui/Card.tsx'
import { DataTable } from '#renderer/ui/DataTable.tsx'
import { dayDate, listName, receipt, time } from '#renderer/ui/format.ts'
import { Money } from '#renderer/ui/Money.tsx'
import { EmptyState, QueryState } from '#renderer/ui/states.tsx'
import { Unconfirmed } from '#renderer/ui/Unconfirmed.tsx'
import { dayAfter, methodLine } from './view.ts'
import { methodWords } from './words.ts'
import styles from './billing.module.css'

/** The money of one day, straight from the ledger, with the receipts it came from. */
export function PaymentsPage() {
  const today = useToday()
  const zone = useZone()
  const go = useGo()
  const [day, setDay] = useState(today)
  const [activeId, setActiveId] = useState<string>()
  const [cursors, setCursors] = useState<readonly string[]>([])
  const isPending = usePending()
  const query = useApiQuery('billing.dayTotals', { date: day, after: cursors.at(-1) ?? null }, { keepPrevious: true })
  const step = (days: number) => {
    setDay(dayAfter(day, days, today))
    setCursors([])
  }
  const active = query.data?.payments.find((payment) => payment.id === activeId) ?? query.data?.payments[0]
  useKeys([
    { id: 'payments.earlier', keys: '←', label: 'Day before', where: 'Payments', run: () => step(-1) },
    { id: 'payments.later', keys: '→', label: 'Day after', where: 'Payments', run: () => step(1) },
    { id: 'payments.today', keys: 'T', label: 'Today', where: 'Payments', run: () => setDay(today) },
    { id: 'payments.print', keys: 'Ctrl+P', label: 'Print the receipt', where: 'Payments', run: () => active && go(paths.print('receipt', active.id)) },
  ])
  return (
    <Screen
      title="Payments" body="fill" asideWidth={360}
      filter={
        <div className={styles['filter']}>
          <ActionButton aria-label="Day before" keyId="payments.earlier" onClick={() => step(-1)}>Before</ActionButton>
          <strong>{dayDate(day)}</strong>
          <ActionButton aria-label="Day after" keyId="payments.later" disabledReason={day === today ? 'This is today.' : undefined} reasonAt="hidden" onClick={() => step(1)}>After</ActionButton>
        </div>
      }
      aside={query.data && <Totals totals={query.data} />}
    >
      <div className={styles['list']}>
        <QueryState query={query} what="The payments" />
        {query.data && (
          <DataTable
            label="Payments" rows={query.data.payments} activeId={active?.id} onActiveChange={(row) => setActiveId(row.id)} onOpen={(row) => go(paths.account(row.patientId))}
            empty={<EmptyState title="No payment on this day">Payments and refunds appear here when they are taken.</EmptyState>}
            columns={[
              { accessor: 'receipt', title: 'Receipt', width: 90, render: (row) => <span className="code">{receipt(row.receiptNumber)}</span> },
              { accessor: 'time', title: 'Time', width: 84, render: (row) => <span className={styles['quiet']}>{time(row.takenAt, zone)}</span> },
              { accessor: 'patient', title: 'Patient', render: (row) => <span className={styles['name']}>{listName(row.patient)}</span> },
              { accessor: 'method', title: 'Method', render: (row) => <>{isPending('payments', row.id) && <Unconfirmed>not confirmed yet</Unconfirmed>} {row.kind === 'refund' ? 'Given back, ' : ''}{methodLine(row)}</> },
              { accessor: 'by', title: 'Taken by', width: 140, render: (row) => <span className={styles['quiet']}>{row.takenByName}</span> },
              { accessor: 'amount', title: 'Amount', width: 100, textAlign: 'right', render: (row) => <Money cents={row.appliedCents} strong /> },
            ]}
          />
        )}
        {query.data && (query.data.next || cursors.length > 0) && (
          <div className={styles['listFoot']} data-region="footer">
            {cursors.length > 0 && <ActionButton onClick={() => setCursors(cursors.slice(0, -1))}>Back</ActionButton>}
            {query.data.next && <ActionButton onClick={() => query.data.next && setCursors([...cursors, query.data.next])}>Earlier payments</ActionButton>}
          </div>
        )}
      </div>
    </Screen>
  )
}

function Totals({ totals }: { totals: DayTotals }) {
  return (
    <div className={styles['detail']}>
      <Card title="Money of the day" note="from the ledger">
        <FactList>
          {totals.byMethod.map((one) => (
            <Fact key={one.method} label={`${methodWords[one.method]}, ${one.count}`}><Money cents={one.takenCents - one.refundedCents} /></Fact>
          ))}
          <Fact label="Taken"><Money cents={totals.takenCents} /></Fact>
          <Fact label="Given back"><Money cents={0 - totals.refundedCents} /></Fact>
          <Fact label={<strong>Taken less given back</strong>}><Money cents={totals.takenCents - totals.refundedCents} strong /></Fact>
        </FactList>
      </Card>
      <Card title="Billed on the day">
        <FactList>
          <Fact label="Charges"><Money cents={totals.chargesCents} /></Fact>
          <Fact label="Adjustments"><Money cents={totals.adjustmentsCents} /></Fact>
          <Fact label="Voided"><Money cents={totals.voidedCents} /></Fact>
        </FactList>
      </Card>
    </div>
  )
}
