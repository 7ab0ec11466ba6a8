import { useState } from 'react'
import type { Holiday, Stranded } from '#shared/domains/scheduling/model.ts'
import { limits } from '#shared/kernel/limits.ts'
import { addDays, type PlainDate } from '#shared/kernel/time.ts'
import { useToday } from '#renderer/app/actor.tsx'
import { api, useApiQuery } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { DateField, TextField } from '#renderer/ui/fields.tsx'
import { FieldRow } from '#renderer/ui/form.tsx'
import { dayDate } from '#renderer/ui/format.ts'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import { StrandedVisits, WouldStrand } from '#renderer/ui/Stranded.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import styles from './Schedule.module.css'

const DAYS_AHEAD = 540

/** Days on which the clinic is closed; a shift on such a day is duty. */
export function HolidaysCard() {
  const today = useToday()
  const holidays = useApiQuery('scheduling.listHolidays', { from: today, to: addDays(today, DAYS_AHEAD) })
  const [problem, setProblem] = useState<string>()
  const [stranded, setStranded] = useState<readonly Stranded[]>([])
  const attempt = async (act: () => Promise<unknown>): Promise<boolean> => {
    try {
      await act()
      setProblem(undefined)
      return true
    } catch (error) {
      setProblem(errorText(error))
      return false
    }
  }
  const save = (holiday: Holiday) => attempt(async () => setStranded((await api.scheduling.saveHoliday(holiday)).stranded))
  const remove = (holiday: Holiday) => attempt(async () => {
    await api.scheduling.removeHoliday({ id: holiday.id })
    setStranded([])
    showToast({ text: `${holiday.name}:`, strong: 'a working day again', undo: () => save({ ...holiday, id: newId() }) })
  })
  return (
    <Card title="Holidays" note={holidays.data?.length ? String(holidays.data.length) : undefined}>
      <QueryState query={holidays} what="The holidays" />
      {holidays.data?.length === 0 && <p className={styles['quiet']}>None entered. On a holiday nobody has hours, unless they have a shift.</p>}
      <ul role="list" className={styles['blocks']}>
        {holidays.data?.map((holiday) => (
          <li key={holiday.id}>
            <span><strong>{holiday.name}</strong> {dayDate(holiday.date)}</span>
            <ActionButton size="compact-xs" aria-label={`Remove ${holiday.name}`} onClick={() => void remove(holiday)}>Remove</ActionButton>
          </li>
        ))}
      </ul>
      {problem && <Notice tone="bad">{problem}</Notice>}
      <StrandedVisits visits={stranded} onDone={() => setStranded([])} />
      <NewHoliday onAdd={(name, date) => save({ id: newId(), name, date })} />
    </Card>
  )
}

function NewHoliday({ onAdd }: { onAdd: (name: string, date: PlainDate) => Promise<boolean> }) {
  const [name, setName] = useState('')
  const [date, setDate] = useState<PlainDate>()
  const would = useApiQuery('scheduling.wouldStrand', { kind: 'holiday', date: date ?? '' }, { enabled: date !== undefined })
  const missing = !date ? 'Give the day.' : name.trim() === '' ? 'Give it a name.' : undefined
  const add = async () => {
    if (!date || missing) return
    if (await onAdd(name.trim(), date)) {
      setName('')
      setDate(undefined)
    }
  }
  return (
    <form className={styles['newBlock']} aria-label="New holiday" onSubmit={(event) => { event.preventDefault(); void add() }}>
      <FieldRow>
        <DateField label="Day" kind="day" value={date} onChange={setDate} />
        <TextField label="Name" autoComplete="off" maxLength={limits.name_chars} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      </FieldRow>
      {date && <WouldStrand visits={would.data} />}
      <div className={styles['foot']}><ActionButton type="submit" disabledReason={missing} reasonAt="left">Add holiday</ActionButton></div>
    </form>
  )
}
