import 'mantine-datatable/styles.css'
import { DataTable as MantineDataTable, type DataTableColumn, type DataTableSortStatus } from 'mantine-datatable'
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { EmptyState } from './states.tsx'
import styles from './DataTable.module.css'

export type Column<T> = DataTableColumn<T>

interface DataTableProps<T extends { id: string }> {
  rows: readonly T[]
  columns: readonly Column<T>[]
  /** Names the table for screen readers. */
  label: string
  /** The row that is looked at: the detail beside the list follows it. */
  activeId?: string | undefined
  onActiveChange?: (row: T) => void
  /** Enter or click. */
  onOpen?: (row: T) => void
  /** Chosen rows (Space or checkbox), for an act on several. */
  chosen?: readonly T[]
  onChosenChange?: (rows: T[]) => void
  isChoosable?: (row: T) => boolean
  chooseLabel?: (row: T) => string
  sort?: DataTableSortStatus<T>
  onSortChange?: (sort: DataTableSortStatus<T>) => void
  empty?: ReactNode
  /** 34 px rows; tight 29. */
  tight?: boolean
  /** J and K work from anywhere on the screen; off when a screen has two tables. */
  letterKeys?: boolean
}

/**
 * The table of every list: one line per row, hairlines, no zebra. A row is a button: arrows or J and K move,
 * Enter opens, Space chooses. Only one row is in the tab order.
 */
export function DataTable<T extends { id: string }>(props: DataTableProps<T>) {
  const { rows, columns, label, activeId, onActiveChange, onOpen, chosen, onChosenChange, isChoosable, empty, tight = false, letterKeys = true } = props
  const body = useRef<HTMLTableSectionElement>(null)
  const activeIndex = Math.max(0, rows.findIndex((row) => row.id === activeId))

  const focusRow = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))]
    if (!row) return
    onActiveChange?.(row)
    body.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(row.id)}"]`)?.focus()
  }
  useKeys(letterKeys ? [
    { id: 'list.next', keys: 'J', label: 'Next row', where: label, run: () => focusRow(focusedIndex(body.current, rows, activeIndex - 1) + 1) },
    { id: 'list.previous', keys: 'K', label: 'Previous row', where: label, run: () => focusRow(focusedIndex(body.current, rows, activeIndex + 1) - 1) },
  ] : [])

  const toggle = (row: T) => {
    if (!onChosenChange || !chosen || isChoosable?.(row) === false) return
    onChosenChange(chosen.some((other) => other.id === row.id) ? chosen.filter((other) => other.id !== row.id) : [...chosen, row])
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTableRowElement>, row: T, index: number) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.altKey || event.metaKey) return
    const act = { ArrowDown: () => focusRow(index + 1), ArrowUp: () => focusRow(index - 1), Home: () => focusRow(0), End: () => focusRow(rows.length - 1), Enter: () => onOpen?.(row), ' ': () => toggle(row) }[event.key]
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }
  useEffect(() => {
    body.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest' })
  }, [activeId])

  const selection = chosen && onChosenChange
    ? {
        selectedRecords: [...chosen],
        onSelectedRecordsChange: onChosenChange,
        ...(isChoosable ? { isRecordSelectable: isChoosable } : {}),
        allRecordsSelectionCheckboxProps: { 'aria-label': 'Choose all' },
        getRecordSelectionCheckboxProps: (row: T) => ({ 'aria-label': props.chooseLabel?.(row) ?? 'Choose this row', tabIndex: -1 }),
      }
    : {}
  const sorting = props.sort ? { sortStatus: props.sort, ...(props.onSortChange ? { onSortStatusChange: props.onSortChange } : {}) } : {}

  if (rows.length === 0) return empty ?? <EmptyState title="Nothing here yet" />
  return (
    <MantineDataTable<T>
      aria-label={label}
      records={[...rows]}
      columns={[...columns]}
      idAccessor="id"
      bodyRef={(element) => void (body.current = element)}
      className={styles['root'] ?? ''}
      classNames={{ table: styles['table'] ?? '', header: styles['header'] ?? '' }}
      verticalSpacing={0}
      horizontalSpacing="md"
      highlightOnHover
      onRowClick={({ record }) => {
        onActiveChange?.(record)
        onOpen?.(record)
      }}
      rowClassName={() => (tight ? styles['tight'] : styles['row'])}
      customRowAttributes={(row, index) => ({
        'data-row': row.id,
        'data-active': row.id === activeId ? '' : undefined,
        'aria-selected': row.id === activeId ? true : undefined,
        tabIndex: index === activeIndex ? 0 : -1,
        onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>) => onKeyDown(event, row, index),
      })}
      {...selection}
      {...sorting}
    />
  )
}

function focusedIndex<T extends { id: string }>(body: HTMLElement | null, rows: readonly T[], otherwise: number): number {
  const id = document.activeElement instanceof HTMLElement && body?.contains(document.activeElement) ? document.activeElement.dataset['row'] : undefined
  return id === undefined ? otherwise : rows.findIndex((row) => row.id === id)
}
