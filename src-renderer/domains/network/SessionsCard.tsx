import { useState } from 'react'
import type { DeviceSession } from '#shared/domains/devices/model.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { ConfirmAction } from '#renderer/ui/ConfirmAction.tsx'
import { DataTable, type Column } from '#renderer/ui/DataTable.tsx'
import { dateTime } from '#renderer/ui/format.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { proofWords, stateOf } from './view.ts'
import { doorWords } from './words.ts'
import styles from './Network.module.css'

/** Who is in now, with a way to end each; below, who was. */
export function SessionsCard({ live, past, letterKeys }: { live: readonly DeviceSession[]; past: readonly DeviceSession[]; letterKeys: boolean }) {
  const [activeId, setActiveId] = useState<string>()
  const [isAsking, setAsking] = useState(false)
  const end = useCommand('devices.endSession')
  const zone = useZone()
  const today = useToday()
  const others = live.filter((one) => !one.isOwn).length
  const stop = async (session: DeviceSession) => {
    if (await end.run({ id: session.id }).catch(() => undefined)) showToast({ text: 'Signed out', strong: session.personName })
  }
  const columns: Column<DeviceSession>[] = [
    { accessor: 'who', title: 'Person', width: 190, render: (row) => <span className={styles['who']}>{row.personName}{row.isOwn && ' (you)'}</span> },
    { accessor: 'state', title: 'State', width: 110, render: (row) => <Tag tone={stateOf(row).tone}>{stateOf(row).words}</Tag> },
    { accessor: 'since', title: 'Since', width: 140, render: (row) => dateTime(row.startedAt, zone, today) },
  ]
  return (
    <>
      <Card
        title="Signed in now" note="ending one signs the person out within a second; what they typed is in its draft" flush
        aside={<ActionButton size="compact-xs" disabledReason={others === 0 && 'Nobody else is signed in.'} reasonAt="left" onClick={() => setAsking(true)}>End all but mine</ActionButton>}
      >
        {end.refusal && <Notice tone="bad">{errorText(end.refusal)}</Notice>}
        <DataTable
          label="Signed in now" rows={live} letterKeys={letterKeys} activeId={activeId} onActiveChange={(row) => setActiveId(row.id)}
          columns={[
            ...columns,
            { accessor: 'seen', title: 'Last act', width: 140, render: (row) => (row.lastSeenAt ? dateTime(row.lastSeenAt, zone, today) : '') },
            { accessor: 'proof', title: 'Came in by', width: 110, render: (row) => row.proof && proofWords[row.proof] },
            { accessor: 'door', title: 'From', render: (row) => doorWords[row.door] ?? row.door },
            { accessor: 'end', title: 'End', width: 70, render: (row) => !row.isOwn && <ActionButton size="compact-xs" aria-label={`End the session of ${row.personName}`} onClick={() => void stop(row)}>End</ActionButton> },
          ]}
        />
      </Card>
      <Card title="Before" note="the latest" flush>
        <DataTable
          label="Past sessions" rows={past} activeId={activeId} onActiveChange={(row) => setActiveId(row.id)} letterKeys={false} tight
          columns={[...columns, { accessor: 'until', title: 'Until', width: 140, render: (row) => (row.endedAt ? dateTime(row.endedAt, zone, today) : 'not recorded') }, { accessor: 'door', title: 'From', render: (row) => doorWords[row.door] ?? row.door }]}
        />
      </Card>
      {isAsking && <EndAllDialog others={others} onClose={() => setAsking(false)} />}
    </>
  )
}

function EndAllDialog({ others, onClose }: { others: number; onClose: () => void }) {
  const end = useCommand('devices.endSessions')
  return (
    <ConfirmAction
      title={`End ${others === 1 ? 'the other session' : `${others} other sessions`}?`} confirmLabel="End them" cancelLabel="Leave them" onClose={onClose}
      onConfirm={async () => {
        if (await end.run({ userId: null }).catch(() => undefined)) onClose()
      }}
    >
      Everybody else is signed out at once and signs in again with their password. What they were typing is kept for them.
      {end.refusal && <Notice tone="bad">{errorText(end.refusal)}</Notice>}
    </ConfirmAction>
  )
}
