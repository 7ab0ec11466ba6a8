import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { UseQueryResult } from '@tanstack/react-query'
import type { Room } from '#shared/domains/clinic/model.ts'
import type { Day } from '#shared/domains/scheduling/contract.ts'
import type { AppointmentType, DayAppointment } from '#shared/domains/scheduling/model.ts'
import { addDays, minuteOfDay, type PlainDate } from '#shared/kernel/time.ts'
import { useMay, useNow, useToday, useZone } from '#renderer/app/actor.tsx'
import { useGo, useOptionalRouteParam } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { queryOptionsFor, useApiQuery } from '#renderer/rpc/api.ts'
import { focusGridItem } from '#renderer/ui/ScheduleGrid.tsx'
import { useActs, type AppointmentActs } from './useActs.ts'
import { useBooking, type Booking } from './useBooking.ts'
import { useDayKeys } from './useDayKeys.ts'
import { useDayPanel, type DayPanel } from './useDayPanel.ts'
import { useMove, type Move } from './useMove.ts'
import { useSteps, type Steps } from './useSteps.ts'
import { useWaitList, type WaitList } from './useWaitList.ts'
import { dayView, type DayView } from './view.ts'
import type { Hole } from './view.wait-list.ts'

const NO_ROOMS: readonly Room[] = []
const NO_TYPES: readonly AppointmentType[] = []

/** Everything the day's parts share: which day, which visit is chosen, what can be done with it, and the keys for all of it. */
export interface DayState {
  date: PlainDate
  query: Pick<UseQueryResult, 'isPending' | 'isError' | 'error' | 'refetch'>
  day: Day | undefined
  view: DayView | undefined
  rooms: readonly Room[]
  types: readonly AppointmentType[]
  activeId: string | undefined
  selected: DayAppointment | undefined
  /** Undefined for those who may only look. */
  acts: AppointmentActs | undefined
  steps: Steps
  move: Move
  panel: DayPanel
  booking: Booking
  waitList: WaitList
  /** Marks it as chosen; `select` also brings the focus there. */
  activate: (id: string) => void
  select: (id: string | undefined) => void
  showDate: (date: PlainDate | undefined) => void
  walkIn: () => void
  /** Opens the wait list: for one free time, or for the day. */
  showWaitList: (hole?: Hole) => void
}

export function useDay(): DayState {
  const zone = useZone()
  const now = useNow()
  const today = useToday()
  const canAct = useMay('appointment.write')
  const mayManage = useMay('schedule.manage')
  const go = useGo()
  const asked = useOptionalRouteParam('date')
  const [chosenDate, setDate] = useState<PlainDate | undefined>(asked)
  const [activeId, activate] = useState<string>()
  const date = chosenDate ?? today
  const query = useApiQuery('scheduling.listDay', { date }, { keepPrevious: true })
  const rooms = useApiQuery('clinic.listRooms', {}).data ?? NO_ROOMS
  const types = useApiQuery('scheduling.listTypes', {}).data ?? NO_TYPES
  const day = query.data
  const view = day && dayView(day, { zone, now })
  const selected = appointmentOf(day, activeId)

  const steps = useSteps()
  const move = useMove(day, steps)
  const panel = useDayPanel()
  const focusWhenDrawn = useFocusWhenDrawn(day)
  const booking = useBooking({ isOpen: panel.shown?.kind === 'book', day, types, steps, onBooked: (id) => { panel.close(); focusWhenDrawn(id) } })
  const waitList = useWaitList(day, steps)
  const acts = useActs({ day, rooms, steps, move, panel, activate })

  const select = (id: string | undefined): void => {
    if (!id) return
    activate(id)
    focusGridItem(id)
  }
  const showDate = (to: PlainDate | undefined): void => {
    move.cancel()
    setDate(to)
  }
  const walkIn = (): void => {
    showDate(undefined)
    panel.book({ isWalkIn: true })
  }
  const showWaitList = (hole?: Hole): void => {
    waitList.choose(hole)
    panel.open({ kind: 'wait-list' })
  }
  const absentProvider = mayManage ? selected?.providerId ?? day?.providers[0]?.id : undefined
  usePrefetchedNeighbours(date)
  useFocusFollows(activeId, panel.shown !== undefined)
  useDayKeys({
    view, selected, move, acts, canAct, steps, onSelect: select, nowMin: date === today ? minuteOfDay(now, zone) : 0,
    onStep: (days) => showDate(addDays(date, days)), onToday: () => showDate(undefined),
    onBook: () => panel.book({ isWalkIn: false }), onWalkIn: walkIn,
    onWaitList: () => showWaitList(), onAbsent: absentProvider && date >= today ? () => go(paths.absentFor(absentProvider, date, date)) : undefined, onFill: waitList.holes[0] && (() => showWaitList(waitList.holes.find((hole) => hole.slot.providerId === selected?.providerId) ?? waitList.holes.find((hole) => hole.isFreed) ?? waitList.holes[0])),
  })
  return { date, query, day, view, rooms, types, activeId, selected, acts: canAct ? acts : undefined, steps, move, panel, booking, waitList, activate, select, showDate, walkIn, showWaitList }
}

export const appointmentOf = (day: Day | undefined, id: string | undefined): DayAppointment | undefined => day?.appointments.find((one) => one.id === id)

/** The days on both sides are on this machine: asked for beforehand, ← and → show them at once. */
function usePrefetchedNeighbours(date: PlainDate): void {
  const queryClient = useQueryClient()
  useEffect(() => {
    for (const step of [-1, 1]) void queryClient.prefetchQuery(queryOptionsFor('scheduling.listDay', { date: addDays(date, step) }))
  }, [date, queryClient])
}

/** A booking has been made: the keys go on at the new block, as soon as it is there. */
function useFocusWhenDrawn(day: Day | undefined): (id: string) => void {
  const wanted = useRef<string | undefined>(undefined)
  useEffect(() => {
    if (!wanted.current || !appointmentOf(day, wanted.current)) return
    focusGridItem(wanted.current)
    wanted.current = undefined
  }, [day])
  return (id) => {
    wanted.current = id
  }
}

/** When a panel closes, the keys go on at the chosen appointment. */
function useFocusFollows(activeId: string | undefined, isPanelOpen: boolean): void {
  useEffect(() => {
    if (!isPanelOpen && activeId && document.activeElement === document.body) focusGridItem(activeId)
  }, [isPanelOpen, activeId])
}
