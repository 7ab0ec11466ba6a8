import type { CSSProperties, ReactNode } from 'react'
import type { Block } from './Sheets.tsx'
import styles from './print.module.css'

export interface PrintColumn<T> {
  title: string
  /** CSS width: '70px', '1fr'. */
  width: string
  align?: 'left' | 'right'
  render: (row: T) => ReactNode
}

interface PrintTableOptions<T> {
  key: string
  rows: readonly T[]
  columns: readonly PrintColumn<T>[]
  rowKey: (row: T) => string
  /** 4 % zebra: for long lists only. */
  zebra?: boolean
  /** The totals that follow stay with the last row. */
  keepLastWithNext?: boolean
}

/** A table as blocks, one per row: it breaks between rows only and its head is repeated on each sheet. */
export function tableBlocks<T>({ key, rows, columns, rowKey, zebra = false, keepLastWithNext = false }: PrintTableOptions<T>): Block[] {
  const template: CSSProperties = { gridTemplateColumns: columns.map((column) => column.width).join(' ') }
  const head = (
    <div className={styles['tableHead']} style={template}>
      {columns.map((column) => (
        <span key={column.title} data-align={column.align}>
          {column.title}
        </span>
      ))}
    </div>
  )
  const lines = rows.map((row, index): Block => ({
    key: `${key}-${rowKey(row)}`,
    repeat: head,
    keepWithNext: keepLastWithNext && index === rows.length - 1,
    node: (
      <div className={styles['tableRow']} style={template} data-shade={(zebra && index % 2 === 1) || undefined}>
        {columns.map((column) => (
          <span key={column.title} data-align={column.align}>
            {column.render(row)}
          </span>
        ))}
      </div>
    ),
  }))
  return [{ key: `${key}-head`, node: head, keepWithNext: true }, ...lines]
}

export interface TotalLine {
  label: string
  amount: string
  /** The amount due or the instruction: the largest thing on the page. */
  isDue?: boolean
}

/** Sums at the right under their column. */
export function PrintTotals({ lines }: { lines: readonly TotalLine[] }) {
  return (
    <div className={styles['totals']}>
      {lines.map((line) => (
        <div key={line.label} data-due={line.isDue || undefined}>
          <span>{line.label}</span>
          <span>{line.amount}</span>
        </div>
      ))}
    </div>
  )
}

/** Facts side by side under small labels: patient, responsible party. */
export function PrintParties({ children }: { children: ReactNode }) {
  return <div className={styles['parties']}>{children}</div>
}

export function PrintParty({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles['party']}>
      <small>{label}</small>
      {children}
    </div>
  )
}

export function PrintHeading({ children }: { children: ReactNode }) {
  return <h2 className={styles['heading']}>{children}</h2>
}

export function PrintNote({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={styles['noteBox']}>
      <strong>{title}</strong>
      <p>{children}</p>
    </div>
  )
}

/** Two or three notes side by side. */
export function PrintColumns({ children }: { children: ReactNode }) {
  return <div className={styles['columns']}>{children}</div>
}
