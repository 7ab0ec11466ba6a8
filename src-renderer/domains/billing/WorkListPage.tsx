import { SegmentedControl } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { WorkFilter, WorkItem, WorkList } from '#shared/domains/billing/model.views.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { useActor, useToday, useZone } from '#renderer/app/actor.tsx'
import { KeyHint, useKey, useKeys } from '#renderer/app/keys/keys.tsx'
import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { DataTable } from '#renderer/ui/DataTable.tsx'
import { count, listDate, listName } from '#renderer/ui/format.ts'
import { Money } from '#renderer/ui/Money.tsx'
import { AllDone, EmptyState, Notice, QueryState } from '#renderer/ui/states.tsx'
import { CheckMark } from './CheckMark.tsx'
import { InvoiceDetail } from './InvoiceDetail.tsx'
import { useBilling } from './useBilling.ts'
import { useNumbering } from './useNumbering.ts'
import { isReady, type Shown } from './view.ts'
import { VisitDetail } from './VisitDetail.tsx'
import styles from './billing.module.css'

/** What this person looked at stays so when the print preview is closed; ids only, gone with the window. */
let remembered: { userId: string; filter: WorkFilter; shown: Shown | undefined } | undefined

export function WorkListPage() {
  const { userId } = useActor()
  const [before] = useState(remembered?.userId === userId ? remembered : undefined)
  const [filter, setFilter] = useState<WorkFilter>(before?.filter ?? 'all')
  const [shown, setShown] = useState<Shown | undefined>(before?.shown)
  const [startPaying, setStartPaying] = useState(false)
  const [cursors, setCursors] = useState<readonly string[]>([])
  const [chosen, setChosen] = useState<readonly WorkItem[]>([])
  const list = useApiQuery('billing.workList', { filter, after: cursors.at(-1) ?? null }, { keepPrevious: true })
  useEffect(() => {
    remembered = { userId, filter, shown }
  }, [userId, filter, shown])
  const first = list.data?.items[0]
  // The first one is looked at until somebody chooses, and stays so when the list changes around it.
  if (!shown && first && !list.isPlaceholderData) setShown({ kind: first.kind, id: first.id })
  const show = (next: Shown, pay = false) => {
    setShown(next)
    setStartPaying(pay)
  }
  return (
    <Screen
      title="Work list"
      meta="signed visits and their bills"
      body="fill"
      asideWidth="calc(100% - 612px)"
      aside={shown ? <Beside shown={shown} startPaying={startPaying} show={show} /> : <div className={styles['empty']}><EmptyState title="Choose a visit">Its charges, its bill and its payments are shown here.</EmptyState></div>}
    >
      <div className={styles['list']}>
        <QueryState query={list} what="The work list" />
        {list.data && (
          <List
            list={list.data} filter={filter} activeId={shown?.id} chosen={chosen.filter((item) => list.data.items.some((one) => one.id === item.id))}
            onChosen={setChosen} onShow={(item) => show({ kind: item.kind, id: item.id })} isFirstPage={cursors.length === 0}
            onFilter={(next) => {
              setFilter(next)
              setCursors([])
              setChosen([])
              setShown(undefined)
            }}
            onBack={() => setCursors(cursors.slice(0, -1))} onNext={(cursor) => setCursors([...cursors, cursor])}
          />
        )}
      </div>
    </Screen>
  )
}

function Beside({ shown, startPaying, show }: { shown: Shown; startPaying: boolean; show: (next: Shown, pay?: boolean) => void }) {
  if (shown.kind === 'invoice') return <InvoiceDetail invoiceId={shown.id} startPaying={startPaying} />
  return <VisitDetail encounterId={shown.id} onBilled={(id, pay) => show({ kind: 'invoice', id }, pay)} onOpenInvoice={(id) => show({ kind: 'invoice', id })} />
}

interface ListProps {
  list: WorkList
  filter: WorkFilter
  activeId: string | undefined
  chosen: readonly WorkItem[]
  isFirstPage: boolean
  onChosen: (items: readonly WorkItem[]) => void
  onShow: (item: WorkItem) => void
  onFilter: (filter: WorkFilter) => void
  onBack: () => void
  onNext: (cursor: string) => void
}

function List({ list, filter, activeId, chosen, isFirstPage, onChosen, onShow, onFilter, onBack, onNext }: ListProps) {
  const zone = useZone()
  const today = useToday()
  const { counts } = list
  const billing = useBilling(() => onChosen([]))
  const unnumbered = useNumbering()
  const active = list.items.find((item) => item.id === activeId)
  const toBill = chosen.length > 0 ? chosen : active && isReady(active) ? [active] : []
  useKeys([{ id: 'billing.bill', keys: 'I', label: 'Bill the chosen visits', where: 'Work list', run: () => void (unnumbered === undefined && billing.run(toBill, onShow)) }])
  const canBill = filter !== 'billed' && filter !== 'owing'
  const label = chosen.length > 0 ? `Bill ${chosen.length} chosen` : 'Bill this visit'
  return (
    <>
      <div className={styles['listHead']}>
        <SegmentedControl
          aria-label="Which visits" value={filter} onChange={(value) => onFilter(value as WorkFilter)} // One of the values below.
          data={[
            { value: 'all', label: `All ${counts.all}` }, { value: 'ready', label: `Ready ${counts.ready}` },
            { value: 'to-fix', label: `To fix ${counts.toFix}` }, { value: 'billed', label: `Billed ${counts.billed}` },
            { value: 'owing', label: `Owing ${counts.owing.toLocaleString('en-US')}` },
          ]}
        />
        <div className={styles['sum']}>{filter === 'owing' ? 'due' : 'sum'}<strong><Money cents={list.sumCents} /></strong></div>
      </div>
      {unnumbered && canBill && <Notice tone="warn">{unnumbered}</Notice>}
      {billing.problem && <Notice tone="bad">{billing.problem}</Notice>}
      <DataTable
        label="Work list" rows={list.items} activeId={activeId} onActiveChange={onShow} onOpen={onShow}
        {...(canBill ? { chosen, onChosenChange: onChosen } : {})} isChoosable={isReady} chooseLabel={(item) => `Choose ${listName(item.patient)}, visit ${listDate(dateInZone(item.visitedAt, zone), today)}`}
        empty={<Nothing filter={filter} owing={counts.owing} />}
        columns={[
          { accessor: 'patient', title: 'Patient', render: (item) => <span className={styles['name']}>{listName(item.patient)}</span> },
          { accessor: 'visit', title: 'Visit', width: filter === 'owing' ? 116 : 70, render: (item) => <span className={styles['quiet']}>{listDate(dateInZone(item.visitedAt, zone), today)}</span> },
          { accessor: 'provider', title: 'Provider', width: 106, render: (item) => <span className={styles['quiet']}>{item.providerName ?? ''}</span> },
          { accessor: 'charges', title: filter === 'owing' ? 'Due' : 'Charges', width: 88, textAlign: 'right', render: (item) => <Money cents={filter === 'owing' ? item.invoice?.dueCents ?? 0 : item.chargesCents} /> },
          filter === 'owing'
            ? { accessor: 'invoice', title: 'Invoice', width: 92, render: (item) => <span className="code">{item.invoice?.number}</span> }
            : { accessor: 'check', title: 'Check', width: 164, render: (item) => <CheckMark item={item} /> },
        ]}
      />
      <footer className={styles['listFoot']} data-region="footer">
        <span className={styles['keys']}>
          <KeyHint of="list.next" /> <KeyHint of="list.previous" /> <span>move</span>
          {canBill && <><KeyHint keys="Space" /> <span>choose</span></>}
          <FixHint />
        </span>
        <span className={styles['space']} />
        {!isFirstPage && <ActionButton onClick={onBack}>Back</ActionButton>}
        {list.next && <ActionButton onClick={() => list.next && onNext(list.next)}>Next {list.items.length}</ActionButton>}
        {canBill && <ActionButton
          variant="filled" keyId="billing.bill" running={billing.isRunning} onClick={() => void billing.run(toBill, onShow)} reasonAt="left"
          disabledReason={unnumbered ? 'Drafts, numbers after sync.' : toBill.length === 0 ? (counts.ready > 0 ? 'Choose ready visits.' : 'No visit is ready.') : undefined}
        >
          {label}
        </ActionButton>}
      </footer>
    </>
  )
}

/** Only while the visit beside the list has something that can be mended from here. */
function FixHint() {
  return useKey('billing.fix') ? <><KeyHint of="billing.fix" /> <span>fix here</span></> : null
}

function Nothing({ filter, owing }: { filter: WorkFilter; owing: number }) {
  if (filter === 'billed') return <EmptyState title="Nothing billed yet today">Choose visits that are ready and press I.</EmptyState>
  if (filter === 'owing') return <AllDone title="No invoice is open">Invoices that wait for money are listed here, oldest first.</AllDone>
  if (filter === 'to-fix') return <AllDone title="Nothing to fix">Visits that cannot be billed yet appear here with the reason.</AllDone>
  return <AllDone title="Every visit is billed">{owing > 0 ? `${count(owing, 'invoice')} still ${owing === 1 ? 'waits' : 'wait'} for money, under Owing.` : 'Signed visits appear here by themselves.'}</AllDone>
}
