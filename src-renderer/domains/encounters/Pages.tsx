import { useQuery, type UseQueryOptions } from '@tanstack/react-query'
import { Fragment, type ReactNode, useState } from 'react'
import type { Refusal } from '#shared/rpc/errors.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { QueryState } from '#renderer/ui/states.tsx'
import styles from './Chart.module.css'

export interface Cursor {
  at: string
  id: string
}

export const PAGE_ROWS = 50

interface PagesProps<T> {
  /** `queryOptionsFor` of the list's procedure with this cursor. */
  page: (before: Cursor | null) => UseQueryOptions<T[], Refusal>
  cursorOf: (row: T) => Cursor
  /** One list item. */
  row: (row: T) => ReactNode
  keyOf: (row: T) => string
  what: string
  empty: string
  /** Rows with hairlines, or cards one below the other. */
  look?: 'rows' | 'groups'
}

/** A list that is read page by page as it is wanted; each page follows changes on its own. */
export function Pages<T>(props: PagesProps<T>) {
  const first = useQuery(props.page(null))
  if (!first.data) return <QueryState query={first} what={props.what} />
  if (first.data.length === 0) return <p className={styles['none']}>{props.empty}</p>
  return (
    <ul role="list" className={styles[props.look ?? 'rows']}>
      <PageRows {...props} before={null} />
    </ul>
  )
}

function PageRows<T>(props: PagesProps<T> & { before: Cursor | null }) {
  const { page, cursorOf, row, keyOf, what, before } = props
  const rows = useQuery(page(before))
  const [isMore, setMore] = useState(false)
  if (!rows.data) return <li><QueryState query={rows} what={what} /></li>
  const last = rows.data.at(-1)
  return (
    <>
      {rows.data.map((one) => <Fragment key={keyOf(one)}>{row(one)}</Fragment>)}
      {rows.data.length === PAGE_ROWS && last !== undefined && (isMore
        ? <PageRows {...props} before={cursorOf(last)} />
        : <li className={styles['more']}><ActionButton onClick={() => setMore(true)}>Show older</ActionButton></li>)}
    </>
  )
}
