import { useState } from 'react'
import type { Day } from '#shared/domains/scheduling/contract.ts'
import type { DayAppointment } from '#shared/domains/scheduling/model.ts'
import { canMove } from '#shared/domains/scheduling/rules.ts'
import { SLOT_STEP_MIN } from '#shared/domains/scheduling/rules.search.ts'
import { fitOf, type Fit } from '#shared/domains/scheduling/rules.slots.ts'
import { addMinutes, instantInZone, minuteOfDay, minutesBetween } from '#shared/kernel/time.ts'
import { useZone } from '#renderer/app/actor.tsx'
import type { MoveTo, Steps } from './useSteps.ts'
import { movingWords } from './view.fit.ts'

/** A block on its way to another place, by pointer or by keys: the same state, the same rule, the same drop. */
export interface Moving {
  /** Held by the pointer: letting go over a taken time puts it back, while keys stay and look further. */
  isHeld: boolean
  appointment: DayAppointment
  columnId: string
  startMin: number
  durationMin: number
  fit: Fit<DayAppointment>
}

export interface Move {
  moving: Moving | undefined
  begin: (one: DayAppointment, how?: { isHeld: boolean }) => void
  to: (columnId: string, startMin: number) => void
  by: (columns: number, minutes: number) => void
  drop: () => void
  cancel: () => void
}

/** `onSeries`: it belongs to a series, and somebody says whether those after it move as well. */
export function useMove(day: Day | undefined, steps: Steps, onSeries: (one: DayAppointment, to: MoveTo) => void): Move {
  const zone = useZone()
  const [place, setPlace] = useState<Omit<Moving, 'fit'>>()
  const moving = place && day && { ...place, fit: fitOf({ ...day, zone }, wantedAt(place, day.date, zone)) }
  const columnIds = day?.providers.map((provider) => provider.id) ?? []

  return {
    moving,
    begin: (one, { isHeld } = { isHeld: false }) => {
      if (!canMove(one.status)) return
      steps.clearProblem()
      setPlace({ isHeld, appointment: one, columnId: one.providerId, startMin: minuteOfDay(one.startsAt, zone), durationMin: minutesBetween(one.startsAt, one.endsAt) })
    },
    to: (columnId, startMin) => setPlace((now) => now && { ...now, columnId, startMin: clamp(startMin, now.durationMin) }),
    by: (columns, minutes) =>
      setPlace((now) => {
        if (!now) return now
        const at = Math.min(columnIds.length - 1, Math.max(0, columnIds.indexOf(now.columnId) + columns))
        return { ...now, columnId: columnIds[at] ?? now.columnId, startMin: clamp(now.startMin + minutes, now.durationMin) }
      }),
    drop: () => {
      if (!moving || !day) return
      if (moving.fit.kind === 'taken') {
        if (moving.isHeld) {
          setPlace(undefined)
          steps.say(`Not moved: ${movingWords(moving.startMin, moving.fit)}.`)
        }
        return
      }
      const { appointment, columnId } = moving
      const wanted = wantedAt(moving, day.date, zone)
      const isSame = wanted.startsAt === appointment.startsAt && columnId === appointment.providerId
      if (isSame) return setPlace(undefined)
      // A room goes with a provider; with another one it is chosen anew when the patient is called.
      const room = columnId === appointment.providerId ? {} : { roomId: null }
      const to = { providerId: columnId, startsAt: wanted.startsAt, ...room }
      if (appointment.seriesId !== null) {
        setPlace(undefined)
        return onSeries(appointment, to)
      }
      void steps.move(appointment, to).finally(() => setPlace(undefined))
    },
    cancel: () => setPlace(undefined),
  }
}

const clamp = (startMin: number, durationMin: number): number => Math.min(1440 - durationMin, Math.max(0, Math.round(startMin / SLOT_STEP_MIN) * SLOT_STEP_MIN))

function wantedAt({ appointment, columnId, startMin, durationMin }: Omit<Moving, 'fit'>, date: string, zone: string) {
  const startsAt = instantInZone(date, startMin, zone)
  const roomId = columnId === appointment.providerId ? appointment.roomId : null
  return { id: appointment.id, providerId: columnId, roomId, startsAt, endsAt: addMinutes(startsAt, durationMin) }
}
