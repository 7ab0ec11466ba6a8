import type { PrescriptionRow } from '#shared/domains/medications/model.ts'
import { usePending } from '#renderer/app/network/state.ts'
import { Card } from '#renderer/ui/Card.tsx'
import { Unconfirmed } from '#renderer/ui/Unconfirmed.tsx'
import styles from './Prescribe.module.css'

/** What was signed on this screen, to be printed together. */
export function SignedNow({ rows }: { rows: readonly PrescriptionRow[] }) {
  const isPending = usePending()
  if (rows.length === 0) return null
  return (
    <Card title="Signed now" note={rows.length} flush>
      <ul role="list" className={styles['rows']}>
        {rows.map((one) => (
          <li key={one.id} className={styles['row']}>
            <div className={styles['rowMain']}>
              <p className="unmistakable">{one.sentence}</p>
            </div>
            {isPending('medication_requests', one.id) && <Unconfirmed>clinic check pending</Unconfirmed>}
          </li>
        ))}
      </ul>
    </Card>
  )
}
