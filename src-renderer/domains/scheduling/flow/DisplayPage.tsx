import { useEffect, useRef, useState } from 'react'
import type { DisplayFeed } from '#shared/domains/flow/contract.ts'
import { dateInZone, toInstant } from '#shared/kernel/time.ts'
import { nowMs } from '#renderer/app/clock.ts'
import { longDate, time } from '#renderer/ui/format.ts'
import { Mark } from '#renderer/ui/Mark.tsx'
import { chime } from './chime.ts'
import { followFeed, type Shown } from './display-feed.ts'
import styles from './Display.module.css'

/**
 * What hangs in the waiting room: who is called, and where to. There is nothing to press and nothing else to see; the core
 * tells it numbers or initials, a room and a time, and would refuse it anything more.
 */
export function DisplayPage() {
  const [shown, setShown] = useState<Shown>({ is: 'starting' })
  useEffect(() => followFeed(setShown), [])
  if (shown.is === 'open') return <Calls feed={shown.feed} />
  return (
    <main className={styles['page']}>
      <div className={styles['quiet']}>
        <Mark size={72} />
        <h1>{shown.is === 'starting' ? 'Waiting room' : 'Calls appear here'}</h1>
        {shown.is === 'closed' && <p>Open this display again from a window of Cairn in which somebody is signed in.</p>}
      </div>
    </main>
  )
}

function Calls({ feed: { clinicName, timeZone, hasChime, calls } }: { feed: DisplayFeed }) {
  const now = useClock()
  const [newest, ...earlier] = calls
  const isToday = (at: string) => dateInZone(at, timeZone) === dateInZone(now, timeZone)
  useChime(newest?.id, hasChime)
  return (
    <main className={styles['page']}>
      <header className={styles['head']}>
        <span className={styles['clinic']}><Mark size={40} /> {clinicName}</span>
        <span>{longDate(dateInZone(now, timeZone))}</span>
        <time className={styles['clock']}>{time(now, timeZone)}</time>
      </header>
      {newest && isToday(newest.calledAt) ? (
        <section className={styles['now']} aria-live="polite" aria-label="Now called">
          <h1 className={styles['label']} data-long={newest.label.length > 4 || undefined}>{newest.label}</h1>
          <p className={styles['room']}><span aria-hidden>→</span> <span className="visually-hidden">to</span> {newest.roomName}</p>
          <p className={styles['at']}>called {time(newest.calledAt, timeZone)}</p>
        </section>
      ) : (
        <section className={styles['now']} aria-live="polite"><h1 className={styles['nobody']}>Nobody has been called yet</h1></section>
      )}
      <ul role="list" className={styles['earlier']} aria-label="Called before">
        {earlier.filter((call) => isToday(call.calledAt)).map((call) => (
          <li key={call.id}>
            <b>{call.label}</b>
            <span>{call.roomName}</span>
            <time>{time(call.calledAt, timeZone)}</time>
          </li>
        ))}
      </ul>
    </main>
  )
}

/** The time on the wall; by it the calls of yesterday go at midnight. */
function useClock(): string {
  const [now, setNow] = useState(nowMs)
  useEffect(() => {
    const timer = setTimeout(() => setNow(nowMs()), 60_000 - (nowMs() % 60_000) + 5)
    return () => clearTimeout(timer)
  }, [now])
  return toInstant(now)
}

/** Once for each call that comes while the display hangs there; not for those it finds at its start. */
function useChime(newestId: string | undefined, isOn: boolean): void {
  const last = useRef<string | undefined>(undefined)
  const isFirst = useRef(true)
  useEffect(() => {
    if (!isFirst.current && isOn && newestId !== undefined && newestId !== last.current) chime()
    isFirst.current = false
    last.current = newestId
  }, [newestId, isOn])
}
