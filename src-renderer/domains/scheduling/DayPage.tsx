import { useEffect, useRef, useState } from 'react'
import { useMediaQuery } from '@mantine/hooks'
import type { Room } from '#shared/domains/clinic/model.ts'
import type { Day } from '#shared/domains/scheduling/contract.ts'
import type { AppointmentType, DayAppointment } from '#shared/domains/scheduling/model.ts'
import { freeRooms } from '#shared/domains/scheduling/rules.ts'
import { addDays, minuteOfDay, type PlainDate } from '#shared/kernel/time.ts'
import { useMay, useNow, useToday, useZone } from '#renderer/app/actor.tsx'
import { useOptionalRouteParam } from '#renderer/app/navigation.ts'
import { Column, Screen } from '#renderer/app/Screen.tsx'
import { queryClient, queryOptionsFor, useApiQuery } from '#renderer/rpc/api.ts'
import { focusGridItem } from '#renderer/ui/ScheduleGrid.tsx'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import { AppointmentView, type AppointmentActs } from './AppointmentView.tsx'
import { DateSwitch } from './DateSwitch.tsx'
import { DayAside } from './DayAside.tsx'
import { appointmentOf, DayGrid } from './DayGrid.tsx'
import { DayPanels } from './DayPanels.tsx'
import { DayStrip } from './DayStrip.tsx'
import { useBooking } from './useBooking.ts'
import { useDayKeys } from './useDayKeys.ts'
import { useDayPanel } from './useDayPanel.ts'
import { useMove } from './useMove.ts'
import { useSteps } from './useSteps.ts'
import { movingWords } from './view.fit.ts'
import { dayCounts, dayView } from './view.ts'
import styles from './Day.module.css'

const WIDE = '(min-width: 1600px)'
const NO_ROOMS: readonly Room[] = []
const NO_TYPES: readonly AppointmentType[] = []

/** The clinic's day: home of the front desk. Everything on it is live and everything on it has a key. */
export function DayPage() {
  const zone = useZone()
  const now = useNow()
  const today = useToday()
  const canAct = useMay('appointment.write')
  const isWide = useMediaQuery(WIDE, false, { getInitialValueInEffect: false })
  const asked = useOptionalRouteParam('date')
  const [chosenDate, setDate] = useState<PlainDate | undefined>(asked)
  const date = chosenDate ?? today
  const [activeId, setActiveId] = useState<string>()
  const query = useApiQuery('scheduling.listDay', { date }, { keepPrevious: true })
  const rooms = useApiQuery('clinic.listRooms', {}).data ?? NO_ROOMS
  const day = query.data
  const view = day && dayView(day, { zone, now })
  const selected = appointmentOf(day, activeId)
  const steps = useSteps()
  const move = useMove(day, steps)
  const panel = useDayPanel()
  const types = useApiQuery('scheduling.listTypes', {}).data ?? NO_TYPES
  const toFocus = useFocusWhenDrawn(day)
  const booking = useBooking({ day, types, steps, onBooked: (id) => { panel.close(); toFocus(id) } })
  usePrefetchedNeighbours(date)
  useFocusFollows(activeId, panel.shown !== undefined)

  const room = (one: DayAppointment, chosen = day && freeRooms(rooms, day.appointments, one)[0]) => void (chosen && steps.room(one, chosen))
  const acts: AppointmentActs = {
    onCheckIn: (one) => panel.open({ kind: 'check-in', id: one.id }),
    onRoom: room,
    onStart: (one) => void steps.start(one),
    onComplete: (one) => void steps.complete(one),
    onMove: (one) => { panel.close(); setActiveId(one.id); move.begin(one) },
    onNoShow: (one) => void steps.markNoShow(one),
    onCancel: (one) => panel.open({ kind: 'cancel', id: one.id }),
  }
  const go = (to: PlainDate | undefined) => { move.cancel(); setDate(to) }
  const open = (id: string) => { setActiveId(id); panel.open({ kind: 'details', id }) }

  useDayKeys({
    view, selected, canAct, move, nowMin: date === today ? minuteOfDay(now, zone) : 0,
    onSelect: (id) => { setActiveId(id); if (id) focusGridItem(id) },
    onStep: (days) => go(addDays(date, days)), onToday: () => go(undefined),
    onBook: () => panel.book({ isWalkIn: false }), onWalkIn: () => { go(undefined); panel.book({ isWalkIn: true }) },
    acts: {
      open: (one) => open(one.id), checkIn: acts.onCheckIn, room: (one) => room(one), start: acts.onStart, move: acts.onMove,
      noShow: acts.onNoShow, cancel: acts.onCancel,
    },
  })

  const isPanelOpen = panel.shown !== undefined
  return (
    <Screen
      title="Day"
      filter={<DateSwitch date={date} onStep={(days) => go(addDays(date, days))} onToday={() => go(undefined)} />}
      body="fill"
      asideWidth={isWide && !isPanelOpen ? 288 + 400 : 288}
      aside={day && (isWide || !isPanelOpen) && (
        <div className={styles['asides']}>
          <DayAside day={day} rooms={rooms} selected={selected} isSelectedShown={isWide && !isPanelOpen} canAct={canAct} onSelect={(id) => { setActiveId(id); focusGridItem(id) }} onRoom={room} />
          {isWide && !isPanelOpen && (
            <div className={styles['docked']}>
              <Column head="Appointment">
                {selected ? <div className={styles['inset']}><AppointmentView one={selected} day={day} rooms={rooms} acts={canAct ? acts : undefined} /></div> : <p className={styles['quiet']}>Choose an appointment: its details and history appear here.</p>}
              </Column>
            </div>
          )}
        </div>
      )}
    >
      {day && <DayStrip counts={dayCounts(day, { zone, now })} onBook={canAct && !isPanelOpen ? () => panel.book({ isWalkIn: false }) : undefined} onWalkIn={canAct && !isPanelOpen ? () => { go(undefined); panel.book({ isWalkIn: true }) } : undefined} />}
      {steps.problem && <div className={styles['problem']} role="alert"><Notice tone="bad">{steps.problem}</Notice></div>}
      <div className={styles['board']}>
      <div className={styles['live']} aria-live="polite">
        {move.moving && <span><strong>{movingWords(move.moving.startMin, move.moving.fit)}.</strong> {!move.moving.isHeld && '↑ ↓ a quarter hour, ← → provider, Enter puts it there, Esc leaves it.'}</span>}
      </div>
      <QueryState query={query} what="The day" />
      {day && view && (
        <DayGrid
          day={day} view={view} activeId={activeId} onActivate={setActiveId} onOpen={open} move={move} canAct={canAct}
          booking={panel.shown?.kind === 'book' ? booking : undefined}
          onPick={canAct ? (providerId, minute) => panel.book({ isWalkIn: false, providerId, minute }) : undefined}
        />
      )}
      </div>
      {day && <DayPanels panel={panel} day={day} rooms={rooms} types={types} booking={booking} steps={steps} acts={canAct ? acts : undefined} onDate={go} />}
    </Screen>
  )
}

/** The days on both sides are on this machine: asked for beforehand, ← and → show them at once. */
function usePrefetchedNeighbours(date: PlainDate): void {
  useEffect(() => {
    for (const step of [-1, 1]) void queryClient.prefetchQuery(queryOptionsFor('scheduling.listDay', { date: addDays(date, step) }))
  }, [date])
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

