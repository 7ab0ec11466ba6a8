import { useMediaQuery } from '@mantine/hooks'
import { useNow, useZone } from '#renderer/app/actor.tsx'
import { useChosenSubject } from '#renderer/app/asked.ts'
import { Column, Screen } from '#renderer/app/Screen.tsx'
import { EmptyState, Notice, QueryState } from '#renderer/ui/states.tsx'
import { AppointmentView } from './AppointmentView.tsx'
import { DateSwitch } from './DateSwitch.tsx'
import { DayAside } from './DayAside.tsx'
import { DayGrid } from './DayGrid.tsx'
import { DayPanels } from './DayPanels.tsx'
import { DayStrip } from './DayStrip.tsx'
import { MonthBoard } from './MonthBoard.tsx'
import { ProviderTabs } from './ProviderTabs.tsx'
import { useDay, type DayState } from './useDay.ts'
import { movingWords } from './view.fit.ts'
import { viewWords } from './view.place.ts'
import { dayCounts } from './view.ts'
import styles from './Day.module.css'

/** From here on the window has room for one more column. */
const WIDE = '(min-width: 1600px)'
/** Below this (1280 px at 150 %) the grid has the window to itself; who waits is on the strip and in the grid. */
const NARROW = '(max-width: 1000px)'
const WAITING_PX = 288
const DETAILS_PX = 400

/** The clinic's day: home of the front desk. Everything on it is live and everything on it has a key. */
export function DayPage() {
  const state = useDay()
  useChosenSubject({ patientId: state.selected?.isRestricted ? undefined : state.selected?.patientId, appointmentId: state.selected?.id })
  const isWide = useMediaQuery(WIDE, false, { getInitialValueInEffect: false })
  const isNarrow = useMediaQuery(NARROW, false, { getInitialValueInEffect: false })
  const isPanelOpen = state.panel.shown !== undefined
  const hasDetails = isWide && !isPanelOpen && state.calendar !== 'rooms'
  // Rooms and those without one take the whole width; where there is more of it, who waits stands beside them again.
  const hasAside = state.calendar === 'day' || (state.calendar === 'rooms' && isWide)
  return (
    <Screen
      title={viewWords[state.calendar].one}
      filter={<DateSwitch calendar={state.calendar} date={state.date} onStep={state.step} onToday={() => state.showDate(undefined)} onView={state.showView} onPrint={state.print} />}
      body="fill"
      asideWidth={hasDetails ? WAITING_PX + DETAILS_PX : WAITING_PX}
      aside={state.day && hasAside && !isNarrow && (isWide || !isPanelOpen) && <Asides state={state} hasDetails={hasDetails} />}
    >
      {state.calendar === 'month' ? <MonthBoard state={state} /> : <Board state={state} />}
      <DayPanels state={state} />
    </Screen>
  )
}

function Board({ state }: { state: DayState }) {
  const zone = useZone()
  const now = useNow()
  const { day, view, acts, panel, steps, move } = state
  const mayBook = acts !== undefined && panel.shown === undefined
  return (
    <>
      {state.calendar === 'week' ? (
        <div className={styles['whose']}>
          <ProviderTabs where="Day" providers={state.providers} chosenId={state.providerId} onChoose={state.showProvider} />
        </div>
      ) : (
        day && <DayStrip counts={dayCounts(day, { zone, now })} onBook={mayBook ? () => state.book() : undefined} onWalkIn={mayBook ? state.walkIn : undefined} waiting={panel.shown ? undefined : { count: state.waitList.rows.length, onOpen: () => state.showWaitList() }} />
      )}
      {steps.problem && (
        <div className={styles['problem']} role="alert">
          <Notice tone="bad">{steps.problem}</Notice>
        </div>
      )}
      <div className={styles['board']}>
        <div className={styles['live']} aria-live="polite">
          {move.moving && (
            <span>
              <strong>{movingWords(move.moving)}.</strong> {!move.moving.isHeld && (move.moving.isResizing ? 'Shift ↑ ↓ changes its length, Enter keeps it, Esc leaves it.' : '↑ ↓ earlier and later, ← → another column, Enter puts it there, Esc leaves it.')}
            </span>
          )}
        </div>
        <QueryState query={state.query} what={state.calendar === 'week' ? 'The week' : 'The day'} />
        {day && view && day.providers.length > 0 && <DayGrid state={state} day={day} view={view} />}
        {day?.providers.length === 0 && <EmptyState title="Nobody sees patients yet">Mark a person as provider under Staff and give them hours; their column appears here.</EmptyState>}
      </div>
    </>
  )
}

function Asides({ state, hasDetails }: { state: DayState; hasDetails: boolean }) {
  const { day, rooms, types, selected, acts } = state
  if (!day) return null
  return (
    <div className={styles['asides']}>
      <DayAside day={day} rooms={rooms} selected={selected} isSelectedShown={hasDetails} acts={acts} onSelect={state.select} />
      {hasDetails && (
        <div className={styles['docked']}>
          <Column head="Appointment">
            {selected ? (
              <div className={styles['inset']}>
                <AppointmentView one={selected} day={day} rooms={rooms} types={types} acts={acts} />
              </div>
            ) : (
              <p className={styles['quiet']}>Choose an appointment: its details and history appear here.</p>
            )}
          </Column>
        </div>
      )}
    </div>
  )
}
