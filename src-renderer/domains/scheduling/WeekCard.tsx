import { useState } from 'react'
import type { StaffMember } from '#shared/domains/clinic/model.ts'
import type { AvailabilityRule, Stranded } from '#shared/domains/scheduling/model.ts'
import { areHoursSound } from '#shared/domains/scheduling/rules.ts'
import type { PlainDate } from '#shared/kernel/time.ts'
import { useToday } from '#renderer/app/actor.tsx'
import { useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { DateField, TextField } from '#renderer/ui/fields.tsx'
import { Form } from '#renderer/ui/form.tsx'
import { date } from '#renderer/ui/format.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { StrandedVisits, WouldStrand } from '#renderer/ui/Stranded.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { nextWeekFrom, parseSpans, spansText, weekdays, weekOn, weekOrder } from './view.hours.ts'
import { providerName } from './view.ts'
import styles from './Schedule.module.css'

interface WeekCardProps {
  provider: StaffMember
  hours: readonly AvailabilityRule[]
}

/** One line a day, as people write it: "8-12, 1-5". It holds from a day on; the days before keep the old week. */
export function WeekCard({ provider, hours }: WeekCardProps) {
  const today = useToday()
  const setHours = useCommand('scheduling.setHours')
  const [from, setFrom] = useState<PlainDate | undefined>(today)
  const [texts, setTexts] = useState(() => textsOf(weekOn(hours, provider.id, today)))
  const planned = nextWeekFrom(hours, provider.id, today)
  const week = weekOrder.map((weekday) => ({ weekday, text: texts[weekday] ?? '', spans: parseSpans(texts[weekday] ?? '') }))
  const problem = problemOf(week, from)
  const [stranded, setStranded] = useState<readonly Stranded[]>([])
  const wanted = week.flatMap(({ weekday, spans }) => (spans ?? []).map((span) => ({ weekday, startMin: span.startMin, endMin: span.endMin })))
  const isChanged = JSON.stringify(texts) !== JSON.stringify(textsOf(weekOn(hours, provider.id, today)))
  const would = useApiQuery('scheduling.wouldStrand', { kind: 'hours', providerId: provider.id, from: from ?? today, hours: wanted }, { enabled: isChanged && !problem, keepPrevious: true })

  const save = async () => {
    if (problem || !from) return
    const rows = wanted.map((row) => ({ id: newId(), ...row }))
    try {
      setStranded((await setHours.run({ providerId: provider.id, from, hours: rows })).stranded)
      showToast({ text: `Hours of ${providerName(provider)} hold from`, strong: date(from) })
    } catch {
      // Said in place below.
    }
  }
  return (
    <Card title="Week" note={planned ? `another week is planned from ${date(planned)}` : undefined}>
      <Form where="Hours" submitLabel="Save hours" onSubmit={() => void save()} enterMoves>
        {week.map(({ weekday, text, spans }) => (
          <TextField
            key={weekday}
            label={weekdays[weekday]}
            autoComplete="off"
            value={text}
            error={spans === undefined ? 'Write it like 8-12, 1-5.' : spans.length > 0 && !areHoursSound(spans.map((span) => ({ ...span, weekday }))) ? 'These times overlap, or one ends before it begins.' : undefined}
            description={spans?.length === 0 ? 'Not in' : undefined}
            onChange={(event) => {
              const typed = event.currentTarget.value
              setTexts((now) => ({ ...now, [weekday]: typed }))
            }}
            onBlur={() => spans && spans.length > 0 && setTexts((now) => ({ ...now, [weekday]: spansText(spans) }))}
          />
        ))}
        <DateField label="Holds from" kind="day" value={from} onChange={setFrom} />
        {isChanged && !problem && <WouldStrand visits={would.data} />}
        <StrandedVisits visits={stranded} onDone={() => setStranded([])} />
        {setHours.refusal && <Notice tone="bad">{errorText(setHours.refusal)}</Notice>}
        <div className={styles['foot']}>
          <ActionButton type="submit" variant="filled" keyId="form.submit" running={setHours.isRunning} disabledReason={problem} reasonAt="left">
            Save hours
          </ActionButton>
        </div>
      </Form>
    </Card>
  )
}

const textsOf = (week: ReturnType<typeof weekOn>): Record<number, string> => Object.fromEntries(weekOrder.map((weekday) => [weekday, spansText(week[weekday] ?? [])]))

function problemOf(week: readonly { weekday: number; spans: ReturnType<typeof parseSpans> }[], from: PlainDate | undefined): string | undefined {
  const odd = week.find(({ weekday, spans }) => !spans || !areHoursSound(spans.map((span) => ({ ...span, weekday }))))
  if (odd) return `${weekdays[odd.weekday] ?? 'A day'} cannot be read.`
  return from ? undefined : 'Say from which day it holds.'
}
