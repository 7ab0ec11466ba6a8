import { IconAlertCircle, IconKeyboard } from '#renderer/ui/icons.ts'
import { Mark } from '#renderer/ui/Mark.tsx'
import { useAttentionCount } from './attention/long-work.ts'
import type { PlaceContribution } from './contribution.ts'
import { useShortcut } from './keys/keys.tsx'
import { useCurrentPath, useGo } from './navigation.ts'
import { paths } from './paths.ts'
import { usePlaces } from './places.ts'
import styles from './Shell.module.css'

export function Rail({ onShowKeys }: { onShowKeys: () => void }) {
  const places = usePlaces()
  const current = usePlaceOf(places)
  const keys = useShortcut('shell.keys')
  return (
    <nav className={styles['rail']} aria-label="Places" data-region="rail">
      <div className={styles['markBox']}>
        <Mark size={30} />
      </div>
      <ul role="list">
        {places.map((place) => (
          <RailPlace key={place.id} place={place} isCurrent={place.id === current} />
        ))}
        <AttentionPlace />
        <li>
          <button type="button" className={styles['place']} onClick={onShowKeys} {...keys}>
            <IconKeyboard size={20} stroke={1.6} />
            Keys
          </button>
        </li>
      </ul>
    </nav>
  )
}

/** The place whose address is the longest beginning of the current one: a chart belongs to Patients. */
function usePlaceOf(places: readonly PlaceContribution[]): string | undefined {
  const path = useCurrentPath()
  const fitting = places.filter((place) => path === place.path || path.startsWith(`${place.path}/`))
  return fitting.sort((a, b) => b.path.length - a.path.length)[0]?.id
}

const noCount = () => undefined

function RailPlace({ place, isCurrent }: { place: PlaceContribution; isCurrent: boolean }) {
  const useCount = place.useCount ?? noCount
  const amount = useCount()
  const shortcut = useShortcut(`go.${place.id}`)
  const Icon = place.icon
  return (
    <li>
      <RailLink path={place.path} isCurrent={isCurrent} label={amount ? `${place.label}, ${amount} to do` : place.label} shortcut={shortcut}>
        <Icon size={20} stroke={1.6} />
        {place.label}
        {amount ? <span className={styles['count']}>{amount}</span> : null}
      </RailLink>
    </li>
  )
}

function AttentionPlace() {
  const amount = useAttentionCount()
  const isCurrent = useCurrentPath() === paths.attention()
  return (
    <li className={styles['foot']}>
      <RailLink path={paths.attention()} isCurrent={isCurrent} label={amount ? `Attention, ${amount} to settle` : 'Attention'}>
        <IconAlertCircle size={20} stroke={1.6} />
        Attention
        {amount ? (
          <span className={styles['count']} data-alert>
            {amount}
          </span>
        ) : null}
      </RailLink>
    </li>
  )
}

interface RailLinkProps {
  path: string
  isCurrent: boolean
  label: string
  shortcut?: { 'aria-keyshortcuts'?: string }
  children: React.ReactNode
}

function RailLink({ path, isCurrent, label, shortcut, children }: RailLinkProps) {
  const go = useGo()
  return (
    <a
      className={styles['place']}
      href={`#${path}`}
      aria-label={label}
      aria-current={isCurrent ? 'page' : undefined}
      draggable={false}
      onClick={(event) => {
        event.preventDefault()
        go(path)
      }}
      {...shortcut}
    >
      {children}
    </a>
  )
}
