import { useToday, useZone } from '#renderer/app/actor.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { Card } from '#renderer/ui/Card.tsx'
import { dateTime } from '#renderer/ui/format.ts'
import { QueryState } from '#renderer/ui/states.tsx'
import styles from './Patient.module.css'
import { changeText } from './words.ts'

/** Who changed what, newest first: nothing is overwritten without a trace. */
export function HistoryCard({ patientId }: { patientId: string }) {
  const zone = useZone()
  const today = useToday()
  const history = useApiQuery('patients.history', { id: patientId })
  return (
    <Card title="Changes" flush>
      <QueryState query={history} what="The changes" />
      {history.data?.length === 0 && <p className={styles['none']}>As registered; nothing was changed since.</p>}
      <ul className={styles['rows']}>
        {history.data?.map((change) => (
          <li key={change.id} className={styles['row']}>
            <div className={styles['rowText']}>
              {changeText(change)}
              <span>
                {dateTime(change.changedAt, zone, today)}, {change.changedBy}
              </span>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  )
}
