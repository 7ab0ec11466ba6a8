import type { Day } from '#shared/domains/scheduling/contract.ts'
import { canMove } from '#shared/domains/scheduling/rules.ts'
import { dateInZone, minuteOfDay, minutesBetween } from '#shared/kernel/time.ts'
import { useNow, useZone } from '#renderer/app/actor.tsx'
import { KeyHint } from '#renderer/app/keys/keys.tsx'
import { usePending } from '#renderer/app/network/state.ts'
import { gridClock } from '#renderer/ui/format.ts'
import { Person } from '#renderer/ui/Person.tsx'
import { ScheduleGrid, type GridColumn, type GridItem, type GridMark } from '#renderer/ui/ScheduleGrid.tsx'
import { stateColours, stateLooks } from '#renderer/ui/StateTag.tsx'
import { AppointmentBlock } from './AppointmentBlock.tsx'
import type { Booking } from './useBooking.ts'
import { appointmentOf, type DayState } from './useDay.ts'
import type { Move } from './useMove.ts'
import { movingWords, toneOf } from './view.fit.ts'
import type { Block, DayColumn, DayView } from './view.ts'
import styles from './Day.module.css'

/** The day's rows as the generic grid draws them. While the booking panel is open, its offers and its wanted time stand in the grid. */
export function DayGrid({ state, day, view }: { state: DayState; day: Day; view: DayView }) {
  const zone = useZone()
  const now = useNow()
  const isPending = usePending()
  const { activeId, move, panel, acts } = state
  const canAct = acts !== undefined
  const booking = panel.shown?.kind === 'book' ? state.booking : undefined
  const wanted = booking?.wanted
  // What the pointer holds is where the person looks already; scrolling would pull the day from under it.
  const keyed = move.moving?.isHeld ? undefined : move.moving?.startMin
  const revealed = keyed ?? (wanted && minuteOfDay(wanted.startsAt, zone))
  const nowMin = dateInZone(now, zone) === day.date ? minuteOfDay(now, zone) : undefined
  const conflictIds = new Set(wanted?.fit.kind === 'taken' ? wanted.fit.by.map((one) => one.id) : [])
  const columns = view.columns.map((column, i): GridColumn => ({
    id: column.providerId,
    label: [column.name, ...column.note].join(', '),
    head: <ColumnHead column={column} day={day} number={i + 1} />,
    closed: column.closed,
    items: column.blocks.map((block) => itemOf(block, { isConflict: conflictIds.has(block.appointment.id), isMoving: move.moving?.appointment.id === block.appointment.id, canAct, isUnsent: isPending('appointments', block.appointment.id) })),
    marks: [...(booking || move.moving ? [] : holeMarks(column, state, zone)), ...bookingMarks(column, day, booking, zone), ...movingMarks(column, move)],
  }))
  return (
    <ScheduleGrid
      columns={columns} fromMin={view.fromMin} toMin={view.toMin} nowMin={nowMin} activeId={activeId} onActivate={state.activate}
      revealMin={revealed}
      onOpen={(id) => panel.open({ kind: 'details', id })}
      onPick={canAct ? (providerId, minute) => panel.book({ isWalkIn: false, providerId, minute }) : undefined}
      drag={canAct ? { onStart: (id) => begin(id, day, move), onOver: move.to, onDrop: move.drop, onCancel: move.cancel } : undefined}
    />
  )
}

function begin(id: string, day: Day, move: Move): void {
  const one = appointmentOf(day, id)
  if (one) move.begin(one, { isHeld: true })
}

function itemOf(block: Block, { isConflict, isMoving, canAct, isUnsent }: { isConflict: boolean; isMoving: boolean; canAct: boolean; isUnsent: boolean }): GridItem {
  const { appointment: one } = block
  const look = isConflict ? 'conflict' : isMoving ? 'faded' : stateLooks[one.status].dashed ? 'dashed' : 'plain'
  return {
    id: one.id, startMin: block.startMin, endMin: block.endMin, lane: block.lane, lanes: block.lanes, label: isUnsent ? `${block.label}, waiting for the clinic` : block.label,
    style: stateColours(block.state), look, isUnsent, isDraggable: canAct && canMove(one.status), content: <AppointmentBlock block={block} isUnsent={isUnsent} />,
  }
}

/** A time that became free and that somebody on the wait list fits; while the list is open, any such time. */
function holeMarks(column: DayColumn, { waitList, acts, panel, showWaitList }: DayState, zone: string): GridMark[] {
  if (!acts) return []
  const isListOpen = panel.shown?.kind === 'wait-list'
  return waitList.holes.filter((hole) => hole.slot.providerId === column.providerId && (hole.isFreed || isListOpen)).map((hole): GridMark => {
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
    const isHere = offer.providerId === column.providerId && dateInZone(offer.startsAt, zone) === day.date && !overlapsEarlier(offers, i)
    const startMin = minuteOfDay(offer.startsAt, zone)
    return isHere ? [{ key: offer.startsAt, startMin, endMin: startMin + booking.durationMin, tone: 'fits', content: <MarkText text={`${gridClock(startMin)} fits`} number={i + 1} />, onClick: () => booking.take(offer) }] : []
  })
  const { wanted } = booking
  if (wanted?.providerId === column.providerId && wanted.fit.kind !== 'taken') {
    const startMin = minuteOfDay(wanted.startsAt, zone)
    marks.push({ key: 'wanted', startMin, endMin: startMin + booking.durationMin, tone: toneOf(wanted.fit), content: <MarkText text={movingWords(startMin, wanted.fit)} /> })
  }
  return marks
}

/** Quarter hours in a row overlap when the visit is longer; the grid shows the first of them. */
const overlapsEarlier = (offers: Booking['offers'], at: number): boolean => {
  const offer = offers[at]
  return offer !== undefined && offers.slice(0, at).some((other) => other.providerId === offer.providerId && other.endsAt > offer.startsAt && other.startsAt < offer.endsAt)
}

function movingMarks(column: DayColumn, { moving }: Move): GridMark[] {
  if (moving?.columnId !== column.providerId) return []
  return [{ key: 'moving', startMin: moving.startMin, endMin: moving.startMin + moving.durationMin, tone: toneOf(moving.fit), content: <MarkText text={movingWords(moving.startMin, moving.fit)} /> }]
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

function ColumnHead({ column, day, number }: { column: DayColumn; day: Day; number: number }) {
  const provider = day.providers.find((candidate) => candidate.id === column.providerId)
  return (
    <div className={styles['columnHead']}>
      <Person name={provider ? `${provider.givenName} ${provider.familyName}` : column.name} size={26} />
      <div className={styles['columnText']}>
        <h2>{column.name}</h2>
        <div className={styles['columnNote']}>
          {column.note.map((part, i) => (
            <span key={part}>{i > 0 ? `· ${part}` : part}</span>
          ))}
        </div>
      </div>
      {number <= 9 && <KeyHint keys={String(number)} />}
    </div>
  )
}
