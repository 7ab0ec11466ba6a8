import { useEffect, useState } from 'react'
import { nowInstant } from '#renderer/app/clock.ts'
import { useSession } from '#renderer/rpc/session.ts'
import { time } from '#renderer/ui/format.ts'
import { IconCornerDownRight } from '#renderer/ui/icons.ts'
import { DoorDesk } from './SignInPage.tsx'
import styles from './Door.module.css'

/**
 * Lies over the work, which stays as it was, half-typed words included. It says the place someone comes back to,
 * never a patient: the window's title is a noun of ours.
 */
export function LockPage() {
  const { person, people, clinic, unlock, signIn } = useSession()
  const [before] = useState(() => ({ place: document.title.split(' · ')[0] ?? 'your work', at: nowInstant() }))
  useEffect(() => {
    const { title } = document
    document.title = 'Locked · Cairn'
    return () => {
      document.title = title
    }
  }, [])
  if (!person || !clinic) return null
  const waiting = {
    userId: person.userId, place: before.place, note: `locked ${time(before.at, clinic.timeZone)}`, onUnlock: unlock,
    comeBack: (
      <p className={styles['comeBack']}>
        <IconCornerDownRight size={16} stroke={1.8} />
        <span>
          You come back to <strong>{before.place}</strong>, with the cursor where it was. Nothing was lost.
        </span>
      </p>
    ),
  }
  return (
    <div className={styles['over']}>
      <DoorDesk people={people} preselected={person} title="Locked" waiting={waiting} onSignIn={signIn} />
    </div>
  )
}
