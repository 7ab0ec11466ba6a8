import { useEffect, useState } from 'react'
import type { Payment } from '#shared/domains/billing/model.ts'
import type { CheckoutItem } from '#shared/domains/billing/model.views.ts'
import { stopsBilling } from '#shared/domains/billing/rules.ts'
import { useMay, useToday, useZone } from '#renderer/app/actor.tsx'
import { askForRecall, useChosenSubject } from '#renderer/app/asked.ts'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { printNow } from '#renderer/app/print/print-now.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { DataTable } from '#renderer/ui/DataTable.tsx'
import { count, dayDate, listName, time } from '#renderer/ui/format.ts'
import { Money } from '#renderer/ui/Money.tsx'
import { AllDone, EmptyState, Notice, QueryState } from '#renderer/ui/states.tsx'
import { AccountDetail } from './AccountDetail.tsx'
import { FollowUpCard } from './FollowUpCard.tsx'
import { useLeave } from './useLeave.ts'
import { InvoiceDetail } from './InvoiceDetail.tsx'
import { VisitDetail } from './VisitDetail.tsx'
import styles from './billing.module.css'

interface Row extends CheckoutItem { id: string }

/** Still chosen when the print preview is closed. Ids only. */
let remembered: string | undefined

/** Who was here today and has something to pay: bill, take the money, give the receipt. */
export function CheckoutPage() {
  const zone = useZone()
  const go = useGo()
  const today = useToday()
  const list = useApiQuery('billing.checkout', { date: today })
  const [activeId, setActiveId] = useState(remembered)
  const [billedId, setBilledId] = useState<string>()
  const rows: Row[] = (list.data ?? []).map((item) => ({ ...item, id: item.appointmentId }))
  const active = rows.find((row) => row.id === activeId) ?? rows.find((row) => row.unbilledCents > 0 || row.dueCents > 0) ?? rows[0]
  // Whoever is chosen by themselves stays chosen: a patient who has just paid is not followed by the next one before they have left.
  if (activeId === undefined && active) setActiveId(active.id)
  useEffect(() => {
    remembered = active?.id
  }, [active?.id])
  const open = rows.filter((row) => row.unbilledCents > 0 || row.dueCents > 0)
  const { leave, problem } = useLeave()
  const left = (row: Row, by: 'hand' | 'payment') => void leave?.(row.id, listName(row.patient), by)
  const mayRecall = useMay('appointment.write') && active !== undefined
  useChosenSubject({ patientId: active?.patient.id, appointmentId: active?.id })
  useKeys([
    { id: 'checkout.recall', keys: 'R', label: 'Recall: should come again', where: 'Checkout', when: () => mayRecall, run: () => active && askForRecall(active.patient.id) },
    { id: 'checkout.drawer', keys: 'D', label: 'Close the drawer', where: 'Checkout', run: () => go(paths.drawer()) },
    { id: 'checkout.leave', keys: 'L', label: 'Has left', where: 'Checkout', when: () => leave !== undefined && active !== undefined, run: () => active && left(active, 'hand') },
  ])
  const choose = (row: Row) => {
    setActiveId(row.id)
    setBilledId(undefined)
  }
  return (
    <Screen
      title="Checkout" meta={dayDate(today)} filter={<ActionButton size="compact-sm" keyId="checkout.drawer" onClick={() => go(paths.drawer())}>Close the drawer</ActionButton>} body="fill" asideWidth="calc(100% - 612px)"
      aside={active ? <Beside key={active.id} item={active} onPaid={() => isSettled(active) && left(active, 'payment')} billedId={billedId} onBilled={setBilledId} /> : <div className={styles['empty']}><EmptyState title="Nobody to check out yet" /></div>}
    >
      <div className={styles['list']}>
        <div className={styles['listHead']}>
          <span className={styles['quiet']}>{open.length === 0 ? 'Nobody has anything open' : `${count(open.length, 'patient')} with something open`}</span>
          {active && mayRecall && <ActionButton size="compact-xs" keyId="checkout.recall" onClick={() => askForRecall(active.patient.id)}>Recall</ActionButton>}
          {active && leave && <ActionButton size="compact-xs" keyId="checkout.leave" onClick={() => left(active, 'hand')}>Has left</ActionButton>}
          <div className={styles['sum']}>due<strong><Money cents={open.reduce((sum, row) => sum + row.dueCents, 0)} /></strong></div>
        </div>
        {problem && <Notice tone="bad">{problem}</Notice>}
        <QueryState query={list} what="The list" />
        {list.data && (
          <DataTable
            label="Checkout" rows={rows} activeId={active?.id} onActiveChange={choose} onOpen={choose}
            empty={<AllDone title="Nothing to take">Patients appear here when their visit is charged.</AllDone>}
            columns={[
              { accessor: 'time', title: 'Time', width: 90, render: (row) => <span className={styles['quiet']}>{time(row.startsAt, zone)}</span> },
              { accessor: 'patient', title: 'Patient', render: (row) => <span className={styles['name']}>{listName(row.patient)}</span> },
              { accessor: 'provider', title: 'Provider', width: 106, render: (row) => <span className={styles['quiet']}>{row.providerName}</span> },
              { accessor: 'unbilled', title: 'To bill', width: 84, textAlign: 'right', render: (row) => (row.unbilledCents > 0 ? <Money cents={row.unbilledCents} /> : <span className={styles['inactive']}>–</span>) },
              { accessor: 'due', title: 'Due', width: 90, textAlign: 'right', render: (row) => <Money cents={row.dueCents} strong={row.dueCents > 0} /> },
            ]}
          />
        )}
      </div>
    </Screen>
  )
}

/** With the one bill that was open nothing is left to do here. */
const isSettled = ({ unbilledCents, invoices }: CheckoutItem): boolean => unbilledCents === 0 && invoices.filter((invoice) => invoice.dueCents > 0).length <= 1

interface BesideProps { item: Row; billedId: string | undefined; onPaid: () => void; onBilled: (id: string) => void }

/** The bill of the visit when there is one, the visit while it waits for one, else the older account; below it the next visit. */
function Beside(props: BesideProps) {
  const mayBook = useMay('appointment.write')
  return (
    <div className={styles['beside']}>
      <MoneyPart {...props} />
      {mayBook && <div className={styles['besideFoot']}><FollowUpCard appointmentId={props.item.appointmentId} patientId={props.item.patient.id} /></div>}
    </div>
  )
}

function MoneyPart({ item, billedId, onPaid, onBilled }: BesideProps) {
  const go = useGo()
  const [startPaying, setStartPaying] = useState(false)
  const invoice = billedId ?? item.invoices.find((one) => one.dueCents > 0)?.id
  const canBill = item.encounterId !== null && item.unbilledCents > 0 && !item.checks.some(stopsBilling)
  /** The patient stands at the desk: what was paid goes on paper at once. */
  const giveReceipt = (payment: Payment) => void printNow(go, 'receipt', payment.id)
  if (canBill && item.encounterId && !billedId) {
    return <VisitDetail encounterId={item.encounterId} onOpenInvoice={onBilled} onBilled={(id, pay) => {
      setStartPaying(pay)
      onBilled(id)
    }} />
  }
  if (invoice) return <InvoiceDetail invoiceId={invoice} startPaying={startPaying} onTaken={giveReceipt} onPaid={onPaid} />
  const last = item.invoices[0]
  return last ? <InvoiceDetail invoiceId={last.id} onTaken={giveReceipt} /> : <AccountDetail patientId={item.patient.id} />
}
