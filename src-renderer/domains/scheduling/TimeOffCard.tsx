import { useState } from 'react'
import type { StaffMember } from '#shared/domains/clinic/model.ts'
import type { ScheduleBlock, Stranded } from '#shared/domains/scheduling/model.ts'
import { limits } from '#shared/kernel/limits.ts'
import { addDays, instantInZone, type PlainDate } from '#shared/kernel/time.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { api, useApiQuery } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { DateField, optional, TextField } from '#renderer/ui/fields.tsx'
import { FieldRow } from '#renderer/ui/form.tsx'
import { dateTime } from '#renderer/ui/format.ts'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import { StrandedVisits, WouldStrand } from '#renderer/ui/Stranded.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { parseTime } from './view.booking.ts'
import styles from './Schedule.module.css'

const DAYS_AHEAD = 365

/** Time taken out of the hours: a meeting, a round, leave. Visits that stand in it stay; the day shows them over the hatch. */
export function TimeOffCard({ provider }: { provider: StaffMember }) {
  const today = useToday()
  const zone = useZone()
  const blocks = useApiQuery('scheduling.listBlocks', { from: today, to: addDays(today, DAYS_AHEAD) })
  const [problem, setProblem] = useState<string>()
  const [stranded, setStranded] = useState<readonly Stranded[]>([])
  const own = blocks.data?.filter((block) => block.providerId === provider.id) ?? []
  const attempt = async (act: () => Promise<unknown>) => {
    try {
      await act()
      setProblem(undefined)
      return true
    } catch (error) {
      setProblem(errorText(error))
      return false
    }
  }
  const remove = (block: ScheduleBlock) =>
    attempt(async () => {
      await api.scheduling.removeBlock({ id: block.id })
      showToast({ text: `${block.title}:`, strong: 'given back', undo: () => attempt(() => api.scheduling.addBlock({ ...block, id: newId() })) })
    })
  return (
    <Card title="Time off" note={own.length > 0 ? String(own.length) : undefined}>
      <QueryState query={blocks} what="The time off" />
      {blocks.data && own.length === 0 && <p className={styles['quiet']}>None planned for the next year.</p>}
      <ul role="list" className={styles['blocks']}>
        {own.map((block) => (
          <li key={block.id}>
            <span>
              <strong>{block.title}</strong> {dateTime(block.startsAt, zone, today)} to {dateTime(block.endsAt, zone, today)}
            </span>
            <ActionButton size="compact-xs" aria-label={`Remove ${block.title}`} onClick={() => void remove(block)}>
              Remove
            </ActionButton>
          </li>
        ))}
      </ul>
      {problem && <Notice tone="bad">{problem}</Notice>}
      <StrandedVisits visits={stranded} onDone={() => setStranded([])} />
      <NewBlock providerId={provider.id} onAdd={(block) => attempt(async () => setStranded((await api.scheduling.addBlock({ ...block, id: newId(), providerId: provider.id })).stranded))} />
    </Card>
  )
}

function NewBlock({ providerId, onAdd }: { providerId: string; onAdd: (block: Pick<ScheduleBlock, 'startsAt' | 'endsAt' | 'title'>) => Promise<boolean> }) {
  const today = useToday()
  const zone = useZone()
  const [title, setTitle] = useState('')
  const [first, setFirst] = useState<PlainDate | undefined>(today)
  const [last, setLast] = useState<PlainDate | undefined>(today)
  const [fromText, setFromText] = useState('')
  const [toText, setToText] = useState('')
  const from = fromText.trim() === '' ? 0 : parseTime(fromText)
  const to = toText.trim() === '' ? 1440 : parseTime(toText)
  const missing = title.trim() === '' ? 'Say what it is for.' : !first || !last || from === undefined || to === undefined ? 'A day or time cannot be read.' : undefined
  const span = first && last && from !== undefined && to !== undefined ? { startsAt: instantInZone(first, from, zone), endsAt: instantInZone(last, to, zone) } : undefined
  const isAsked = title.trim() !== '' && span !== undefined && span.startsAt < span.endsAt
  const would = useApiQuery('scheduling.wouldStrand', { kind: 'block', providerId, startsAt: span?.startsAt ?? '', endsAt: span?.endsAt ?? '' }, { enabled: isAsked })
  const add = async () => {
    if (!first || !last || from === undefined || to === undefined || missing) return
    if (await onAdd({ title: title.trim(), startsAt: instantInZone(first, from, zone), endsAt: instantInZone(last, to, zone) })) setTitle('')
  }
  return (
    <form className={styles['newBlock']} aria-label="New time off" onSubmit={(event) => { event.preventDefault(); void add() }}>
      <TextField label="What for" autoComplete="off" maxLength={limits.name_chars} value={title} onChange={(event) => setTitle(event.currentTarget.value)} />
      <FieldRow>
        <DateField label="First day" kind="day" value={first} onChange={(day) => { setFirst(day); if (day && (!last || last < day)) setLast(day) }} />
        <TextField label={optional('From')} autoComplete="off" value={fromText} onChange={(event) => setFromText(event.currentTarget.value)} />
      </FieldRow>
      <FieldRow>
        <DateField label="Last day" kind="day" value={last} onChange={setLast} />
        <TextField label={optional('To')} autoComplete="off" value={toText} onChange={(event) => setToText(event.currentTarget.value)} />
      </FieldRow>
      {isAsked && <WouldStrand visits={would.data} />}
      <div className={styles['foot']}>
        <ActionButton type="submit" disabledReason={missing} reasonAt="left">
          Take out
        </ActionButton>
      </div>
    </form>
  )
}
