import { Select } from '@mantine/core'
import { useState } from 'react'
import type { StaffMember } from '#shared/domains/clinic/model.ts'
import type { PlainDate } from '#shared/kernel/time.ts'
import { staffName, useToday } from '#renderer/app/actor.tsx'
import { useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { DateField } from '#renderer/ui/fields.tsx'
import { FieldRow } from '#renderer/ui/form.tsx'
import { date } from '#renderer/ui/format.ts'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import styles from './Schedule.module.css'

/** Who stands in for a provider: on those days the charts of the one are open to the other. */
export function CoverCard({ provider }: { provider: StaffMember }) {
  const cover = useApiQuery('access.listCover', {})
  const remove = useCommand('access.removeCover')
  const own = cover.data?.filter((one) => one.provider.id === provider.id) ?? []
  return (
    <Card title="Cover" note={own.length > 0 ? String(own.length) : undefined}>
      <QueryState query={cover} what="The cover list" />
      {cover.data && own.length === 0 && <p className={styles['quiet']}>Nobody stands in. Whoever does reads this provider’s charts on those days.</p>}
      <ul role="list" className={styles['blocks']}>
        {own.map((one) => (
          <li key={one.id}>
            <span><strong>{staffName(one.by)}</strong> {date(one.fromOn)} to {date(one.untilOn)}</span>
            <ActionButton size="compact-xs" aria-label={`Remove ${staffName(one.by)}`} onClick={() => void remove.run({ id: one.id }).catch(() => undefined)}>Remove</ActionButton>
          </li>
        ))}
      </ul>
      {remove.refusal && <Notice tone="bad">{errorText(remove.refusal)}</Notice>}
      <NewCover provider={provider} />
    </Card>
  )
}

function NewCover({ provider }: { provider: StaffMember }) {
  const today = useToday()
  const staff = useApiQuery('clinic.listStaff', {})
  const add = useCommand('access.addCover')
  const [byStaffId, setBy] = useState<string | null>(null)
  const [from, setFrom] = useState<PlainDate | undefined>(today)
  const [until, setUntil] = useState<PlainDate | undefined>(today)
  const missing = byStaffId === null ? 'Choose who stands in.' : !from || !until ? 'A day cannot be read.' : undefined
  const submit = () => {
    if (byStaffId === null || !from || !until) return
    void add.run({ id: newId(), providerId: provider.id, byStaffId, fromOn: from, untilOn: until }).then(() => setBy(null), () => undefined)
  }
  return (
    <form className={styles['newBlock']} aria-label="New cover" onSubmit={(event) => { event.preventDefault(); submit() }}>
      <Select label="Who stands in" searchable data={(staff.data ?? []).filter((one) => one.isActive && one.id !== provider.id).map((one) => ({ value: one.id, label: staffName(one) }))} value={byStaffId} onChange={setBy} />
      <FieldRow>
        <DateField label="First day" kind="day" value={from} onChange={setFrom} />
        <DateField label="Last day" kind="day" value={until} onChange={setUntil} />
      </FieldRow>
      {add.refusal && <Notice tone="bad" title="Not added.">{errorText(add.refusal)}</Notice>}
      <div className={styles['foot']}>
        <ActionButton type="submit" running={add.isRunning} disabledReason={missing} reasonAt="left">Add cover</ActionButton>
      </div>
    </form>
  )
}
