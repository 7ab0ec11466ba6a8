import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import type { PlainDate } from '#shared/kernel/time.ts'
import { limits } from '#shared/kernel/limits.ts'
import { api, useApiQuery } from '#renderer/rpc/api.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import type { RosterActs } from './useRosterActs.ts'
import { nextWeek } from './view.ts'
import styles from './Roster.module.css'

/** A whole week at once: from the one before, from a template, or kept as one. */
export function WeekTools({ monday, acts, onHours }: { monday: PlainDate; acts: RosterActs; onHours: () => void }) {
  const templates = useApiQuery('staff.listTemplates', {})
  const [templateId, setTemplateId] = useState('')
  const [name, setName] = useState('')
  const chosen = templates.data?.find((one) => one.id === templateId) ?? templates.data?.[0]
  const keep = () => acts.attempt(async () => {
    const template = await api.staff.saveTemplate({ id: newId(), name: name.trim(), weekOf: monday })
    setName('')
    showToast({ text: template.name, strong: 'kept as a template', undo: () => void api.staff.removeTemplate({ id: template.id }) })
  })
  /** What a template held is in no week any more, so these have no undo and say so. */
  const replace = ({ id, name: kept }: { id: string; name: string }) => acts.attempt(async () => {
    await api.staff.saveTemplate({ id, name: kept, weekOf: monday })
    showToast({ text: kept, strong: 'is this week from now on' })
  })
  const remove = ({ id, name: kept }: { id: string; name: string }) => acts.attempt(async () => {
    await api.staff.removeTemplate({ id })
    showToast({ text: kept, strong: 'is no template any more' })
  })
  return (
    <div className={styles['tools']}>
      <ActionButton onClick={() => void acts.fill({ weekOf: monday, from: { kind: 'week', weekOf: nextWeek(monday, -1) } })}>Copy the week before</ActionButton>
      {chosen && templates.data && (
        <>
          <NativeSelect aria-label="Template" data={templates.data.map((one) => ({ value: one.id, label: one.name }))} value={chosen.id} onChange={(event) => setTemplateId(event.currentTarget.value)} />
          <ActionButton onClick={() => void acts.fill({ weekOf: monday, from: { kind: 'template', id: chosen.id } })}>Apply template</ActionButton>
          <ActionButton aria-label={`Replace template ${chosen.name} with this week`} onClick={() => void replace(chosen)}>Replace template</ActionButton>
          <ActionButton aria-label={`Remove template ${chosen.name}`} onClick={() => void remove(chosen)}>Remove template</ActionButton>
        </>
      )}
      <ActionButton onClick={onHours}>Hours report</ActionButton>
      <form className={styles['keep']} aria-label="Keep as template" onSubmit={(event) => { event.preventDefault(); if (name.trim()) void keep() }}>
        <TextField aria-label="Name of the template" placeholder="Name for this week" autoComplete="off" maxLength={limits.name_chars} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <ActionButton type="submit" disabledReason={name.trim() ? undefined : 'Give the template a name.'} reasonAt="hidden">Keep week as template</ActionButton>
      </form>
    </div>
  )
}
