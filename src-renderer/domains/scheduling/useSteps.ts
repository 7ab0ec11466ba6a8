import { useState } from 'react'
import type { Room } from '#shared/domains/clinic/model.ts'
import type { BookSeriesInput, BookTogetherInput, MoveSeveralInput } from '#shared/domains/scheduling/contract.series.ts'
import type { BookInput, FillInput } from '#shared/domains/scheduling/contract.ts'
import type { Appointment, CancelReason, DayAppointment, MissedReason } from '#shared/domains/scheduling/model.ts'
import { dateInZone, minutesBetween, type Instant } from '#shared/kernel/time.ts'
import { ticketCode } from '#shared/domains/flow/rules.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { isOutOfReach } from '#renderer/app/network/reach.ts'
import { useNetwork } from '#renderer/app/network/state.ts'
import { useGo } from '#renderer/app/navigation.ts'
import { printNow } from '#renderer/app/print/print-now.ts'
import { api } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { count, duration, listName, nearDate, time } from '#renderer/ui/format.ts'
import { showToast } from '#renderer/ui/toast-store.ts'
import { withTicket } from './flow/tickets.ts'
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
  leave: (one: Stepped) => Promise<boolean>
  cancel: (one: Stepped, reason: CancelReason) => Promise<boolean>
  markNoShow: (one: Stepped, reason: MissedReason) => Promise<boolean>
  /** `where`: what it is moved to when that is no other time. */
  move: (one: Planned, to: MoveTo, where?: string) => Promise<boolean>
  /** Another length at the same time. */
  resize: (one: Planned, durationMin: number) => Promise<boolean>
  /** From the wait list. */
  fill: (input: FillInput, whom: string) => Promise<boolean>
  /** Rejects with the refusal: the booking panel offers the alternatives in it. */
  book: (input: BookInput, whom: string) => Promise<Appointment>
  /** The same for somebody who is here: with the next number. */
  walkIn: (input: Omit<BookInput, 'hasArrived'>, whom: string) => Promise<Appointment>
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
  /** Without the host it is a request until it is confirmed. */
  const asked = isOutOfReach(useNetwork()) ? ', not confirmed yet' : ''
  const go = useGo()

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
    arrive: (one) => {
      let code: string | undefined
      return step(async () => {
        const after = await api.scheduling.arrive(stepOf(one))
        // They are here, with or without a number: it can be given again, or with the first call.
        code = await withTicket((ticket) => api.flow.giveTicket({ appointmentId: one.id, ticket })).then(ticketCode, () => undefined)
        return after
      }, () => [listName(one.patient), code ? `arrived, number ${code}` : 'arrived'])
    },
    room: (one, room) => step(() => api.scheduling.room({ ...stepOf(one), roomId: room.id }), () => [`${listName(one.patient)} is in`, room.name]),
    start: (one) => step(() => api.scheduling.start(stepOf(one)), () => [listName(one.patient), 'with doctor']),
    complete: (one) => step(() => api.scheduling.complete(stepOf(one)), () => [listName(one.patient), 'done']),
    leave: (one) => step(() => api.scheduling.leave(stepOf(one)), () => [listName(one.patient), 'has left']),
    cancel: (one, reason) => step(() => api.scheduling.cancel({ ...stepOf(one), reason }), () => [`${listName(one.patient)} cancelled:`, cancelReasonWords[reason].toLowerCase()]),
    markNoShow: (one, reason) => step(() => api.scheduling.markNoShow({ ...stepOf(one), reason }), () => [listName(one.patient), 'did not come']),
    move: (one, to, where) => step(() => api.scheduling.move({ ...stepOf(one), from: placeOf(one), ...to }), (after) => [`${listName(one.patient)} moved${asked ? `${asked}:` : ' to'}`, where ?? when(after.startsAt)]),
    resize: (one, durationMin) => step(() => api.scheduling.move({ ...stepOf(one), from: placeOf(one), providerId: one.providerId, startsAt: one.startsAt, durationMin }), (after) => [`${listName(one.patient)} now takes`, duration(minutesBetween(after.startsAt, after.endsAt))]),
    fill: (input, whom) => step(() => api.scheduling.fillFromWaitList(input), (after) => [asked ? `${whom}${asked}:` : `${whom} has`, when(after.startsAt)]),
    book: async (input, whom) => {
      const booked = await api.scheduling.book(input)
      setProblem(null)
      done(`${whom} booked${asked},`, when(booked.startsAt), booked)
      return booked
    },
    walkIn: async (input, whom) => {
      const { appointment, ticket } = await withTicket((given) => api.flow.walkIn({ ...input, ticket: given }))
      setProblem(null)
      done(`${whom} walked in${asked},`, `number ${ticketCode(ticket)}`, appointment)
      // On paper at once, where there is a printer; the board prints it whenever it is asked for.
      await printNow(go, 'slip', appointment.id)
      return appointment
    },
    bookSeries: async (input, whom) => {
      const { appointments } = await api.scheduling.bookSeries(input)
      setProblem(null)
      doneSeveral(`${whom} booked${asked},`, several(appointments, input.visits.length), appointments)
      return appointments
    },
    bookTogether: async (input, whom) => {
      const { appointments } = await api.scheduling.bookTogether(input)
      setProblem(null)
      doneSeveral(`${whom} booked together${asked},`, when(appointments[0]?.startsAt ?? ''), appointments)
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
