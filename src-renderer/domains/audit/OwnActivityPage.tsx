import { useState } from 'react'
import type { AuditFilter } from '#shared/domains/audit/contract.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { QueryState } from '#renderer/ui/states.tsx'
import { Events, PageButtons, usePages } from './Events.tsx'
import { CommonFilters, NO_FILTER } from './Filters.tsx'
import styles from './Activity.module.css'

/** What the clinic's log says of the person who reads it, and of nobody else. */
export function OwnActivityPage() {
  const pages = usePages()
  const [filter, setFilter] = useState<AuditFilter>(NO_FILTER)
  const { actorId: _mine, ...own } = filter
  const query = useApiQuery('audit.mine', { ...own, before: pages.before, limit: 50 }, { keepPrevious: true })
  const change = (more: Partial<AuditFilter>) => {
    setFilter({ ...filter, ...more })
    pages.first()
  }
  return (
    <Screen
      title="My activity" meta="what the log says of you" body="fill"
      strip={<div className={styles['filters']}><CommonFilters filter={filter} onChange={change} /></div>}
      footer={<PageButtons pages={pages} page={query.data} />}
    >
      <div className={styles['list']}>
        <QueryState query={query} what="Your activity" />
        {query.data && <Events events={query.data.events} own />}
      </div>
    </Screen>
  )
}
