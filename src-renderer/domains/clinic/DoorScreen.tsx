import type { ReactNode } from 'react'
import type { Clinic } from '#shared/domains/clinic/model.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { useNow } from '#renderer/app/actor.tsx'
import { useDoorZone } from '#renderer/app/door-zone.ts'
import { bridge } from '#renderer/app/bridge.ts'
import { WindowButtons } from '#renderer/app/Header.tsx'
import { longDate, time } from '#renderer/ui/format.ts'
import { Mark } from '#renderer/ui/Mark.tsx'
import { locksAfter } from './view.door.ts'
import styles from './Door.module.css'

/** The frame of sign-in and lock: nothing on it names a patient. */
export function DoorScreen({ clinic, title, idleSeconds, children, card }: { clinic: Clinic | null; title: string; idleSeconds: number; children?: ReactNode; card: ReactNode }) {
  const zone = useDoorZone(clinic)
  const now = useNow()
  const version = bridge()?.version
  return (
    <div className={styles['door']}>
      <header className={styles['bar']}>
        <Mark size={24} />
        <strong>Cairn</strong>
        <span className={styles['clinic']}>{clinic?.name}{clinic?.isDemo && ' · demo'}</span>
        <WindowButtons />
      </header>
      <main className={styles['main']} data-alone={!children || undefined}>
        <h1 className="visually-hidden">{title}</h1>
        <div className={styles['left']}>
          <p className={styles['clock']}>
            <time>{time(now, zone)}</time>
            <span>{longDate(dateInZone(now, zone))}</span>
          </p>
          {children}
        </div>
        {card}
      </main>
      <footer className={styles['foot']}>
        <span>{locksAfter(idleSeconds)}</span>
        <span>Every chart that is opened is recorded</span>
        <span>{version && `Cairn ${version}`}</span>
      </footer>
    </div>
  )
}
