import { useState } from 'react'
import { Screen } from '#renderer/app/Screen.tsx'
import { useActor } from '#renderer/app/actor.tsx'
import { ClinicCard } from './ClinicCard.tsx'
import { ConsentFormsCard } from './ConsentFormsCard.tsx'
import { KeysCard } from './KeysCard.tsx'
import { ReachCard } from './ReachCard.tsx'
import { ReissueKey } from './ReissueKey.tsx'
import { RoomsCard } from './RoomsCard.tsx'
import { SignInCard } from './SignInCard.tsx'
import styles from './Clinic.module.css'

/** What the clinic is called and where it works; hours and visit types have a place of their own. */
export function SettingsPage() {
  const { clinic } = useActor()
  const [isReissuing, setReissuing] = useState(false)
  if (isReissuing) return <ReissueKey onDone={() => setReissuing(false)} />
  return (
    <Screen title="Settings" meta={clinic.isDemo ? 'demo clinic' : clinic.name}>
      <div className={styles['settings']}>
        <div className={styles['stack']}>
          <ClinicCard key={clinic.id} clinic={clinic} />
          <ReachCard />
          <ConsentFormsCard />
        </div>
        <div className={styles['stack']}>
          <SignInCard />
          <RoomsCard />
          <KeysCard onReissue={() => setReissuing(true)} />
        </div>
      </div>
    </Screen>
  )
}
