import { useState } from 'react'
import type { DrawerClose } from '#shared/domains/billing/model.drawer.ts'
import { toBankCents } from '#shared/domains/billing/rules.drawer.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { useMay, useToday, useZone } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { usePending } from '#renderer/app/network/state.ts'
import { paths } from '#renderer/app/paths.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { DataTable } from '#renderer/ui/DataTable.tsx'
import { nearDate, time } from '#renderer/ui/format.ts'
import { Money } from '#renderer/ui/Money.tsx'
import { EmptyState, QueryState } from '#renderer/ui/states.tsx'
import { Unconfirmed } from '#renderer/ui/Unconfirmed.tsx'
import { DrawerCount } from './DrawerCount.tsx'
import { differenceOf, differenceText } from './view.drawer.ts'
import styles from './billing.module.css'

/** The cash is counted against the ledger, and the day is closed with what was found. */
export function DrawerPage() {
  const zone = useZone()
  const today = useToday()
  const go = useGo()
  const isPending = usePending()
  const [cursors, setCursors] = useState<readonly number[]>([])
  const [activeId, setActiveId] = useState<string>()
  const mayCount = useMay('payment.take')
  const closes = useApiQuery('billing.listDrawerCloses', { before: cursors.at(-1) ?? null }, { keepPrevious: true })
  const active = closes.data?.closes.find((close) => close.id === activeId) ?? closes.data?.closes[0]
  const print = (close: DrawerClose) => go(paths.print('drawer', close.id))
  useKeys([{ id: 'drawer.print', keys: 'Ctrl+P', label: 'Print the close', where: 'Drawer', run: () => active && print(active) }])
  return (
    <Screen
      title="Drawer" body="fill" asideWidth={400} aside={mayCount && <OpenDrawer />}
    >
      <div className={styles['list']}>
        <QueryState query={closes} what="The closes" />
        {closes.data && (
          <DataTable
            label="Closes" rows={closes.data.closes} activeId={active?.id} onActiveChange={(row) => setActiveId(row.id)} onOpen={print}
            empty={<EmptyState title="No close yet">Each close stays here as it was counted.</EmptyState>}
            columns={[
              { accessor: 'number', title: 'No.', width: 56, render: (row) => <span className="code">{row.number}</span> },
              { accessor: 'closed', title: 'Closed', width: 160, render: (row) => <span className={styles['quiet']}>{nearDate(dateInZone(row.closedAt, zone), today)}, {time(row.closedAt, zone)}</span> },
              { accessor: 'by', title: 'By', render: (row) => <>{isPending('drawer_closes', row.id) && <Unconfirmed>not confirmed yet</Unconfirmed>} {row.closedByName}</> },
              { accessor: 'counted', title: 'Counted', width: 96, textAlign: 'right', render: (row) => <Money cents={row.countedCents} strong /> },
              { accessor: 'bank', title: 'To the bank', width: 100, textAlign: 'right', render: (row) => <Money cents={toBankCents(row)} /> },
              { accessor: 'difference', title: 'Ledger', width: 210, render: (row) => <span className={styles['check']} data-tone={differenceOf(row) === 0 ? 'ok' : 'warn'} title={row.reason ?? undefined}>{differenceText(differenceOf(row))}</span> },
            ]}
          />
        )}
        {active && (
          <div className={styles['listFoot']} data-region="footer">
            <ActionButton keyId="drawer.print" onClick={() => print(active)}>Print close {active.number}</ActionButton>
            {active.reason && <span className={styles['hint']}>{active.reason}</span>}
            <span className={styles['space']} />
            {cursors.length > 0 && <ActionButton onClick={() => setCursors(cursors.slice(0, -1))}>Later closes</ActionButton>}
            {closes.data?.next && <ActionButton onClick={() => closes.data?.next && setCursors([...cursors, closes.data.next])}>Earlier closes</ActionButton>}
          </div>
        )}
      </div>
    </Screen>
  )
}

function OpenDrawer() {
  const drawer = useApiQuery('billing.openDrawer', {})
  // Once one is closed the keys are the screen's again: nobody counts the next one now.
  const [first, setFirst] = useState<number>()
  if (first === undefined && drawer.data) setFirst(drawer.data.number)
  return (
    <div className={styles['detail']}>
      <QueryState query={drawer} what="The drawer" />
      {drawer.data && <DrawerCount key={drawer.data.number} drawer={drawer.data} isFocused={drawer.data.number === first} />}
    </div>
  )
}
