import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { UseQueryResult } from '@tanstack/react-query'
import type { Room, StaffMember } from '#shared/domains/clinic/model.ts'
import type { Day } from '#shared/domains/scheduling/contract.ts'
import type { AppointmentType, DayAppointment } from '#shared/domains/scheduling/model.ts'
import { addDays, dateInZone, minuteOfDay, type PlainDate } from '#shared/kernel/time.ts'
import { useActor, useMay, useNow, useToday, useZone } from '#renderer/app/actor.tsx'
import { useCarried, useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { queryOptionsFor, useApiQuery } from '#renderer/rpc/api.ts'
import { focusGridItem } from '#renderer/ui/ScheduleGrid.tsx'
import { useActs, type AppointmentActs } from './useActs.ts'
import { useBooking, type Booking } from './useBooking.ts'
import { useCalendarKeys } from './useCalendarKeys.ts'
import { useCalendarPlace, type PlaceChange } from './useCalendarPlace.ts'
import { useDayKeys } from './useDayKeys.ts'
import { useDayPanel, type DayPanel } from './useDayPanel.ts'
import { useGridStep, type GridStep } from './useGridStep.ts'
import { useMove, type Move } from './useMove.ts'
import { useSteps, type Steps } from './useSteps.ts'
import { useWaitList, type WaitList } from './useWaitList.ts'
import { providerLanes, roomLanes, weekLanes } from './view.columns.ts'
import { mondayOf, stepDate, type CalendarView } from './view.place.ts'
import { dayView, type DayView } from './view.ts'
import type { Hole } from './view.wait-list.ts'

const NO_ROOMS: readonly Room[] = []
const NO_TYPES: readonly AppointmentType[] = []
const NO_PROVIDERS: readonly StaffMember[] = []

/** Everything the day's parts share: which day, which visit is chosen, what can be done with it, and the keys for all of it. */
export interface DayState {
  calendar: CalendarView
  date: PlainDate
  /** Whose week it is; whose month, or undefined for the clinic's. */
  providerId: string | undefined
  providers: readonly StaffMember[]
  query: Pick<UseQueryResult, 'isPending' | 'isError' | 'error' | 'refetch'>
  /** What is drawn: one day, or the seven of somebody's week; nothing in the month, which counts only. */
  day: Day | undefined
  /** The whole clinic on the day that is meant: which rooms are free does not follow from one provider's week. */
  clinicDay: Day | undefined
  view: DayView | undefined
  grid: { step: GridStep; next: () => void }
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
  showView: (view: CalendarView) => void
  openDay: (date: PlainDate) => void
  showProvider: (providerId: string | undefined) => void
  /** By the step of the view; or by days, in the month. */
  step: (by: 1 | -1) => void
  stepDays: (by: number) => void
  /** Books on a day, which is shown by provider: all who are free stand side by side there. */
  book: (at?: { date: PlainDate; providerId?: string; minute: number }) => void
  walkIn: () => void
  /** The day on paper; in a week or month the chosen one of it. */
  print: () => void
  /** Opens the wait list: for one free time, or for the day. */
  showWaitList: (hole?: Hole) => void
  /** A booking has been made: the panel closes and the keys go on there. */
  showBooked: (id: string) => void
}

export function useDay(): DayState {
  const zone = useZone()
  const now = useNow()
  const today = useToday()
  const canAct = useMay('appointment.write')
  const mayManage = useMay('schedule.manage')
  const go = useGo()
  const [place, setPlace] = useCalendarPlace()
  const [activeId, activate] = useState<string>()
  const grid = useGridStep()
  const calendar = place.view
  const isOneDay = calendar === 'day' || calendar === 'rooms'
  const date = place.date ?? today
  const rooms = useApiQuery('clinic.listRooms', {}).data ?? NO_ROOMS
  const types = useApiQuery('scheduling.listTypes', {}).data ?? NO_TYPES
  const daily = useApiQuery('scheduling.listDay', { date }, { keepPrevious: true })
  const providerId = useWhose(place.providerId, calendar, daily.data)
  const weekly = useApiQuery('scheduling.listWeek', { from: mondayOf(date), providerId: providerId ?? '' }, { keepPrevious: true, enabled: calendar === 'week' && providerId !== undefined })
  const query = calendar === 'week' ? weekly : daily
  const day = calendar === 'month' ? undefined : query.data
  const view = useMemo(() => {
    if (calendar === 'month') return undefined
    if (calendar === 'week') return weekly.data && dayView(weekly.data, { zone, now }, weekLanes(weekly.data, zone))
    return daily.data && dayView(daily.data, { zone, now }, calendar === 'rooms' ? roomLanes(daily.data, rooms, zone) : providerLanes(daily.data, zone))
  }, [calendar, daily.data, weekly.data, rooms, zone, now])
  const selected = appointmentOf(day, activeId)

  const steps = useSteps()
  const panel = useDayPanel()
  const move = useMove({ day, view, types, stepMin: grid.step, steps, onSeries: (one, to) => panel.open({ kind: 'move-series', id: one.id, to }) })
  const focusWhenDrawn = useFocusWhenDrawn(day, useCarried()['choose'])
  const showBooked = (id: string): void => {
    panel.close()
    focusWhenDrawn(id)
  }
  const booking = useBooking({ isOpen: panel.shown?.kind === 'book', day: isOneDay ? day : undefined, types, steps, onBooked: (id) => showBooked(id) })
  const waitList = useWaitList(isOneDay ? day : undefined, steps)
  const clinicDay = calendar === 'week' ? daily.data ?? day : day
  const acts = useActs({ day: clinicDay, rooms, steps, move, panel, activate })

  const select = (id: string | undefined): void => {
    if (!id) return
    activate(id)
    focusGridItem(id)
  }
  const show = (change: PlaceChange): void => {
    move.cancel()
    setPlace(change)
  }
  /** Today follows the clock. */
  const kept = (to: PlainDate | undefined): PlainDate | undefined => (to === today ? undefined : to)
  const showDate = (to: PlainDate | undefined): void => show({ date: kept(to) })
  /** The chosen visit stays in sight. What is typed in a panel about one day is kept for when a day is shown again. */
  const showView = (to: CalendarView): void => {
    if ((to === 'week' || to === 'month') && panel.shown && !('id' in panel.shown)) panel.close()
    const at = selected && dateInZone(selected.startsAt, zone)
    show({ view: to, ...(at ? { date: kept(at) } : {}), ...(selected && to === 'week' ? { providerId: selected.providerId } : {}) })
  }
  const openDay = (to: PlainDate): void => show({ view: 'day', date: kept(to) })
  const showProvider = (to: string | undefined): void => show({ providerId: to })
  const step = (by: 1 | -1): void => show((at) => ({ date: kept(stepDate(at.view, at.date ?? today, by)) }))
  const stepDays = (by: number): void => show((at) => ({ date: kept(addDays(at.date ?? today, by)) }))
  const book: DayState['book'] = (at) => {
    show({ ...(isOneDay ? {} : { view: 'day' }), ...(at ? { date: kept(at.date) } : {}) })
    panel.book({ isWalkIn: false, ...(at ? { minute: at.minute, ...(at.providerId ? { providerId: at.providerId } : {}) } : {}) })
  }
  const walkIn = (): void => {
    show({ view: 'day', date: undefined })
    panel.book({ isWalkIn: true })
  }
  const print = (): void => go(paths.daySheet(selected ? dateInZone(selected.startsAt, zone) : date))
  const showWaitList = (hole?: Hole): void => {
    if (!isOneDay) show({ view: 'day' })
    waitList.choose(hole)
    panel.open({ kind: 'wait-list' })
  }
  const absentProvider = mayManage ? selected?.providerId ?? day?.providers[0]?.id : undefined
  usePrefetchedNeighbours(calendar, date, providerId)
  useFocusFollows(activeId, panel.shown !== undefined, view && calendar)
  useCalendarKeys({
    calendar, isMoving: move.moving !== undefined, selected,
    onView: showView, onStep: step, onToday: () => showDate(undefined), onPrint: print, onGrid: grid.next,
  })
  useDayKeys({
    calendar, view, selected, move, acts, canAct, steps, today, onSelect: select, nowMin: date === today ? minuteOfDay(now, zone) : 0,
    onBook: () => book(), onWalkIn: walkIn,
    onAbsent: absentProvider && date >= today ? () => go(paths.absentFor(absentProvider, date, date)) : undefined,
    onWaitList: () => showWaitList(), onFill: waitList.holes[0] && (() => showWaitList(waitList.holes.find((hole) => hole.slot.providerId === selected?.providerId) ?? waitList.holes.find((hole) => hole.isFreed) ?? waitList.holes[0])),
  })
  return {
    calendar, date, providerId, providers: daily.data?.providers ?? NO_PROVIDERS, query, day, clinicDay, view, grid, rooms, types, activeId, selected, acts: canAct ? acts : undefined, steps, move, panel, booking, waitList,
    activate, select, showDate, showView, openDay, showProvider, step, stepDays, book, walkIn, print, showWaitList, showBooked,
  }
}

/** Whose week: the one that was chosen, one's own, or the first. A month nobody was chosen for is the clinic's. */
function useWhose(chosen: string | undefined, calendar: CalendarView, day: Day | undefined): string | undefined {
  const { staffId } = useActor()
  const providers = day?.providers ?? NO_PROVIDERS
  const known = providers.some((provider) => provider.id === chosen) ? chosen : undefined
  if (calendar === 'month') return known
  return known ?? providers.find((provider) => provider.id === staffId)?.id ?? providers[0]?.id
}

export const appointmentOf = (day: Day | undefined, id: string | undefined): DayAppointment | undefined => day?.appointments.find((one) => one.id === id)

/** What lies on both sides is on this machine: asked for beforehand, ← and → show it at once. */
function usePrefetchedNeighbours(calendar: CalendarView, date: PlainDate, providerId: string | undefined): void {
  const queryClient = useQueryClient()
  useEffect(() => {
    for (const by of [-1, 1] as const) {
      const to = stepDate(calendar, date, by)
      if (calendar === 'week' && providerId) void queryClient.prefetchQuery(queryOptionsFor('scheduling.listWeek', { from: mondayOf(to), providerId }))
      else if (calendar !== 'month') void queryClient.prefetchQuery(queryOptionsFor('scheduling.listDay', { date: to }))
    }
  }, [calendar, date, providerId, queryClient])
}

/** A booking has been made, or another screen leads to one: the keys go on at its block, as soon as it is there. */
function useFocusWhenDrawn(day: Day | undefined, asked: string | undefined): (id: string) => void {
  const wanted = useRef(asked)
  useEffect(() => {
    if (!wanted.current || !appointmentOf(day, wanted.current)) return
    focusGridItem(wanted.current)
    wanted.current = undefined
  }, [day])
  return (id) => {
    wanted.current = id
  }
}

/** When a panel closes or another cut of the calendar is drawn, the keys go on at the chosen appointment. */
function useFocusFollows(activeId: string | undefined, isPanelOpen: boolean, drawn: CalendarView | undefined): void {
  const latest = useRef(drawn)
  useEffect(() => {
    const isNew = latest.current !== drawn
    latest.current = drawn
    if (!isPanelOpen && activeId && (isNew || document.activeElement === document.body)) focusGridItem(activeId)
  }, [isPanelOpen, activeId, drawn])
}
