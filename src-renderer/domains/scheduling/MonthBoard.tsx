import { useEffect, useRef } from 'react'
import type { PlainDate } from '#shared/kernel/time.ts'
import { useToday } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { EmptyState, QueryState } from '#renderer/ui/states.tsx'
import { ProviderTabs } from './ProviderTabs.tsx'
import type { DayState } from './useDay.ts'
import { monthCells, type MonthCell } from './view.month.ts'
import { monthDates, placeWords } from './view.place.ts'
import styles from './Month.module.css'

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** How full each day of the month is, for the clinic or one provider. Arrows go from day to day, Enter opens one. */
export function MonthBoard({ state }: { state: DayState }) {
  const { date, providerId, providers } = state
  const dates = monthDates(date)
  const [from = date, to = date] = [dates[0], dates.at(-1)]
  const query = useApiQuery('scheduling.occupancy', { from, to, providerId: providerId ?? null }, { keepPrevious: true })
  const cells = monthCells(dates, query.data ?? [], date)
  const table = useFocusOn(date, query.data !== undefined)
  const go = (days: number) => () => state.stepDays(days)
  const open = (day: PlainDate): void => state.openDay(day)
  useKeys([
    { id: 'month.left', keys: '←', label: 'Day before', where: 'Day', run: go(-1) },
    { id: 'month.right', keys: '→', label: 'Day after', where: 'Day', run: go(1) },
    { id: 'month.up', keys: '↑', label: 'A week before', where: 'Day', run: go(-7) },
    { id: 'month.down', keys: '↓', label: 'A week after', where: 'Day', run: go(7) },
    { id: 'month.open', keys: 'Enter', label: 'Open the day', where: 'Day', run: () => open(date) },
  ])
  return (
    <>
      <div className={styles['whose']}>
        <ProviderTabs where="Day" providers={providers} chosenId={providerId} onChoose={state.showProvider} onEveryone={() => state.showProvider(undefined)} />
      </div>
      <div className={styles['board']}>
        <QueryState query={query} what="The month" />
        {query.data && providers.length === 0 && <EmptyState title="Nobody sees patients yet">Mark a person as provider under Staff and give them hours; the days they are in appear here.</EmptyState>}
        {query.data && (
          <table ref={table} className={styles['month']} aria-label={placeWords('month', date)}>
            <thead>
              <tr>
                {weekdays.map((name) => (
                  <th key={name} scope="col">
                    {name.slice(0, 3)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {Array.from({ length: dates.length / 7 }, (_, week) => (
                <tr key={dates[week * 7]}>
                  {cells.slice(week * 7, week * 7 + 7).map((cell) => (
                    <td key={cell.date}>
                      <Cell cell={cell} isChosen={cell.date === date} onOpen={open} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </>
  )
}

function Cell({ cell, isChosen, onOpen }: { cell: MonthCell; isChosen: boolean; onOpen: (date: PlainDate) => void }) {
  const today = useToday()
  return (
    <button
      type="button" className={styles['day']} aria-label={cell.label} aria-current={cell.date === today ? 'date' : undefined}
      tabIndex={isChosen ? 0 : -1} data-date={cell.date} data-chosen={isChosen || undefined} data-other={cell.isOther || undefined} data-tone={cell.tone} onClick={() => onOpen(cell.date)}
    >
      <span className={styles['number']}>
        {cell.dayOfMonth}
        {cell.holiday && <span className={styles['holiday']}>{cell.holiday}</span>}
      </span>
      {cell.percent !== undefined && (
        <span className={styles['bar']}>
          <span style={{ width: `${cell.percent}%` }} />
        </span>
      )}
      <span className={styles['line']}>
        {cell.percent !== undefined && <strong>{cell.percent} %</strong>} {cell.line}
      </span>
    </button>
  )
}

/** The keys are where the eyes are: on the chosen day. */
function useFocusOn(date: PlainDate, isDrawn: boolean) {
  const table = useRef<HTMLTableElement>(null)
  useEffect(() => {
    const active = document.activeElement
    const isFree = active === document.body || active?.tagName === 'MAIN' || table.current?.contains(active)
    if (isDrawn && isFree) table.current?.querySelector<HTMLElement>(`[data-date="${date}"]`)?.focus({ preventScroll: true })
  }, [date, isDrawn])
  return table
}
