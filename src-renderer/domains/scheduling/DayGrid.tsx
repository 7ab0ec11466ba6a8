import type { Day } from '#shared/domains/scheduling/contract.ts'
import { dateInZone, minuteOfDay, minutesBetween } from '#shared/kernel/time.ts'
import { useNow, useToday, useZone } from '#renderer/app/actor.tsx'
import { KeyHint, useShortcut } from '#renderer/app/keys/keys.tsx'
import { usePending } from '#renderer/app/network/state.ts'
import { gridClock } from '#renderer/ui/format.ts'
import { Person } from '#renderer/ui/Person.tsx'
import { scaleOf } from '#renderer/ui/schedule-grid-geometry.ts'
import { ScheduleGrid, type GridColumn, type GridMark } from '#renderer/ui/ScheduleGrid.tsx'
import type { Booking } from './useBooking.ts'
import { appointmentOf, type DayState } from './useDay.ts'
import type { Move } from './useMove.ts'
import { movingWords, timeWords, toneOf } from './view.fit.ts'
import { NO_ROOM } from './view.columns.ts'
import { itemOf } from './view.items.tsx'
import type { DayColumn, DayView } from './view.ts'
import styles from './Day.module.css'

const scales = { 5: scaleOf(5), 10: scaleOf(10), 15: scaleOf(15) }
/** Seven days, or as many rooms, side by side beside an open panel. */
const NARROW_COLUMN_PX = 112
/** Whoever has no room yet stands beside the others, and each has a name to be read. */
const WIDEST = 4

/** The rows of a day or a week as the generic grid draws them. While the booking panel is open, its offers and its wanted time stand in the grid. */
export function DayGrid({ state, day, view }: { state: DayState; day: Day; view: DayView }) {
  const zone = useZone()
  const now = useNow()
  const today = useToday()
  const isPending = usePending()
  const { calendar, activeId, move, panel, acts, grid } = state
  const canAct = acts !== undefined
  const isByProvider = calendar === 'day'
  const booking = panel.shown?.kind === 'book' && isByProvider ? state.booking : undefined
  const wanted = booking?.wanted
  // What the pointer holds is where the person looks already; scrolling would pull the day from under it.
  const { moving } = move
  const keyed = moving === undefined || moving.isHeld ? undefined : moving.startMin + (moving.isResizing ? moving.durationMin : 0)
  const revealed = keyed ?? (wanted && minuteOfDay(wanted.startsAt, zone))
  const hasToday = view.columns.some((column) => column.target.date === today)
  const conflictIds = new Set(wanted?.fit.kind === 'taken' ? wanted.fit.by.map((one) => one.id) : [])
  const columns = view.columns.map((column, i): GridColumn => ({
    id: column.id,
    label: [column.name, ...column.note].join(', '),
    head: <ColumnHead column={column} isToday={calendar === 'week' && column.target.date === today} number={calendar === 'week' ? undefined : i + 1} />,
    closed: column.closed,
    weight: column.id === NO_ROOM ? Math.min(WIDEST, Math.max(1, ...column.blocks.map((block) => block.lanes))) : 1,
    hasNow: column.target.date === today,
    items: column.blocks.map((block) => {
      const { id } = block.appointment
      return itemOf(block, { isConflict: conflictIds.has(id), isMoving: moving?.appointment.id === id, canAct, isUnsent: isPending('appointments', id) })
    }),
    marks: isByProvider ? [...(booking || moving ? [] : holeMarks(column, state, zone)), ...bookingMarks(column, day, booking, zone), ...movingMarks(column, move)] : movingMarks(column, move),
  }))
  return (
    <ScheduleGrid
      columns={columns} fromMin={view.fromMin} toMin={view.toMin} scale={scales[grid.step]} corner={<StepButton step={grid.step} onNext={grid.next} />} columnMinPx={isByProvider ? undefined : NARROW_COLUMN_PX}
      nowMin={hasToday ? minuteOfDay(now, zone) : undefined} activeId={activeId} onActivate={state.activate}
      revealMin={revealed}
      onOpen={(id) => panel.open({ kind: 'details', id })}
      onPick={canAct && calendar !== 'rooms' ? (columnId, minute) => pick(columnId, minute) : undefined}
      drag={canAct ? { onStart: (id) => begin(id, false), onOver: move.to, onResizeStart: (id) => begin(id, true), onResizeOver: move.resizeTo, onDrop: move.drop, onCancel: move.cancel } : undefined}
    />
  )

  function begin(id: string, isResizing: boolean): void {
    const one = appointmentOf(day, id)
    if (one) move.begin(one, { isHeld: true, isResizing })
  }
  function pick(columnId: string, minute: number): void {
    const target = view.columns.find((column) => column.id === columnId)?.target
    if (target) state.book({ ...target, minute })
  }
}

/** How fine the grid is; pressed, it is the next finer one. */
function StepButton({ step, onNext }: { step: number; onNext: () => void }) {
  return (
    <button type="button" className={styles['step']} {...useShortcut('day.grid')} aria-label={`Grid of ${step} minutes`} title="Grid of 5, 10 or 15 minutes" onClick={onNext}>
      {step} min
    </button>
  )
}

/** A time that became free and that somebody on the wait list fits; while the list is open, any such time. */
function holeMarks(column: DayColumn, { waitList, acts, panel, showWaitList }: DayState, zone: string): GridMark[] {
  if (!acts) return []
  const isListOpen = panel.shown?.kind === 'wait-list'
  return waitList.holes.filter((hole) => hole.slot.providerId === column.id && (hole.isFreed || isListOpen)).map((hole): GridMark => {
    const startMin = minuteOfDay(hole.slot.startsAt, zone)
    const endMin = startMin + minutesBetween(hole.slot.startsAt, hole.slot.endsAt)
    const isFirst = hole === (waitList.holes.find((one) => one.isFreed) ?? waitList.holes[0])
    return {
      key: `hole ${hole.slot.endsAt}`, startMin, endMin, tone: 'fits', onClick: () => showWaitList(hole),
      content: <HoleText span={`Free ${gridClock(startMin)} to ${gridClock(endMin)}`} matches={hole.matches.length} hasKey={isFirst} />,
    }
  })
}

/** Offers of this day with their number, and the typed time in the colour of how it fits. */
function bookingMarks(column: DayColumn, day: Day, booking: Booking | undefined, zone: string): GridMark[] {
  if (!booking) return []
  const offers = booking.wanted?.fit.kind === 'fits' ? [] : booking.offers
  const marks = offers.flatMap((offer, i): GridMark[] => {
    const isHere = offer.providerId === column.id && dateInZone(offer.startsAt, zone) === day.date && !overlapsEarlier(offers, i)
    const startMin = minuteOfDay(offer.startsAt, zone)
    return isHere ? [{ key: offer.startsAt, startMin, endMin: startMin + booking.durationMin, tone: 'fits', content: <MarkText text={`${gridClock(startMin)} fits`} number={i + 1} />, onClick: () => booking.take(offer) }] : []
  })
  const { wanted } = booking
  if (wanted?.providerId === column.id && wanted.fit.kind !== 'taken') {
    const startMin = minuteOfDay(wanted.startsAt, zone)
    marks.push({ key: 'wanted', startMin, endMin: startMin + booking.durationMin, tone: toneOf(wanted.fit), content: <MarkText text={timeWords(gridClock(startMin), wanted.fit)} /> })
  }
  return marks
}

/** Quarter hours in a row overlap when the visit is longer; the grid shows the first of them. */
const overlapsEarlier = (offers: Booking['offers'], at: number): boolean => {
  const offer = offers[at]
  return offer !== undefined && offers.slice(0, at).some((other) => other.providerId === offer.providerId && other.endsAt > offer.startsAt && other.startsAt < offer.endsAt)
}

function movingMarks(column: DayColumn, { moving }: Move): GridMark[] {
  if (moving?.columnId !== column.id) return []
  return [{ key: 'moving', startMin: moving.startMin, endMin: moving.startMin + moving.durationMin, tone: toneOf(moving.fit), content: <MarkText text={movingWords(moving)} /> }]
}

function HoleText({ span, matches, hasKey }: { span: string; matches: number; hasKey: boolean }) {
  return (
    <>
      <span className={styles['hole']}>
        <strong>{span}</strong>
        <span>{matches} on the wait list {matches === 1 ? 'fits' : 'fit'}</span>
      </span>
      {hasKey && <KeyHint of="day.fill" />}
    </>
  )
}

function MarkText({ text, number }: { text: string; number?: number }) {
  return (
    <>
      <span className={styles['markText']}>{text}</span>
      {number !== undefined && <KeyHint keys={String(number)} />}
    </>
  )
}

function ColumnHead({ column, isToday, number }: { column: DayColumn; isToday: boolean; number: number | undefined }) {
  return (
    <div className={styles['columnHead']} data-today={isToday || undefined}>
      {column.person && <Person name={column.person} size={26} />}
      <div className={styles['columnText']}>
        <h2>{column.name}</h2>
        <div className={styles['columnNote']}>
          {column.note.map((part, i) => (
            <span key={part}>{i > 0 ? `· ${part}` : part}</span>
          ))}
        </div>
      </div>
      {number !== undefined && number <= 9 && <KeyHint keys={String(number)} />}
    </div>
  )
}
