import { useEffect, useRef, useState } from 'react'
import type { Day } from '#shared/domains/scheduling/contract.ts'
import { dateInZone, instantInZone, minuteOfDay, type PlainDate } from '#shared/kernel/time.ts'
import { useZone } from '#renderer/app/actor.tsx'
import { KeyHint, useKeys } from '#renderer/app/keys/keys.tsx'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { DateField, TextField } from '#renderer/ui/fields.tsx'
import { FieldRow } from '#renderer/ui/form.tsx'
import { clock, dayDate, time } from '#renderer/ui/format.ts'
import { Notice } from '#renderer/ui/states.tsx'
import type { ReviewLine, SeriesReview as Review } from './useSeriesReview.ts'
import { parseTime } from './view.booking.ts'
import { nameOf } from './view.fit.ts'
import { mayKeep, problemWords, whenWords } from './view.series.ts'
import panels from './Panels.module.css'
import styles from './Series.module.css'

const where = 'Series'

/** The dates one by one: what is in the way of each, the nearest time that fits, and a key for every decision. */
export function SeriesReview({ review, day, saveLabel }: { review: Review; day: Pick<Day, 'providers'>; saveLabel: string }) {
  const [editing, setEditing] = useState<string>()
  const { active, lines } = review
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    list.current?.querySelector<HTMLElement>('[data-active]')?.focus()
  }, [active?.key])
  const onActive = (id: string, keys: string, label: string, run: (line: ReviewLine) => void, when: (line: ReviewLine) => boolean = () => true) =>
    ({ id: `series.${id}`, keys, label, where, run: () => active && run(active), when: () => editing === undefined && active !== undefined && when(active) })
  useKeys([
    { id: 'series.up', keys: '↑', label: 'Date above', where, run: () => review.step(-1), when: () => editing === undefined },
    { id: 'series.down', keys: '↓', label: 'Date below', where, run: () => review.step(1), when: () => editing === undefined },
    onActive('take', 'T', 'Take the proposed time', review.takeProposal, (line) => line.state === 'open' && Boolean(line.checked?.proposal)),
    onActive('skip', 'X', 'Leave this date out, or in again', review.skip),
    onActive('change', 'C', 'Another day or time', (line) => setEditing(line.key)),
    onActive('keep', 'O', 'Keep it all the same', review.keep, (line) => line.state === 'open' && mayKeep(line.checked)),
    { id: 'series.take-all', keys: 'Shift+T', label: 'Take all proposed times', where, run: review.takeAll, when: () => editing === undefined },
    { id: 'series.save', keys: 'Ctrl+Enter', label: saveLabel, where, run: review.save },
  ])
  return (
    <div className={panels['view']}>
      <p className={panels['quiet']}>
        <KeyHint of="series.take" /> takes the proposed time, <KeyHint of="series.skip" /> leaves a date out, <KeyHint of="series.change" /> gives another. Nothing is written before the last step.
      </p>
      {review.problem && <Notice tone="bad">{review.problem}</Notice>}
      <ol ref={list} role="list" className={styles['lines']} aria-label="Dates of the series">
        {lines.map((line, i) => (
          <Line key={line.key} line={line} at={i} day={day} isActive={line.key === active?.key} review={review} isEditing={editing === line.key} onEdit={(isOpen) => setEditing(isOpen ? line.key : undefined)} />
        ))}
      </ol>
    </div>
  )
}

interface LineProps { line: ReviewLine; at: number; day: Pick<Day, 'providers'>; isActive: boolean; review: Review; isEditing: boolean; onEdit: (isOpen: boolean) => void }

function Line({ line, at, day, isActive, review, isEditing, onEdit }: LineProps) {
  const zone = useZone()
  const { checked, state } = line
  const isMoved = line.startsAt !== line.key
  return (
    <li className={styles['line']} data-state={state} data-active={isActive || undefined} tabIndex={isActive ? 0 : -1} aria-label={`${at + 1}. ${whenWords(line.startsAt, zone)}: ${stateWords(line)}`} onClick={() => review.choose(line.key)}>
      <span className={styles['lineNumber']}>{at + 1}</span>
      <span className={styles['lineBody']}>
        <span className={styles['lineWhen']}>
          <span>{dayDate(dateInZone(line.startsAt, zone))}</span> <strong>{time(line.startsAt, zone)}</strong> <span className={styles['lineWho']}>{nameOf(line.providerId, day)}</span>
          <span className={styles['lineState']}>{stateWords(line)}</span>
        </span>
        {isMoved && state !== 'skipped' && <span className={styles['lineNote']}>instead of {whenWords(line.key, zone)}</span>}
        {checked?.problem && state !== 'skipped' && <span className={styles['lineWhy']}>{problemWords(checked.problem, checked, day, zone)}.{state === 'kept' ? ' Booked all the same.' : ''}</span>}
        {isActive && !isEditing && (
          <span className={panels['acts']}>
            {state === 'open' && checked?.proposal && <ActionButton size="compact-xs" variant="filled" keyId="series.take" onClick={() => review.takeProposal(line)}>{proposalWords(line, day, zone)}</ActionButton>}
            {state === 'open' && mayKeep(checked) && <ActionButton size="compact-xs" keyId="series.keep" onClick={() => review.keep(line)}>Keep</ActionButton>}
            <ActionButton size="compact-xs" keyId="series.change" onClick={() => onEdit(true)}>Change</ActionButton>
            <ActionButton size="compact-xs" keyId="series.skip" onClick={() => review.skip(line)}>{line.isSkipped ? 'Put back' : 'Skip'}</ActionButton>
          </span>
        )}
        {isEditing && <LineEditor line={line} onDone={(startsAt) => { onEdit(false); if (startsAt) review.moveTo(line, startsAt) }} />}
      </span>
    </li>
  )
}

const words = { unknown: 'Looking …', fits: 'Fits', open: 'Does not fit', kept: 'Kept', skipped: 'Left out' } as const
const stateWords = ({ state }: ReviewLine): string => words[state]

function proposalWords({ checked, startsAt, providerId }: ReviewLine, day: Pick<Day, 'providers'>, zone: string): string {
  const to = checked?.proposal
  if (!to) return ''
  const when = dateInZone(to.startsAt, zone) === dateInZone(startsAt, zone) ? time(to.startsAt, zone) : whenWords(to.startsAt, zone)
  return to.providerId === providerId ? when : `${when}, ${nameOf(to.providerId, day)}`
}

function LineEditor({ line, onDone }: { line: ReviewLine; onDone: (startsAt: string | undefined) => void }) {
  const zone = useZone()
  const [date, setDate] = useState<PlainDate | undefined>(dateInZone(line.startsAt, zone))
  const [text, setText] = useState(clock(minuteOfDay(line.startsAt, zone)))
  const minute = parseTime(text)
  const isReadable = date !== undefined && minute !== undefined
  return (
    <form
      className={styles['editor']}
      onSubmit={(event) => {
        event.preventDefault()
        if (isReadable) onDone(instantInZone(date, minute, zone))
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onDone(undefined)
      }}
    >
      <FieldRow>
        <DateField label="Day" kind="day" value={date} onChange={setDate} autoFocus />
        <TextField label="Time" autoComplete="off" value={text} error={minute === undefined ? 'Write it like 10:30.' : undefined} onChange={(event) => setText(event.currentTarget.value)} />
      </FieldRow>
      <span className={panels['acts']}>
        <ActionButton size="compact-xs" variant="filled" type="submit" disabledReason={isReadable ? undefined : 'Give a day and a time.'} reasonAt="hidden">Set</ActionButton>
        <ActionButton size="compact-xs" onClick={() => onDone(undefined)}>Leave it</ActionButton>
      </span>
    </form>
  )
}
