import { Checkbox } from '@mantine/core'
import { type CSSProperties, type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useRef } from 'react'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { IconArrowDown, IconArrowUp, IconSelector } from './icons.ts'
import { EmptyState } from './states.tsx'
import { useWindowedRows } from './windowed-rows.ts'
import styles from './DataTable.module.css'

export interface Column<T> {
  /** Name of the column; also what `sort` refers to. */
  accessor: string
  title: ReactNode
  render: (row: T, index: number) => ReactNode
  textAlign?: 'left' | 'right'
  /** CSS width; without one the column takes what is left. */
  width?: number | string
  sortable?: boolean
}

export interface Sort {
  columnAccessor: string
  direction: 'asc' | 'desc'
}

export interface DataTableProps<T extends { id: string }> {
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
  sort?: Sort
  onSortChange?: (sort: Sort) => void
  empty?: ReactNode
  /** 34 px rows; tight 29. */
  tight?: boolean
  /** Two lines a row. */
  tall?: boolean
  /** J and K work from anywhere on the screen; off when a screen has two tables. */
  letterKeys?: boolean
}

/**
 * The table of every list: one line per row, hairlines, no zebra. A row is a button: arrows or J and K move,
 * Enter opens, Space chooses. Only one row is in the tab order.
 */
export function DataTable<T extends { id: string }>(props: DataTableProps<T>) {
  const { rows, columns, label, activeId, onActiveChange, onOpen, chosen, onChosenChange, isChoosable, empty, tight = false, tall = false, letterKeys = true } = props
  const scroller = useRef<HTMLDivElement>(null)
  const rowHeight = tall ? 54 : tight ? 29 : 34
  const activeIndex = Math.max(0, rows.findIndex((row) => row.id === activeId))
  const visible = useWindowedRows({ scroller, amount: rows.length, rowHeight })

  const focusRow = (index: number) => {
    const place = Math.max(0, Math.min(rows.length - 1, index))
    const row = rows[place]
    if (!row) return
    onActiveChange?.(row)
    visible.show(place)
    rowElement(scroller.current, row.id)?.focus()
  }
  const from = (otherwise: number) => focusedIndex(scroller.current, rows) ?? otherwise
  useKeys(letterKeys ? [
    { id: 'list.next', keys: 'J', label: 'Next row', where: label, run: () => focusRow(from(activeIndex - 1) + 1) },
    { id: 'list.previous', keys: 'K', label: 'Previous row', where: label, run: () => focusRow(from(activeIndex + 1) - 1) },
  ] : [])

  const toggle = (row: T) => {
    if (!onChosenChange || !chosen || isChoosable?.(row) === false) return
    onChosenChange(chosen.some((other) => other.id === row.id) ? chosen.filter((other) => other.id !== row.id) : [...chosen, row])
  }
  const onKeyDown = (event: KeyboardEvent, row: T, index: number) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.altKey || event.metaKey) return
    const act = { ArrowDown: () => focusRow(index + 1), ArrowUp: () => focusRow(index - 1), Home: () => focusRow(0), End: () => focusRow(rows.length - 1), Enter: () => onOpen?.(row), ' ': () => toggle(row) }[event.key]
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }
  useEffect(() => {
    if (activeId !== undefined) scroller.current?.querySelector('[data-active]')?.scrollIntoView?.({ block: 'nearest' })
  }, [activeId])

  if (rows.length === 0) return empty ?? <EmptyState title="Nothing here yet" />
  const hasChoice = chosen !== undefined && onChosenChange !== undefined
  const span = columns.length + (hasChoice ? 1 : 0)
  return (
    <div ref={scroller} className={styles['scroller']} onScroll={visible.onScroll}>
      <table className={styles['table']} aria-label={label} aria-rowcount={rows.length + 1}>
        <Head {...props} />
        <tbody>
          {visible.before > 0 && <Gap height={visible.before} span={span} />}
          {rows.slice(visible.from, visible.to).map((row, offset) => {
            const index = visible.from + offset
            const isActive = row.id === activeId
            return (
              <tr
                key={row.id}
                className={styles['row']}
                style={{ height: rowHeight }}
                data-row={row.id}
                data-active={isActive ? '' : undefined}
                aria-current={isActive || undefined}
                aria-rowindex={index + 2}
                tabIndex={index === activeIndex ? 0 : -1}
                onKeyDown={(event) => onKeyDown(event, row, index)}
                onClick={(event) => {
                  onActiveChange?.(row)
                  if (!isOwnControl(event)) onOpen?.(row)
                }}
              >
                {hasChoice && (
                  <td className={styles['choice']} onClick={(event) => event.stopPropagation()}>
                    <Checkbox
                      tabIndex={-1}
                      aria-label={props.chooseLabel?.(row) ?? 'Choose this row'}
                      checked={chosen.some((other) => other.id === row.id)}
                      disabled={isChoosable?.(row) === false}
                      onChange={() => toggle(row)}
                    />
                  </td>
                )}
                {columns.map((column) => (
                  <td key={column.accessor} data-align={column.textAlign}>
                    {column.render(row, index)}
                  </td>
                ))}
              </tr>
            )
          })}
          {visible.after > 0 && <Gap height={visible.after} span={span} />}
        </tbody>
      </table>
    </div>
  )
}

/** Stands for the rows that are not drawn, so that the scroll bar is right. */
/** A button or a link within a row does what it says and does not open the row as well. */
const isOwnControl = ({ target, currentTarget }: MouseEvent<HTMLElement>): boolean => {
  const control = target instanceof Element ? target.closest('button, a, input, label') : null
  return control !== null && currentTarget.contains(control)
}

function Gap({ height, span }: { height: number; span: number }) {
  return (
    <tr aria-hidden style={{ height }}>
      <td colSpan={span} />
    </tr>
  )
}

function Head<T extends { id: string }>({ rows, columns, chosen, onChosenChange, isChoosable, sort, onSortChange }: DataTableProps<T>) {
  const choosable = rows.filter((row) => isChoosable?.(row) !== false)
  return (
    <thead>
      <tr>
        {chosen && onChosenChange && (
          <th className={styles['choice']}>
            <Checkbox
              aria-label="Choose all"
              checked={choosable.length > 0 && chosen.length === choosable.length}
              indeterminate={chosen.length > 0 && chosen.length < choosable.length}
              onChange={() => onChosenChange(chosen.length === choosable.length ? [] : choosable)}
            />
          </th>
        )}
        {columns.map((column) => (
          <HeadCell key={column.accessor} column={column} sort={sort} onSortChange={onSortChange} />
        ))}
      </tr>
    </thead>
  )
}

interface HeadCellProps<T> {
  column: Column<T>
  sort: Sort | undefined
  onSortChange: ((sort: Sort) => void) | undefined
}

function HeadCell<T>({ column, sort, onSortChange }: HeadCellProps<T>) {
  const direction = sort?.columnAccessor === column.accessor ? sort.direction : undefined
  const style: CSSProperties = column.width === undefined ? {} : { width: column.width }
  if (!column.sortable || !onSortChange) {
    return (
      <th scope="col" style={style} data-align={column.textAlign}>
        {column.title}
      </th>
    )
  }
  const Icon = direction === 'asc' ? IconArrowUp : direction === 'desc' ? IconArrowDown : IconSelector
  const sorted = direction === 'asc' ? 'ascending' : direction === 'desc' ? 'descending' : 'none'
  return (
    <th scope="col" style={style} data-align={column.textAlign} aria-sort={sorted}>
      <button type="button" className={styles['sort']} onClick={() => onSortChange({ columnAccessor: column.accessor, direction: direction === 'asc' ? 'desc' : 'asc' })}>
        {column.title}
        <Icon size={13} stroke={1.8} />
      </button>
    </th>
  )
}

function rowElement(root: HTMLElement | null, id: string): HTMLElement | undefined {
  return [...(root?.querySelectorAll<HTMLElement>('[data-row]') ?? [])].find((element) => element.dataset['row'] === id)
}

function focusedIndex<T extends { id: string }>(root: HTMLElement | null, rows: readonly T[]): number | undefined {
  const focused = document.activeElement
  const id = focused instanceof HTMLElement && root?.contains(focused) ? focused.dataset['row'] : undefined
  return id === undefined ? undefined : rows.findIndex((row) => row.id === id)
}
