import { Select } from '@mantine/core'
import { useState } from 'react'
import { limits } from '#shared/kernel/limits.ts'
import type { PlainDate } from '#shared/kernel/time.ts'
import { useMay, useToday } from '#renderer/app/actor.tsx'
import { useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { DateField, optional, TextField } from '#renderer/ui/fields.tsx'
import { FieldRow, Form } from '#renderer/ui/form.tsx'
import { date } from '#renderer/ui/format.ts'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import { staffText } from './view.ts'
import styles from './Chart.module.css'

const becauseWords = { appointment: 'sees the patient', note: 'wrote or signed a note' } as const

/** Who may read this chart and why: by their work, or because a colleague brought them in. */
export function CareTeamCard({ patientId }: { patientId: string }) {
  const team = useApiQuery('access.careTeam', { patientId })
  const mayChange = useMay('care-team.write')
  const end = useCommand('access.endCareTeamMember')
  const [isAdding, setAdding] = useState(false)
  const { members = [], byWork = [] } = team.data ?? {}
  return (
    <Card title="Care team" note="who may read this chart" flush aside={mayChange && !isAdding && <ActionButton size="compact-xs" onClick={() => setAdding(true)}>Add a colleague</ActionButton>}>
      <QueryState query={team} what="The care team" />
      <ul role="list" className={styles['rows']}>
        {byWork.map(({ staff, because }) => (
          <li key={staff.id} className={styles['row']}>
            <div className={styles['rowMain']}><div className={styles['rowTitle']}>{staffText(staff)}</div></div>
            <span className={styles['rowAside']}>{becauseWords[because]}</span>
          </li>
        ))}
        {members.map((member) => (
          <li key={member.id} className={styles['row']}>
            <div className={styles['rowMain']}>
              <div className={styles['rowTitle']}>{staffText(member.staff)}</div>
              <div className={styles['rowNote']}>{member.reason} · since {date(member.fromOn)}{member.untilOn && ` until ${date(member.untilOn)}`}</div>
            </div>
            {mayChange && <ActionButton size="compact-xs" aria-label={`Take ${staffText(member.staff)} off the team`} onClick={() => void end.run({ id: member.id }).catch(() => undefined)}>Take off</ActionButton>}
          </li>
        ))}
      </ul>
      {team.data && members.length + byWork.length === 0 && <p className={styles['none']}>Nobody yet. The first appointment brings somebody in.</p>}
      {end.refusal && <Notice tone="bad" title="Not taken off.">{errorText(end.refusal)}</Notice>}
      {isAdding && <AddMember patientId={patientId} onDone={() => setAdding(false)} />}
    </Card>
  )
}

function AddMember({ patientId, onDone }: { patientId: string; onDone: () => void }) {
  const today = useToday()
  const staff = useApiQuery('clinic.listStaff', {})
  const add = useCommand('access.addCareTeamMember')
  const [staffId, setStaffId] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState<PlainDate>()
  const missing = staffId === null ? 'Choose a colleague.' : reason.trim() === '' ? 'Say what for.' : undefined
  const submit = async () => {
    if (staffId === null || missing) return
    await add.run({ id: newId(), patientId, staffId, fromOn: today, untilOn: until ?? null, reason: reason.trim() }).then(onDone, () => undefined)
  }
  return (
    <div className={styles['teamForm']}>
      <Form submitLabel="Add to the team" where="Care team" onSubmit={() => void submit()}>
        <Select label="Colleague" searchable data={(staff.data ?? []).filter((one) => one.isActive).map((one) => ({ value: one.id, label: staffText(one) }))} value={staffId} onChange={setStaffId} />
        <FieldRow>
          <TextField label="What for" autoComplete="off" maxLength={limits.line_chars} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
          <DateField label={optional('Until')} kind="day" value={until} onChange={setUntil} />
        </FieldRow>
        {add.refusal && <Notice tone="bad" title="Not added.">{errorText(add.refusal)}</Notice>}
        <FieldRow>
          <ActionButton variant="subtle" onClick={onDone}>Leave it</ActionButton>
          <ActionButton type="submit" variant="filled" keyId="form.submit" running={add.isRunning} disabledReason={missing} reasonAt="left">Add to the team</ActionButton>
        </FieldRow>
      </Form>
    </div>
  )
}
