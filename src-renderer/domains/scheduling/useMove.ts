import { useState } from 'react'
import type { Day } from '#shared/domains/scheduling/contract.ts'
import type { AppointmentType, DayAppointment } from '#shared/domains/scheduling/model.ts'
import { canMove, isSamePlace } from '#shared/domains/scheduling/rules.ts'
import { fitOf, isRefused, type Fit } from '#shared/domains/scheduling/rules.slots.ts'
import { minuteOfDay, minutesBetween } from '#shared/kernel/time.ts'
import { useZone } from '#renderer/app/actor.tsx'
import type { MoveTo, Steps } from './useSteps.ts'
import { movingWords } from './view.fit.ts'
import { lengthAt, lengthBy, placeAt, startAt, startBy, type Held } from './view.moving.ts'
import type { DayView } from './view.ts'

/** A block on its way to another place or length, by pointer or by keys: the same state, the same rule, the same drop. */
export interface Moving extends Held {
  /** Held by the pointer: letting go over a taken time puts it back, while keys stay and look further. */
  isHeld: boolean
  fit: Fit<DayAppointment>
}

export interface Move {
  moving: Moving | undefined
  begin: (one: DayAppointment, how?: { isHeld: boolean; isResizing?: boolean }) => void
  to: (columnId: string, startMin: number) => void
  by: (columns: number, steps: number) => void
  /** The lower edge, to a minute or by steps. */
  resizeTo: (endMin: number) => void
  resizeBy: (one: DayAppointment, steps: number) => void
  drop: () => void
  cancel: () => void
}

interface UseMove {
  day: Day | undefined
  view: DayView | undefined
  types: readonly AppointmentType[]
  stepMin: number
  steps: Steps
  /** It belongs to a series, and somebody says whether those after it move as well. */
  onSeries: (one: DayAppointment, to: MoveTo) => void
}

export function useMove({ day, view, types, stepMin, steps, onSeries }: UseMove): Move {
  const zone = useZone()
  const [held, setHeld] = useState<Held & { isHeld: boolean }>()
  const columns = view?.columns ?? []
  const column = held && columns.find((one) => one.id === held.columnId)
  const wanted = held && placeAt(held, column?.target, zone)
  // The service finds another room where the visit's type takes any of a kind, so its own one does not stand in the way.
  const isRoomChosen = column?.target.roomId !== undefined && !held?.isResizing
  const takesAnyRoom = !isRoomChosen && types.some((type) => type.id === held?.appointment.typeId && type.roomKind !== null)
  const moving = held && wanted && day && { ...held, fit: fitOf({ ...day, zone }, { ...held.appointment, ...wanted, ...(takesAnyRoom ? { roomId: null } : {}) }) }

  const heldOf = (one: DayAppointment, isResizing: boolean): Held => ({
    appointment: one, isResizing, columnId: columns.find(({ blocks }) => blocks.some((block) => block.appointment.id === one.id))?.id ?? '',
    startMin: minuteOfDay(one.startsAt, zone), durationMin: minutesBetween(one.startsAt, one.endsAt),
  })
  const put = (): void => setHeld(undefined)

  return {
    moving,
    begin: (one, { isHeld, isResizing = false } = { isHeld: false }) => {
      if (!canMove(one.status)) return
      steps.clearProblem()
      setHeld({ ...heldOf(one, isResizing), isHeld })
    },
    to: (columnId, startMin) => setHeld((now) => now && { ...now, columnId, startMin: startAt(startMin, now.durationMin, stepMin) }),
    by: (by, count) =>
      setHeld((now) => {
        if (!now) return now
        const at = Math.min(columns.length - 1, Math.max(0, columns.findIndex(({ id }) => id === now.columnId) + by))
        return { ...now, columnId: columns[at]?.id ?? now.columnId, startMin: startBy(now, count, stepMin) }
      }),
    resizeTo: (endMin) => setHeld((now) => now && { ...now, durationMin: lengthAt(now, endMin) }),
    resizeBy: (one, count) => {
      if (!canMove(one.status)) return
      steps.clearProblem()
      setHeld((now) => {
        const from = now?.isResizing && now.appointment.id === one.id ? now : { ...heldOf(one, true), isHeld: false }
        return { ...from, durationMin: lengthBy(from, count, stepMin) }
      })
    },
    drop: () => {
      if (!moving || !wanted) return
      const { appointment } = moving
      if (isRefused(moving.fit)) {
        if (!moving.isHeld) return
        steps.say(`${moving.isResizing ? 'Not changed' : 'Not moved'}: ${movingWords(moving)}.`)
        return put()
      }
      if (isSamePlace(appointment, wanted)) return put()
      const { roomId, providerId, startsAt } = wanted
      const to = { providerId, startsAt, ...(roomId === appointment.roomId ? {} : { roomId }) }
      if (appointment.seriesId !== null && !moving.isResizing && startsAt !== appointment.startsAt) {
        put()
        return onSeries(appointment, to)
      }
      const done = moving.isResizing
        ? steps.resize(appointment, moving.durationMin)
        : steps.move(appointment, to, startsAt === appointment.startsAt ? column?.name : undefined)
      void done.finally(put)
    },
    cancel: put,
  }
}
