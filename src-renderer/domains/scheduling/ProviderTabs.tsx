import type { StaffMember } from '#shared/domains/clinic/model.ts'
import { KeyHint, useKeys } from '#renderer/app/keys/keys.tsx'
import { Person } from '#renderer/ui/Person.tsx'
import { providerName } from './view.names.ts'
import styles from './Schedule.module.css'

interface ProviderTabsProps {
  providers: readonly StaffMember[]
  /** Undefined: all of them. */
  chosenId: string | undefined
  onChoose: (id: string) => void
  /** Heading on the keys page. */
  where?: string
  /** Offers all of them together as well, on 0. */
  onEveryone?: () => void
}

/** Whose hours or whose days are shown; 1 to 9 as on the day. */
export function ProviderTabs({ providers, chosenId, onChoose, where = 'Hours', onEveryone }: ProviderTabsProps) {
  const numbered = providers.slice(0, 9)
  useKeys([
    ...(onEveryone ? [{ id: 'hours.provider-0', keys: '0', label: 'The whole clinic', where, run: onEveryone }] : []),
    ...numbered.map((provider, i) => ({ id: `hours.provider-${i + 1}`, keys: String(i + 1), label: providerName(provider), where, run: () => onChoose(provider.id) })),
  ])
  return (
    <div role="group" aria-label="Provider" className={styles['tabs']}>
      {onEveryone && (
        <button type="button" className={styles['tab']} aria-pressed={chosenId === undefined} onClick={onEveryone}>
          Whole clinic <KeyHint keys="0" />
        </button>
      )}
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
