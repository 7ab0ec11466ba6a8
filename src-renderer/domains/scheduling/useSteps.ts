import { useState } from 'react'
import type { Room } from '#shared/domains/clinic/model.ts'
import type { BookSeriesInput, BookTogetherInput, MoveSeveralInput } from '#shared/domains/scheduling/contract.series.ts'
import type { BookInput, FillInput } from '#shared/domains/scheduling/contract.ts'
import type { Appointment, CancelReason, DayAppointment } from '#shared/domains/scheduling/model.ts'
import { dateInZone, type Instant } from '#shared/kernel/time.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { isOutOfReach } from '#renderer/app/network/reach.ts'
import { useNetwork } from '#renderer/app/network/state.ts'
import { api } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { count, listName, nearDate, time } from '#renderer/ui/format.ts'
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
  markNoShow: (one: Stepped) => Promise<boolean>
  move: (one: Planned, to: MoveTo) => Promise<boolean>
  /** From the wait list. */
  fill: (input: FillInput, whom: string) => Promise<boolean>
  /** Rejects with the refusal: the booking panel offers the alternatives in it. */
  book: (input: BookInput, whom: string) => Promise<Appointment>
  /** As `book`: the refusal says what stands in the way of each. */
  bookSeries: (input: BookSeriesInput, whom: string) => Promise<readonly Appointment[]>
  bookTogether: (input: BookTogetherInput, whom: string) => Promise<readonly Appointment[]>
  /** This one of a series and those after it. */
  cancelSeveral: (steps: readonly Version[], reason: CancelReason, whom: string) => Promise<boolean>
  moveSeveral: (input: MoveSeveralInput, whom: string) => Promise<readonly Appointment[]>
}
type Version = Pick<Appointment, 'id' | 'version'>

/** Every act of the day in one place: run it, say that it is done, offer to undo it; or say in place why it was not. */
export function useSteps(): Steps {
  const [problem, setProblem] = useState<string | null>(null)
  const zone = useZone()
  const today = useToday()
  const isAway = isOutOfReach(useNetwork())

  const done = (text: string, strong: string, after: Appointment): void =>
    showToast({ text, strong, undo: () => attempt(() => api.scheduling.undo({ id: after.id, version: after.version })) })

  const doneSeveral = (text: string, strong: string, after: readonly Appointment[]): void =>
    showToast({ text, strong, undo: () => attempt(() => api.scheduling.undoSeveral({ steps: after.map(({ id, version }) => ({ id, version })) })) })

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

  /** Those that another machine had changed meanwhile stand in Attention. */
  const several = (after: readonly Appointment[], asked: number): string => (after.length === asked ? count(after.length, 'visit') : `${after.length} of ${count(asked, 'visit')}`)

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
    markNoShow: (one) => step(() => api.scheduling.markNoShow(stepOf(one)), () => [listName(one.patient), 'did not come']),
    move: (one, to) => step(() => api.scheduling.move({ ...stepOf(one), from: placeOf(one), ...to }), (after) => [`${listName(one.patient)} moved to`, when(after.startsAt)]),
    fill: (input, whom) => step(() => api.scheduling.fillFromWaitList(input), (after) => [`${whom} has${isAway ? ', not confirmed yet,' : ''}`, when(after.startsAt)]),
    book: async (input, whom) => {
      const booked = await api.scheduling.book(input)
      setProblem(null)
      done(`${whom} ${input.hasArrived ? 'walked in' : 'booked'}${isAway ? ', not confirmed yet' : ''},`, when(booked.startsAt), booked)
      return booked
    },
    bookSeries: async (input, whom) => {
      const { appointments } = await api.scheduling.bookSeries(input)
      setProblem(null)
      doneSeveral(`${whom} booked${isAway ? ', not confirmed yet' : ''},`, several(appointments, input.visits.length), appointments)
      return appointments
    },
    bookTogether: async (input, whom) => {
      const { appointments } = await api.scheduling.bookTogether(input)
      setProblem(null)
      doneSeveral(`${whom} booked together${isAway ? ', not confirmed yet' : ''},`, when(appointments[0]?.startsAt ?? ''), appointments)
      return appointments
    },
    cancelSeveral: (steps, reason, whom) =>
      attempt(() => api.scheduling.cancelSeveral({ steps: steps.map(({ id, version }) => ({ id, version })), reason }), ({ appointments }) => doneSeveral(`${whom} cancelled:`, several(appointments, steps.length), appointments)),
    moveSeveral: async (input, whom) => {
      const { appointments } = await api.scheduling.moveSeveral(input)
      setProblem(null)
      doneSeveral(`${whom} moved:`, several(appointments, input.moves.length), appointments)
      return appointments
    },
  }
}

const placeOf = ({ providerId, roomId, startsAt, endsAt }: Planned) => ({ providerId, roomId, startsAt, endsAt })
const stepOf = ({ id, version }: Stepped): { id: string; version: number } => ({ id, version })
