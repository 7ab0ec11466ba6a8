import type { DayAppointment } from '#shared/domains/scheduling/model.ts'
import { canMove, canStep } from '#shared/domains/scheduling/rules.ts'
import { SLOT_STEP_MIN } from '#shared/domains/scheduling/rules.search.ts'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import type { KeyDef } from '#renderer/app/keys/registry.ts'
import type { AppointmentActs } from './useActs.ts'
import type { Move } from './useMove.ts'
import type { Steps } from './useSteps.ts'
import { nearestTo, neighbour, type DayView } from './view.ts'

const where = 'Day'

interface DayKeys {
  view: DayView | undefined
  selected: DayAppointment | undefined
  canAct: boolean
  move: Move
  steps: Steps
  /** The minute of the day the keys start from when nothing is chosen. */
  nowMin: number
  onSelect: (id: string | undefined) => void
  onStep: (days: 1 | -1) => void
  onToday: () => void
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
  const column = view?.columns.find((one) => one.providerId === selected?.providerId) ?? view?.columns[0]
  const go = (step: 1 | -1) => (selected ? day.onSelect(neighbour(column, selected.id, step)) : day.onSelect(nearestTo(column, day.nowMin)))
  const toColumn = (index: number) => day.onSelect(nearestTo(view?.columns[index], selectedMinute(view, selected) ?? day.nowMin))
  const onSelected = (id: string, keys: string, label: string, run: (one: DayAppointment) => void, isAllowed: (one: DayAppointment) => boolean): KeyDef => ({
    id, keys, label, where, run: () => selected && run(selected), when: () => !isMoving && selected !== undefined && isAllowed(selected),
  })
  const idle = () => !isMoving
  const moving = () => isMoving

  useKeys([
    { id: 'day.today', keys: 'T', label: 'Today', where, run: day.onToday, when: idle },
    { id: 'day.before', keys: '←', label: 'Day before', where, run: () => day.onStep(-1), when: idle },
    { id: 'day.after', keys: '→', label: 'Day after', where, run: () => day.onStep(1), when: idle },
    { id: 'day.up', keys: '↑', label: 'Appointment above', where, run: () => go(-1), when: idle },
    { id: 'day.down', keys: '↓', label: 'Appointment below', where, run: () => go(1), when: idle },
    { id: 'day.up-k', keys: 'K', label: 'Appointment above', where, hidden: true, run: () => go(-1), when: idle },
    { id: 'day.down-j', keys: 'J', label: 'Appointment below', where, hidden: true, run: () => go(1), when: idle },
    ...Array.from({ length: Math.min(9, view?.columns.length ?? 0) }, (_, i): KeyDef => ({ id: `day.column-${i + 1}`, keys: String(i + 1), label: `To ${view?.columns[i]?.name ?? ''}`, where, run: () => toColumn(i), when: idle })),
    { id: 'day.dismiss', keys: 'Esc', label: 'Put the message away', where, hidden: true, run: steps.clearProblem, when: () => !isMoving && steps.problem !== null },
    { id: 'day.wait-list', keys: 'L', label: 'Wait list', where, run: day.onWaitList, when: idle },
    ...(day.onAbsent ? [{ id: 'day.absent', keys: 'Shift+D', label: 'Doctor absent: place the patients', where, run: day.onAbsent, when: idle }] : []),
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
          onSelected('day.wants-earlier', 'Shift+L', 'Wants to come earlier', acts.wantsEarlier, (one) => canMove(one.status)),
          onSelected('day.no-show', 'Shift+N', 'No-show', acts.noShow, (one) => canStep(one.status, 'markNoShow')),
          onSelected('day.cancel', 'Del', 'Cancel visit, asks why', acts.cancel, (one) => canStep(one.status, 'cancel')),
        ]
      : []),
  ])
  useKeys([
    { id: 'move.up', keys: '↑', label: 'A quarter earlier', where: 'Moving', run: () => move.by(0, -SLOT_STEP_MIN), when: moving, hidden: !isMoving },
    { id: 'move.down', keys: '↓', label: 'A quarter later', where: 'Moving', run: () => move.by(0, SLOT_STEP_MIN), when: moving, hidden: !isMoving },
    { id: 'move.left', keys: '←', label: 'Provider before', where: 'Moving', run: () => move.by(-1, 0), when: moving, hidden: !isMoving },
    { id: 'move.right', keys: '→', label: 'Provider after', where: 'Moving', run: () => move.by(1, 0), when: moving, hidden: !isMoving },
    { id: 'move.drop', keys: 'Enter', label: 'Put it here', where: 'Moving', run: move.drop, when: moving, hidden: !isMoving },
    { id: 'move.cancel', keys: 'Esc', label: 'Leave it where it was', where: 'Moving', run: move.cancel, when: moving, hidden: !isMoving },
  ])
}

const selectedMinute = (view: DayView | undefined, selected: DayAppointment | undefined): number | undefined =>
  view?.columns.flatMap((column) => column.blocks).find((block) => block.appointment.id === selected?.id)?.startMin
