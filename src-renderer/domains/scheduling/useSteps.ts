import { useState } from 'react'
import type { Room } from '#shared/domains/clinic/model.ts'
import type { BookInput, FillInput } from '#shared/domains/scheduling/contract.ts'
import type { Appointment, CancelReason, DayAppointment, MissedReason } from '#shared/domains/scheduling/model.ts'
import { dateInZone, type Instant } from '#shared/kernel/time.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { isOutOfReach } from '#renderer/app/network/reach.ts'
import { useNetwork } from '#renderer/app/network/state.ts'
import { api } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { listName, nearDate, time } from '#renderer/ui/format.ts'
import { showToast } from '#renderer/ui/toast-store.ts'
import { cancelReasonWords } from './words.ts'

type Stepped = Pick<DayAppointment, 'id' | 'version' | 'patient'>
type Planned = Stepped & Pick<DayAppointment, 'providerId' | 'roomId' | 'startsAt' | 'endsAt'>

export interface MoveTo {
  providerId: string
  startsAt: Instant
  /** Undefined keeps the room. */
  roomId?: string | null
}

export interface Steps {
  /** Why the last act was not done, in words; null after the next one that was. */
  problem: string | null
  clearProblem: () => void
  /** Runs it; when it fails, says why in place. False: it was not done. */
  attempt: (act: () => Promise<unknown>) => Promise<boolean>
  /** For what the rules refuse before the core is asked. */
  say: (problem: string) => void
  arrive: (one: Stepped) => Promise<boolean>
  room: (one: Stepped, room: Room) => Promise<boolean>
  start: (one: Stepped) => Promise<boolean>
  complete: (one: Stepped) => Promise<boolean>
  cancel: (one: Stepped, reason: CancelReason) => Promise<boolean>
  markNoShow: (one: Stepped, reason: MissedReason) => Promise<boolean>
  move: (one: Planned, to: MoveTo) => Promise<boolean>
  /** From the wait list. */
  fill: (input: FillInput, whom: string) => Promise<boolean>
  /** Rejects with the refusal: the booking panel offers the alternatives in it. */
  book: (input: BookInput, whom: string) => Promise<Appointment>
}

/** Every act of the day in one place: run it, say that it is done, offer to undo it; or say in place why it was not. */
export function useSteps(): Steps {
  const [problem, setProblem] = useState<string | null>(null)
  const zone = useZone()
  const today = useToday()
  const isAway = isOutOfReach(useNetwork())

  const done = (text: string, strong: string, after: Appointment): void =>
    showToast({ text, strong, undo: () => attempt(() => api.scheduling.undo({ id: after.id, version: after.version })) })

  async function attempt<T>(act: () => Promise<T>, whenDone?: (after: T) => void): Promise<boolean> {
    try {
      const after = await act()
      setProblem(null)
      whenDone?.(after)
      return true
    } catch (error) {
      setProblem(errorText(error))
      return false
    }
  }

  /** A step with its toast. */
  const step = (act: () => Promise<Appointment>, said: (after: Appointment) => [text: string, strong: string]): Promise<boolean> =>
    attempt(act, (after) => done(...said(after), after))

  const when = (startsAt: Instant): string => {
    const date = dateInZone(startsAt, zone)
    return date === today ? time(startsAt, zone) : `${nearDate(date, today)}, ${time(startsAt, zone)}`
  }

  return {
    problem,
    clearProblem: () => setProblem(null),
    attempt,
    say: setProblem,
    arrive: (one) => step(() => api.scheduling.arrive(stepOf(one)), () => [listName(one.patient), 'arrived']),
    room: (one, room) => step(() => api.scheduling.room({ ...stepOf(one), roomId: room.id }), () => [`${listName(one.patient)} is in`, room.name]),
    start: (one) => step(() => api.scheduling.start(stepOf(one)), () => [listName(one.patient), 'with doctor']),
    complete: (one) => step(() => api.scheduling.complete(stepOf(one)), () => [listName(one.patient), 'done']),
    cancel: (one, reason) => step(() => api.scheduling.cancel({ ...stepOf(one), reason }), () => [`${listName(one.patient)} cancelled:`, cancelReasonWords[reason].toLowerCase()]),
    markNoShow: (one, reason) => step(() => api.scheduling.markNoShow({ ...stepOf(one), reason }), () => [listName(one.patient), 'did not come']),
    move: (one, to) => step(() => api.scheduling.move({ ...stepOf(one), from: placeOf(one), ...to }), (after) => [`${listName(one.patient)} moved to`, when(after.startsAt)]),
    fill: (input, whom) => step(() => api.scheduling.fillFromWaitList(input), (after) => [`${whom} has${isAway ? ', not confirmed yet,' : ''}`, when(after.startsAt)]),
    book: async (input, whom) => {
      const booked = await api.scheduling.book(input)
      setProblem(null)
      done(`${whom} ${input.hasArrived ? 'walked in' : 'booked'}${isAway ? ', not confirmed yet' : ''},`, when(booked.startsAt), booked)
      return booked
    },
  }
}

const placeOf = ({ providerId, roomId, startsAt, endsAt }: Planned) => ({ providerId, roomId, startsAt, endsAt })
const stepOf = ({ id, version }: Stepped): { id: string; version: number } => ({ id, version })
