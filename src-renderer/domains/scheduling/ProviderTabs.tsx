import type { StaffMember } from '#shared/domains/clinic/model.ts'
import { KeyHint, useKeys } from '#renderer/app/keys/keys.tsx'
import { Person } from '#renderer/ui/Person.tsx'
import { providerName } from './view.ts'
import styles from './Schedule.module.css'

/** Whose hours are shown; 1 to 9 as on the day. */
export function ProviderTabs({ providers, chosenId, where = 'Hours', onChoose }: { providers: readonly StaffMember[]; chosenId: string; where?: string; onChoose: (id: string) => void }) {
  const numbered = providers.slice(0, 9)
  useKeys(numbered.map((provider, i) => ({ id: `hours.provider-${i + 1}`, keys: String(i + 1), label: providerName(provider), where, run: () => onChoose(provider.id) })))
  return (
    <div role="group" aria-label="Provider" className={styles['tabs']}>
      {providers.map((provider, i) => (
        <button key={provider.id} type="button" className={styles['tab']} aria-pressed={provider.id === chosenId} onClick={() => onChoose(provider.id)}>
          <Person name={`${provider.givenName} ${provider.familyName}`} size={24} />
          {providerName(provider)}
          {i < 9 && <KeyHint keys={String(i + 1)} />}
        </button>
      ))}
    </div>
  )
}
