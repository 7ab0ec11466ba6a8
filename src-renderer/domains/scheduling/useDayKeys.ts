import type { DayAppointment } from '#shared/domains/scheduling/model.ts'
import { canMove, canStep } from '#shared/domains/scheduling/rules.ts'
import type { PlainDate } from '#shared/kernel/time.ts'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import type { KeyDef } from '#renderer/app/keys/registry.ts'
import type { AppointmentActs } from './useActs.ts'
import type { Move } from './useMove.ts'
import type { Steps } from './useSteps.ts'
import type { CalendarView } from './view.place.ts'
import { nearestTo, neighbour, type DayView } from './view.ts'

const where = 'Day'

interface DayKeys {
  calendar: CalendarView
  view: DayView | undefined
  selected: DayAppointment | undefined
  canAct: boolean
  move: Move
  steps: Steps
  today: PlainDate
  /** The minute of the day the keys start from when nothing is chosen. */
  nowMin: number
  onSelect: (id: string | undefined) => void
  onBook: () => void
  onWalkIn: () => void
  onWaitList: () => void
  /** Undefined for those who do not keep the schedule. */
  onAbsent: (() => void) | undefined
  /** Undefined while nobody on the wait list fits. */
  onFill: (() => void) | undefined
  acts: AppointmentActs
}

/** Every act of the day has its key; a key for the chosen appointment works only when its step is allowed. */
export function useDayKeys(day: DayKeys): void {
  const { view, selected, canAct, move, steps, acts } = day
  const isMoving = move.moving !== undefined
  const filled = view?.columns.filter((column) => column.blocks.length > 0) ?? []
  const own = filled.find((column) => column.blocks.some((block) => block.appointment.id === selected?.id)) ?? filled.find((column) => column.target.date === day.today) ?? filled[0]
  // A week is read on from one day to the next; the columns of a day stand beside each other.
  const column = day.calendar === 'week' && selected ? { blocks: view?.columns.flatMap((one) => one.blocks) ?? [] } : own
  const go = (step: 1 | -1) => (selected ? day.onSelect(neighbour(column, selected.id, step)) : day.onSelect(nearestTo(column, day.nowMin)))
  const onSelected = (id: string, keys: string, label: string, run: (one: DayAppointment) => void, isAllowed: (one: DayAppointment) => boolean): KeyDef => ({
    id, keys, label, where, run: () => selected && run(selected), when: () => !isMoving && selected !== undefined && isAllowed(selected),
  })
  const idle = () => !isMoving
  const moving = () => isMoving
  // In a month the arrows go from day to day, and nothing is drawn that could be chosen.
  const inDays = () => !isMoving && day.calendar !== 'month'

  useKeys([
    { id: 'day.up', keys: '↑', label: 'Appointment above', where, run: () => go(-1), when: inDays },
    { id: 'day.down', keys: '↓', label: 'Appointment below', where, run: () => go(1), when: inDays },
    { id: 'day.up-k', keys: 'K', label: 'Appointment above', where, hidden: true, run: () => go(-1), when: inDays },
    { id: 'day.down-j', keys: 'J', label: 'Appointment below', where, hidden: true, run: () => go(1), when: inDays },
    ...(day.calendar === 'day' || day.calendar === 'rooms' ? (view?.columns ?? []).slice(0, 9) : []).map((one, i): KeyDef => ({ id: `day.column-${i + 1}`, keys: String(i + 1), label: `To ${one.name}`, where, run: () => day.onSelect(nearestTo(one, selectedMinute(view, selected) ?? day.nowMin)), when: idle })),
    { id: 'day.dismiss', keys: 'Esc', label: 'Put the message away', where, hidden: true, run: steps.clearProblem, when: () => !isMoving && steps.problem !== null },
    { id: 'day.wait-list', keys: 'L', label: 'Wait list', where, run: day.onWaitList, when: idle },
    ...(day.onAbsent ? [{ id: 'day.absent', keys: 'Shift+A', label: 'Doctor absent: place the patients', where, run: day.onAbsent, when: idle }] : []),
    onSelected('day.open', 'Enter', 'Open appointment', acts.open, () => true),
    ...(canAct
      ? [
          { id: 'day.book', keys: 'B', label: 'Book', where, run: day.onBook, when: idle },
          { id: 'day.walk-in', keys: 'W', label: 'Walk-in', where, run: day.onWalkIn, when: idle },
          { id: 'day.fill', keys: 'F', label: 'Fill a free time from the wait list', where, run: () => day.onFill?.(), when: () => !isMoving && day.onFill !== undefined },
          onSelected('day.check-in', 'A', 'Check in: arrive', acts.checkIn, (one) => canStep(one.status, 'arrive')),
          onSelected('day.room', 'R', 'To the free room', (one) => acts.room(one), (one) => one.status === 'arrived'),
          onSelected('day.start', 'S', 'With doctor', acts.start, (one) => canStep(one.status, 'start')),
          onSelected('day.move', 'M', 'Move: arrows, Enter', acts.move, (one) => canMove(one.status)),
          onSelected('day.longer', 'Shift+↓', 'Longer: Shift arrows, Enter', (one) => move.resizeBy(one, 1), (one) => canMove(one.status)),
          onSelected('day.shorter', 'Shift+↑', 'Shorter', (one) => move.resizeBy(one, -1), (one) => canMove(one.status)),
          onSelected('day.video', 'V', 'Join the video visit', acts.joinVideo, (one) => one.telehealthUrl !== null),
          onSelected('day.wants-earlier', 'Shift+L', 'Wants to come earlier', acts.wantsEarlier, (one) => canMove(one.status)),
          onSelected('day.no-show', 'Shift+N', 'No-show', acts.noShow, (one) => canStep(one.status, 'markNoShow')),
          onSelected('day.cancel', 'Del', 'Cancel visit, asks why', acts.cancel, (one) => canStep(one.status, 'cancel')),
        ]
      : []),
  ])
  const held = move.moving
  const vertical = (steps: 1 | -1) => (held?.isResizing ? move.resizeBy(held.appointment, steps) : move.by(0, steps))
  const sideways = (columns: 1 | -1) => (held?.isResizing ? undefined : move.by(columns, 0))
  useKeys([
    { id: 'move.up', keys: '↑', label: 'A step earlier, or shorter', where: 'Moving', run: () => vertical(-1), when: moving, hidden: !isMoving },
    { id: 'move.down', keys: '↓', label: 'A step later, or longer', where: 'Moving', run: () => vertical(1), when: moving, hidden: !isMoving },
    { id: 'move.shorter', keys: 'Shift+↑', label: 'Shorter', where: 'Moving', run: () => held && move.resizeBy(held.appointment, -1), when: moving, hidden: true },
    { id: 'move.longer', keys: 'Shift+↓', label: 'Longer', where: 'Moving', run: () => held && move.resizeBy(held.appointment, 1), when: moving, hidden: true },
    { id: 'move.left', keys: '←', label: 'Column before', where: 'Moving', run: () => sideways(-1), when: moving, hidden: !isMoving },
    { id: 'move.right', keys: '→', label: 'Column after', where: 'Moving', run: () => sideways(1), when: moving, hidden: !isMoving },
    { id: 'move.drop', keys: 'Enter', label: 'Put it here', where: 'Moving', run: move.drop, when: moving, hidden: !isMoving },
    { id: 'move.cancel', keys: 'Esc', label: 'Leave it as it was', where: 'Moving', run: move.cancel, when: moving, hidden: !isMoving },
  ])
}

const selectedMinute = (view: DayView | undefined, selected: DayAppointment | undefined): number | undefined =>
  view?.columns.flatMap((column) => column.blocks).find((block) => block.appointment.id === selected?.id)?.startMin
