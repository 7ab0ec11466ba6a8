import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { stockFilters, type StockAlerts, type StockFilter, type StockRow } from '#shared/domains/inventory/model.views.ts'
import { useMay, useToday } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { DataTable } from '#renderer/ui/DataTable.tsx'
import { count } from '#renderer/ui/format.ts'
import { IconPlus, IconSearch } from '#renderer/ui/icons.ts'
import { AllDone, EmptyState, QueryState } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { ItemDetail } from './ItemDetail.tsx'
import { ItemPanel } from './ItemPanel.tsx'
import { PlacesPanel } from './PlacesPanel.tsx'
import { expiryWords, filterCounts, markOf, signed, workCount } from './view.ts'
import { filterWords, itemKindWords } from './words.ts'
import styles from './Stock.module.css'

/** What the clinic keeps, how much of it, and what has to be done about it. */
export function StockPage() {
  const go = useGo()
  const mayManage = useMay('stock.manage')
  const [filter, setFilter] = useState<StockFilter>('all')
  const [search, setSearch] = useState('')
  const [cursors, setCursors] = useState<readonly string[]>([])
  const [shownId, setShownId] = useState<string>()
  const [panel, setPanel] = useState<'new' | 'places'>()
  const list = useApiQuery('inventory.list', { filter, search, after: cursors.at(-1) ?? null }, { keepPrevious: true })
  const alerts = useApiQuery('inventory.alerts', {})
  const look = (next: StockFilter, text: string) => {
    setFilter(next)
    setSearch(text)
    setCursors([])
  }
  useKeys([
    { id: 'stock.find', keys: '/', label: 'Filter', where: 'Stock', run: () => document.getElementById('stock-search')?.focus() },
    ...(mayManage ? [
      { id: 'stock.new', keys: 'N', label: 'New item', where: 'Stock', run: () => setPanel('new') },
      { id: 'stock.receive', keys: 'R', label: 'Receive', where: 'Stock', run: () => go(paths.receiveStock()) },
      { id: 'stock.count', keys: 'C', label: 'Count', where: 'Stock', run: () => go(paths.countStock()) },
    ] : []),
  ])
  const items = list.data?.items ?? []
  const shown = items.find((row) => row.id === shownId) ?? items[0]
  return (
    <Screen
      title="Stock" meta={alerts.data && count(workCount(alerts.data), 'thing to look at', 'things to look at')} body="fill" asideWidth={530}
      aside={shown && <ItemDetail key={shown.id} itemId={shown.id} />}
      footer={mayManage && (
        <>
          <ActionButton keyId="stock.new" icon={<IconPlus size={16} stroke={1.8} />} onClick={() => setPanel('new')}>New item</ActionButton>
          <ActionButton onClick={() => setPanel('places')}>Places</ActionButton>
          <ActionButton keyId="stock.count" onClick={() => go(paths.countStock())}>Count</ActionButton>
          <ActionButton variant="filled" keyId="stock.receive" onClick={() => go(paths.receiveStock())}>Receive</ActionButton>
        </>
      )}
    >
      <div className={styles['list']}>
        <div className={styles['tools']}>
          <TextInput id="stock-search" aria-label="Name, lot or barcode" placeholder="Name, lot or barcode" leftSection={<IconSearch size={16} stroke={1.8} aria-hidden />} value={search} onChange={(event) => look(filter, event.currentTarget.value)} maxLength={80} />
          <Filters filter={filter} alerts={alerts.data} onFilter={(next) => look(next, search)} />
        </div>
        <QueryState query={list} what="The stock" />
        {list.data && <Items rows={items} filter={filter} isSearched={search.trim() !== ''} activeId={shown?.id} onShow={(row) => setShownId(row.id)} />}
        {(cursors.length > 0 || list.data?.next) && (
          <div className={styles['pages']}>
            {cursors.length > 0 && <ActionButton size="compact-xs" onClick={() => setCursors(cursors.slice(0, -1))}>Before</ActionButton>}
            {list.data?.next && <ActionButton size="compact-xs" onClick={() => setCursors([...cursors, list.data.next ?? ''])}>More</ActionButton>}
          </div>
        )}
      </div>
      {panel === 'new' && <ItemPanel item={undefined} onClose={() => setPanel(undefined)} onSaved={(id) => setShownId(id)} />}
      {panel === 'places' && <PlacesPanel onClose={() => setPanel(undefined)} />}
    </Screen>
  )
}

/** A filter that would show nothing is left out, but for the one in use. */
function Filters({ filter, alerts, onFilter }: { filter: StockFilter; alerts: StockAlerts | undefined; onFilter: (next: StockFilter) => void }) {
  const counts = alerts ? filterCounts(alerts) : {}
  const shown = stockFilters.filter((one) => one === 'all' || one === 'retired' || one === filter || (counts[one] ?? 0) > 0)
  return (
    <div className={styles['filters']} role="group" aria-label="Which items">
      {shown.map((one) => (
        <button key={one} type="button" className={styles['filter']} aria-pressed={one === filter} onClick={() => onFilter(one)}>
          {filterWords[one]} {counts[one] !== undefined && <b>{counts[one]}</b>}
        </button>
      ))}
    </div>
  )
}

function Items({ rows, filter, isSearched, activeId, onShow }: { rows: readonly StockRow[]; filter: StockFilter; isSearched: boolean; activeId: string | undefined; onShow: (row: StockRow) => void }) {
  const today = useToday()
  return (
    <DataTable
      label="Items" rows={rows} activeId={activeId} onActiveChange={onShow} onOpen={onShow} empty={<NoItems filter={filter} isSearched={isSearched} />}
      columns={[
        { accessor: 'name', title: 'Item', render: (row) => <span className={styles['name']} title={row.name}>{row.name}</span> },
        { accessor: 'kind', title: 'Kind', width: 78, render: (row) => <span className={styles['quiet']}>{itemKindWords[row.kind]}</span> },
        { accessor: 'first', title: 'First to expire', width: 138, render: (row) => (row.firstExpiresOn === null ? <span className={styles['quiet']}>—</span> : <span data-tone={expiryWords(row.firstExpiresOn, today).tone} className={styles['toned']}>{expiryWords(row.firstExpiresOn, today).words}</span>) },
        { accessor: 'onHand', title: 'On hand', width: 110, textAlign: 'right', render: (row) => <><strong>{signed(row.onHand)}</strong> <span className={styles['unit']}>{row.unit}</span></> },
        { accessor: 'mark', title: 'To do', width: 130, render: (row) => <ItemMark row={row} /> },
      ]}
    />
  )
}

function ItemMark({ row }: { row: StockRow }) {
  const mark = markOf(row, useToday())
  return mark ? <Tag tone={mark.tone}>{mark.words}</Tag> : null
}

function NoItems({ filter, isSearched }: { filter: StockFilter; isSearched: boolean }) {
  if (isSearched) return <EmptyState title="Nothing is called so">Try fewer letters, the number of a lot, or scan the box.</EmptyState>
  if (filter === 'all') return <EmptyState title="No items yet">Add what the clinic keeps under New item, and where it is kept under Places. Then receive the first delivery.</EmptyState>
  if (filter === 'retired') return <EmptyState title="Every item is still kept">Items that the clinic does not keep any more are shown here.</EmptyState>
  return <AllDone title="Nothing here">No item stands under {filterWords[filter].toLowerCase()} now.</AllDone>
}
