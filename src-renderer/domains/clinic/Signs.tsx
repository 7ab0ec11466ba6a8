import type { IconType } from '#renderer/app/contribution.ts'
import { IconAlertTriangle, IconCircleCheckFilled, IconCopy, IconDatabase, IconDeviceDesktop, IconInfoCircle, IconShieldLock } from '#renderer/ui/icons.ts'
import type { Sign } from './view.health.ts'
import styles from './Clinic.module.css'

const icons: Record<Sign['id'], IconType> = { records: IconDatabase, disk: IconInfoCircle, backup: IconCopy, key: IconShieldLock, computer: IconDeviceDesktop }
const toneWords: Record<Sign['tone'], string> = { ok: 'well', warn: 'look at this', bad: 'act now' }

/** Signs of health, each a sentence with a fact; never colour alone. */
export function Signs({ signs }: { signs: readonly Sign[] }) {
  return (
    <ul role="list" className={styles['signs']}>
      {signs.map((sign) => {
        const Icon = icons[sign.id]
        return (
          <li key={sign.id} className={styles['sign']} data-tone={sign.tone}>
            <span className={styles['signHead']}>
              <Icon size={16} stroke={1.7} />
              {sign.label}
              {sign.tone === 'ok' ? <IconCircleCheckFilled size={17} /> : <IconAlertTriangle size={17} stroke={1.8} />}
              <span className="visually-hidden">{toneWords[sign.tone]}</span>
            </span>
            <strong>{sign.title}</strong>
            <span>{sign.fact}</span>
          </li>
        )
      })}
    </ul>
  )
}
