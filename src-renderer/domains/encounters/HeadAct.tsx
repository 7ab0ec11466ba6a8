import { KeyHint } from '#renderer/app/keys/keys.tsx'
import styles from './Chart.module.css'

/** The one small act in the head of a card of the chart, with its key. */
export function HeadAct({ label, keyId, onClick, name }: { label: string; keyId: string; onClick: () => void; name?: string }) {
  return (
    <button type="button" className={styles['headAct']} onClick={onClick} aria-label={name}>
      {label} <KeyHint of={keyId} />
    </button>
  )
}
