import { useState } from 'react'
import { plainType, type AppointmentType } from '#shared/domains/scheduling/model.ts'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { duration } from '#renderer/ui/format.ts'
import { IconCalendarEvent } from '#renderer/ui/icons.ts'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { TypeForm } from './TypeForm.tsx'
import { needsWords } from './view.types.ts'
import styles from './Schedule.module.css'
import day from './Day.module.css'

/** The kinds of visit with what each of them needs. One that is taken off the list stays with the visits that had it. */
export function TypesCard() {
  const types = useApiQuery('scheduling.listAllTypes', {})
  const save = useCommand('scheduling.saveType')
  const [editing, setEditing] = useState<AppointmentType>()
  const list = types.data ?? []
  const run = async (type: AppointmentType): Promise<boolean> => {
    try {
      await save.run(type)
      setEditing(undefined)
      return true
    } catch {
      return false // Said in place below.
    }
  }
  const turn = async (type: AppointmentType, isActive: boolean): Promise<void> => {
    if (await run({ ...type, isActive })) showToast({ text: type.name, strong: isActive ? 'back on the list' : 'taken off the list', undo: () => run(type) })
  }
  const begin = (): void => setEditing({ ...plainType, id: newId(), name: '', durationMin: 15, isActive: true, sortOrder: Math.max(0, ...list.map((type) => type.sortOrder)) + 1 })
  const active = list.filter((type) => type.isActive)
  const off = list.filter((type) => !type.isActive)
  return (
    <Card title="Visit types" note={String(active.length)} aside={<ActionButton size="compact-xs" onClick={begin}>Add a type</ActionButton>}>
      <QueryState query={types} what="The visit types" />
      <ul role="list" className={styles['blocks']}>
        {active.map((type) => (
          <li key={type.id}>
            <span>
              <span className={day['typeDot']} data-colour={type.colour} aria-hidden />
              <strong>{type.name}</strong> {duration(type.durationMin)}
              <span className={styles['needs']}>{needsWords(type)}</span>
            </span>
            <span className={styles['rowActs']}>
              <ActionButton size="compact-xs" aria-label={`Change ${type.name}`} onClick={() => setEditing(type)}>Change</ActionButton>
              <ActionButton size="compact-xs" aria-label={`Take ${type.name} off the list`} onClick={() => void turn(type, false)}>Take off</ActionButton>
            </span>
          </li>
        ))}
      </ul>
      {off.length > 0 && (
        <>
          <p className={styles['quiet']}>Off the list</p>
          <ul role="list" className={styles['blocks']} aria-label="Off the list">
            {off.map((type) => (
              <li key={type.id}>
                <span>{type.name} {duration(type.durationMin)}</span>
                <ActionButton size="compact-xs" aria-label={`Put ${type.name} back on the list`} onClick={() => void turn(type, true)}>Put back</ActionButton>
              </li>
            ))}
          </ul>
        </>
      )}
      {save.refusal && !editing && <Notice tone="bad">{errorText(save.refusal)}</Notice>}
      {editing && (
        <SidePanel key={editing.id} title={editing.name === '' ? 'New visit type' : editing.name} icon={IconCalendarEvent} onClose={() => setEditing(undefined)}>
          <TypeForm type={editing} refused={save.refusal ? errorText(save.refusal) : undefined} isRunning={save.isRunning} onSave={(type) => void run(type)} />
        </SidePanel>
      )}
    </Card>
  )
}
