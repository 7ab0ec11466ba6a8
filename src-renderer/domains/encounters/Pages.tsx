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
  row: (row: T) => ReactNode
  keyOf: (row: T) => string
  what: string
  empty: string
  before?: Cursor | null
}

/** A list that is read page by page as it is wanted; each page follows changes on its own. */
export function Pages<T>(props: PagesProps<T>) {
  const { page, cursorOf, row, keyOf, what, empty, before = null } = props
  const rows = useQuery(page(before))
  const [isMore, setMore] = useState(false)
  const last = rows.data?.at(-1)
  if (!rows.data) return <QueryState query={rows} what={what} />
  if (rows.data.length === 0) return before === null ? <p className={styles['none']}>{empty}</p> : null
  return (
    <>
      {rows.data.map((one) => <Fragment key={keyOf(one)}>{row(one)}</Fragment>)}
      {rows.data.length === PAGE_ROWS && last !== undefined && (isMore
        ? <Pages {...props} before={cursorOf(last)} />
        : <div className={styles['more']}><ActionButton onClick={() => setMore(true)}>Show older</ActionButton></div>)}
    </>
  )
}
