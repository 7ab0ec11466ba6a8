import type { Candidate } from '#shared/domains/network/model.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { DataTable } from '#renderer/ui/DataTable.tsx'
import { dateTime } from '#renderer/ui/format.ts'
import { EmptyState } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { furthest, reachWords } from './view.machines.ts'
import styles from './Network.module.css'

interface CandidatesCardProps {
  found: { hostName: string; lastSeenAt: string | null; machines: readonly Candidate[] }
}

/** Who could take over, the one who loses least first. */
export function CandidatesCard({ found: { hostName, lastSeenAt, machines } }: CandidatesCardProps) {
  const zone = useZone()
  const today = useToday()
  const first = furthest(machines)
  const rows = machines.map((one) => ({ ...one, id: one.deviceId })).toSorted((a, b) => b.epoch - a.epoch || b.cursor - a.cursor)
  return (
    <Card title="2. Who takes its place" note={`${hostName} does not answer${lastSeenAt ? `; last seen ${dateTime(lastSeenAt, zone, today)}` : ''}`} flush>
      <DataTable
        label="Machines that could take over" rows={rows} activeId={first?.deviceId} letterKeys={false}
        empty={<EmptyState title="No other machine answers">Only what this computer has is known.</EmptyState>}
        columns={[
          { accessor: 'name', title: 'Machine', width: 220, render: (row) => <span className={styles['who']}>{row.name}{row.isThis && ' (this one)'}</span> },
          { accessor: 'standby', title: 'Holds', width: 150, render: (row) => (row.isStandby ? 'everything' : 'a part') },
          { accessor: 'reach', title: 'How much of the old host it has', render: (row) => reachWords(row, machines) },
          { accessor: 'state', title: 'State', width: 150, render: (row) => (row.isThis || row.isReachable ? <Tag tone="ok">Reachable</Tag> : <Tag tone="warn">Not reachable</Tag>) },
        ]}
      />
    </Card>
  )
}
