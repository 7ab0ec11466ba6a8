import { Screen } from '#renderer/app/Screen.tsx'
import { useActor } from '#renderer/app/actor.tsx'
import { ClinicCard } from './ClinicCard.tsx'
import { HoursCard } from './HoursCard.tsx'
import { TypesCard } from './TypesCard.tsx'
import styles from './Clinic.module.css'

/** What the clinic is called, when it works, and how long its visits take. */
export function SettingsPage() {
  const { clinic } = useActor()
  return (
    <Screen title="Settings" meta={clinic.isDemo ? 'demo clinic' : clinic.name}>
      <div className={styles['settings']}>
        <ClinicCard key={clinic.id} clinic={clinic} />
        <div className={styles['stack']}>
          <TypesCard />
          <HoursCard />
        </div>
      </div>
    </Screen>
  )
}
