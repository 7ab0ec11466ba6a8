import { useState } from 'react'
import { plainType, type AppointmentType } from '#shared/domains/scheduling/model.ts'
import { limits } from '#shared/kernel/limits.ts'
import { useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { duration } from '#renderer/ui/format.ts'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import styles from './Schedule.module.css'

/** The kinds of visit with their usual length. One that is taken off the list stays with the visits that had it. */
export function TypesCard() {
  const types = useApiQuery('scheduling.listTypes', {})
  const save = useCommand('scheduling.saveType')
  const [editing, setEditing] = useState<AppointmentType>()
  const list = types.data ?? []
  const run = async (type: AppointmentType) => {
    try {
      await save.run(type)
      setEditing(undefined)
      return true
    } catch {
      return false // Said in place below.
    }
  }
  const takeOff = async (type: AppointmentType) => {
    if (await run({ ...type, isActive: false })) showToast({ text: type.name, strong: 'taken off the list', undo: () => run(type) })
  }
  return (
    <Card title="Visit types" note={String(list.length)}>
      <QueryState query={types} what="The visit types" />
      <ul role="list" className={styles['blocks']}>
        {list.map((type) => (
          <li key={type.id}>
            <span>
              <strong>{type.name}</strong> {duration(type.durationMin)}
            </span>
            <span className={styles['rowActs']}>
              <ActionButton size="compact-xs" aria-label={`Change ${type.name}`} onClick={() => setEditing(type)}>
                Change
              </ActionButton>
              <ActionButton size="compact-xs" aria-label={`Take ${type.name} off the list`} onClick={() => void takeOff(type)}>
                Take off
              </ActionButton>
            </span>
          </li>
        ))}
      </ul>
      {save.refusal && <Notice tone="bad">{errorText(save.refusal)}</Notice>}
      <TypeForm key={editing?.id ?? `new ${list.length}`} type={editing} onSave={(given) => run({ ...plainType, ...editing, id: editing?.id ?? newId(), isActive: true, sortOrder: editing?.sortOrder ?? (list.at(-1)?.sortOrder ?? 0) + 1, ...given })} />
    </Card>
  )
}

function TypeForm({ type, onSave }: { type: AppointmentType | undefined; onSave: (given: Pick<AppointmentType, 'name' | 'durationMin'>) => Promise<boolean> }) {
  const [name, setName] = useState(type?.name ?? '')
  const [minutes, setMinutes] = useState(type ? String(type.durationMin) : '')
  const durationMin = /^\d{1,3}$/.test(minutes.trim()) ? Number(minutes) : 0
  const isPossible = durationMin >= limits.appointment_minutes_min && durationMin <= limits.appointment_minutes_max
  const missing = name.trim() === '' ? 'Give it a name.' : isPossible ? undefined : `Give its length, ${limits.appointment_minutes_min} to ${limits.appointment_minutes_max} minutes.`
  return (
    <form className={styles['newType']} aria-label={type ? `Change ${type.name}` : 'New visit type'} onSubmit={(event) => { event.preventDefault(); if (!missing) void onSave({ name: name.trim(), durationMin }) }}>
      <TextField label="Visit type" autoComplete="off" maxLength={limits.name_chars} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <TextField label="Minutes" inputMode="numeric" autoComplete="off" value={minutes} onChange={(event) => setMinutes(event.currentTarget.value)} />
      <ActionButton type="submit" disabledReason={missing} reasonAt="hidden">
        {type ? 'Save' : 'Add'}
      </ActionButton>
    </form>
  )
}
