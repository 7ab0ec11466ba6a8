import { useState } from 'react'
import type { BreakGlassEvent, ReviewOutcome } from '#shared/domains/access/model.ts'
import { staffName, useActor, useMay, useToday, useZone } from '#renderer/app/actor.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { count, date, dateTime, mrn } from '#renderer/ui/format.ts'
import { AllDone, EmptyState, Notice, QueryState } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { reasonWords, reviewWords } from './words.ts'
import styles from './Access.module.css'

/** Who opened whose chart in an emergency, for those who answer for privacy. */
export function EmergencyAccessPage() {
  const counts = useApiQuery('access.countBreakGlass', {})
  const { waiting = 0, overdue = 0 } = counts.data ?? {}
  return (
    <Screen title="Emergency access" meta={counts.data && (waiting === 0 ? 'nothing waits for review' : `${count(waiting, 'waits', 'wait')} for review${overdue > 0 ? ` · ${overdue} overdue` : ''}`)}>
      <QueryState query={counts} what="The list of emergency access" />
      <div className={styles['page']}>
        {counts.data?.isOfficer && <Reviews />}
        {counts.data && !counts.data.isOfficer && <EmptyState title="Privacy officers review this list">{waiting === 0 ? 'Nothing waits now.' : `${count(waiting, 'event waits', 'events wait')}. Ask a privacy officer to look.`}</EmptyState>}
      </div>
    </Screen>
  )
}

function Reviews() {
  const events = useApiQuery('access.listBreakGlass', {})
  const waiting = events.data?.filter((event) => event.review === null) ?? []
  const reviewed = events.data?.filter((event) => event.review !== null) ?? []
  return (
    <>
      <QueryState query={events} what="The list of emergency access" />
      {events.data && waiting.length === 0 && <AllDone title="Every emergency access was reviewed">New ones appear here as they happen.</AllDone>}
      {waiting.length > 0 && <Card title="To review" note="oldest first" flush>{waiting.map((event) => <Event key={event.id} event={event} />)}</Card>}
      {reviewed.length > 0 && <Card title="Reviewed" note="newest first" flush>{reviewed.map((event) => <Event key={event.id} event={event} />)}</Card>}
    </>
  )
}

function Event({ event }: { event: BreakGlassEvent }) {
  const zone = useZone()
  const today = useToday()
  const go = useGo()
  const { userId } = useActor()
  const maySeeLog = useMay('audit.read')
  const { review } = event
  return (
    <article className={styles['event']} aria-label={`${staffName(event.by)}, ${dateTime(event.openedAt, zone, today)}`}>
      <div className={styles['eventHead']}>
        <strong>{staffName(event.by)}</strong>
        <span>opened {event.patientName} <span className="code">MRN {mrn(event.mrn)}</span></span>
        {review ? <Tag tone={review.outcome === 'justified' ? 'ok' : 'bad'}>{reviewWords[review.outcome]}</Tag> : event.isOverdue ? <Tag tone="bad">Overdue since {date(event.dueOn)}</Tag> : <Tag tone="warn">Review by {date(event.dueOn)}</Tag>}
      </div>
      <div className={styles['quiet']}>{dateTime(event.openedAt, zone, today)} to {dateTime(event.endsAt, zone, today)} · {reasonWords[event.reason]}</div>
      <p className={styles['said']}>{event.explanation}</p>
      {review && <div className={styles['quiet']}>Reviewed by {staffName(review.by)}, {dateTime(review.at, zone, today)}{review.note && `: ${review.note}`}</div>}
      {!review && event.userId === userId && <div className={styles['quiet']}>This was you. Another privacy officer reviews it.</div>}
      {!review && event.userId !== userId && <ReviewForm id={event.id} />}
      {maySeeLog && <div><ActionButton size="compact-xs" variant="subtle" onClick={() => go(paths.activity(), { patientId: event.patientId })}>What was opened</ActionButton></div>}
    </article>
  )
}

function ReviewForm({ id }: { id: string }) {
  const review = useCommand('access.reviewBreakGlass')
  const [note, setNote] = useState('')
  const decide = (outcome: ReviewOutcome) => void review.run({ id, outcome, note: note.trim() }).catch(() => undefined)
  return (
    <>
      <div className={styles['review']}>
        <TextField label="What you found" autoComplete="off" value={note} onChange={(event) => setNote(event.currentTarget.value)} />
        <ActionButton running={review.isRunning} onClick={() => decide('justified')}>Justified</ActionButton>
        <ActionButton color="clay" variant="outline" running={review.isRunning} disabledReason={note.trim() === '' ? 'Say why in a few words.' : undefined} reasonAt="hidden" onClick={() => decide('not-justified')}>Not justified</ActionButton>
      </div>
      {review.refusal && <Notice tone="bad" title="Not kept.">{errorText(review.refusal)}</Notice>}
    </>
  )
}
