import type { Member } from '#shared/domains/network/model.ts'
import { useNow, useToday, useZone } from '#renderer/app/actor.tsx'
import { isHere } from '#renderer/app/network/machines.ts'
import { Card } from '#renderer/ui/Card.tsx'
import { type Column, DataTable } from '#renderer/ui/DataTable.tsx'
import { dateTime } from '#renderer/ui/format.ts'
import { EmptyState } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { standingOf, waitingText } from './view.machines.ts'
import { holdingWords } from './words.ts'
import styles from './Network.module.css'

/** One line a machine: what it holds, how it stands, what it has not taken or sent yet. A row opens its panel. */
export function MachinesTable({ members, openId, onOpen }: { members: readonly Member[]; openId: string | undefined; onOpen: (member: Member) => void }) {
  const zone = useZone()
  const today = useToday()
  const now = useNow()
  const rest: Column<Member>[] = [
    { accessor: 'waits', title: 'Waits', width: 170, render: waitingText },
    { accessor: 'version', title: 'Cairn', width: 70, render: (row) => row.appVersion },
    { accessor: 'seen', title: 'Last seen', width: 155, render: (row) => (isHere(row) ? 'now' : dateTime(row.lastSeenAt, zone, today)) },
  ]
  return (
    <Card title="Machines" note="what each holds, and how it stands to the host" flush>
      <DataTable
        label="Machines" rows={members} activeId={openId} onOpen={onOpen}
        empty={<EmptyState title="No other machine yet">Add a machine: it gets its own copy of what its work needs, and goes on when this one is out of reach.</EmptyState>}
        columns={[
          { accessor: 'name', title: 'Machine', width: 160, render: (row) => <span className={styles['who']} data-off={row.revokedAt !== null || undefined}>{row.name}{row.isThis && ' (this one)'}</span> },
          { accessor: 'holds', title: 'Holds', render: holdingWords },
          { accessor: 'state', title: 'State', width: 195, render: (row) => <Tag tone={standingOf(row, now).tone}>{standingOf(row, now).words}</Tag> },
          // Its panel says these, and takes their place: what a machine holds is read whole.
          ...(openId === undefined ? rest : []),
        ]}
      />
    </Card>
  )
}
