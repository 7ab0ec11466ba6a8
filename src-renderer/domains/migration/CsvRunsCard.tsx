import { useState } from 'react'
import type { CsvImport } from '#shared/domains/migration/csv/contract.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { ConfirmAction } from '#renderer/ui/ConfirmAction.tsx'
import { DataTable } from '#renderer/ui/DataTable.tsx'
import { dateTime } from '#renderer/ui/format.ts'
import { EmptyState, QueryState } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { figure } from './view.ts'
import { kindWords, stageWords } from './words.csv.ts'
import styles from './Import.module.css'

interface CsvRunsCardProps { onTakeBack: (id: string) => void; onGoOn: (run: CsvImport) => void; onOpen: (run: CsvImport) => void; isBusy: boolean }

/** Every table on record: its report is kept, and it can be taken back while nothing hangs on it. */
export function CsvRunsCard({ onTakeBack, onGoOn, onOpen, isBusy }: CsvRunsCardProps) {
  const query = useApiQuery('migration.listCsv', {})
  const [asked, setAsked] = useState<CsvImport>()
  const zone = useZone()
  const today = useToday()
  return (
    <Card title="Earlier tables" flush>
      <QueryState query={query} what="The list of tables" />
      {query.data && (
        <DataTable
          label="Earlier tables" tight letterKeys={false} rows={query.data} empty={<EmptyState title="No table has been imported yet">What was taken, when and by whom will stand here.</EmptyState>}
          columns={[
            { accessor: 'stagedAt', title: 'When', width: 170, render: (run) => dateTime(run.stagedAt, zone, today) },
            { accessor: 'kind', title: 'What', width: 120, render: (run) => kindWords[run.kind] },
            { accessor: 'stagedBy', title: 'By', render: (run) => run.stagedBy },
            { accessor: 'rowCount', title: 'Rows', width: 80, textAlign: 'right', render: (run) => figure(run.rowCount) },
            { accessor: 'stage', title: 'How it stands', width: 160, render: (run) => <Tag tone={run.stage === 'committing' || run.stage === 'undoing' ? 'warn' : 'plain'}>{stageWords[run.stage]}</Tag> },
            { accessor: 'acts', title: 'What can be done', width: 210, render: (run) => (
              <span className={styles['acts']}>
                {run.report.taken && <ActionButton size="xs" onClick={() => onOpen(run)}>Report</ActionButton>}
                {run.stage === 'committing' && !isBusy && <ActionButton size="xs" onClick={() => onGoOn(run)}>Go on</ActionButton>}
                {['done', 'committing', 'undoing'].includes(run.stage) && !isBusy && <ActionButton size="xs" onClick={() => setAsked(run)}>Take back</ActionButton>}
              </span>
            ) },
          ]}
        />
      )}
      {asked && (
        <ConfirmAction
          title={`Take back ${kindWords[asked.kind].toLowerCase()} of ${dateTime(asked.stagedAt, zone, today)}?`} confirmLabel="Take back" cancelLabel="Keep" onClose={() => setAsked(undefined)}
          onConfirm={() => {
            onTakeBack(asked.id)
            setAsked(undefined)
          }}
        >
          Every row that this import has made is removed. If something has been written since that hangs on one of them, nothing is.
        </ConfirmAction>
      )}
    </Card>
  )
}
