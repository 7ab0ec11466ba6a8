import { useRef } from 'react'
import type { StockRow } from '#shared/domains/inventory/model.views.ts'
import { readScan, type Scan } from '#shared/domains/inventory/rules.scan.ts'
import { api } from '#renderer/rpc/api.ts'
import { SearchPicker } from '#renderer/ui/pickers/SearchPicker.tsx'
import { amount } from './view.ts'
import styles from './Stock.module.css'

const HITS = 8
const search = (text: string, signal: AbortSignal): Promise<StockRow[]> => api.inventory.list({ search: text, limit: HITS }, { signal }).then(({ items }) => items)

/** A name, or what a scanner reads from a box: then lot and date come with it. */
export function ItemPicker({ label, onPick }: { label: string; onPick: (item: StockRow, scan: Scan) => void }) {
  const typed = useRef('')
  return (
    <SearchPicker
      label={label} autoFocus search={search} optionKey={(row) => row.id} nothing={(text) => `Nothing is called “${text}”. Add it in the stock list first.`}
      renderOption={(row) => <span className={styles['option']}><strong>{row.name}</strong> <span>{amount(row.usable, row.unit)}</span></span>}
      // The field is emptied before the choice is told.
      onText={(text) => { if (text !== '') typed.current = text }}
      onPick={(row) => onPick(row, readScan(typed.current) ?? {})}
    />
  )
}
