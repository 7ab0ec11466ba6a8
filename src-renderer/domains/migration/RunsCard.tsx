import { useState } from 'react'
import type { ImportRun } from '#shared/domains/migration/contract.ts'
import { totalsOf } from '#shared/domains/migration/rules.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { Card } from '#renderer/ui/Card.tsx'
import { DataTable } from '#renderer/ui/DataTable.tsx'
import { dateTime } from '#renderer/ui/format.ts'
import { EmptyState, QueryState } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { SkipTable } from './ReportCard.tsx'
import { figure } from './view.ts'
import { statusWords } from './words.ts'
import styles from './Import.module.css'

/** Every import on record, and on opening one, what it left out. */
export function RunsCard() {
  const query = useApiQuery('migration.listRuns', {})
  const [opened, setOpened] = useState<ImportRun>()
  const zone = useZone()
  const today = useToday()
  return (
    <Card title="Earlier imports" flush>
      <QueryState query={query} what="The list of imports" />
      {query.data && (
        <DataTable
          label="Earlier imports" tight onOpen={setOpened}
          rows={query.data} empty={<EmptyState title="Nothing has been imported yet">What was taken, when and by whom will stand here.</EmptyState>}
          columns={[
            { accessor: 'startedAt', title: 'When', width: 170, render: (run) => dateTime(run.startedAt, zone, today) },
            { accessor: 'startedBy', title: 'By', render: (run) => run.startedBy },
            { accessor: 'status', title: 'How it ended', width: 130, render: (run) => <Tag tone={run.status === 'failed' ? 'warn' : 'plain'}>{statusWords[run.status]}</Tag> },
            { accessor: 'taken', title: 'Taken', width: 90, textAlign: 'right', render: (run) => figure(totalsOf(run.counts).taken) },
            { accessor: 'skipped', title: 'Left out', width: 90, textAlign: 'right', render: (run) => figure(totalsOf(run.counts).skipped) },
          ]}
        />
      )}
      {opened && <SkipsPanel run={opened} onClose={() => setOpened(undefined)} />}
    </Card>
  )
}

function SkipsPanel({ run, onClose }: { run: ImportRun; onClose: () => void }) {
  const query = useApiQuery('migration.listSkips', { runId: run.id })
  return (
    <SidePanel title="Left out of this import" onClose={onClose} width={470}>
      <div className={styles['skips']}>
        <QueryState query={query} what="The list of what was left out" />
        {query.data && (query.data.length === 0 ? <EmptyState title="Nothing that had a place here was left out" /> : <SkipTable skips={query.data} label="Left out" />)}
      </div>
    </SidePanel>
  )
}
