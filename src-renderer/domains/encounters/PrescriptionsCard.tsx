import { stateOf } from '#shared/domains/medications/rules.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { useMay, useToday, useZone } from '#renderer/app/actor.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { usePending } from '#renderer/app/network/state.ts'
import { paths } from '#renderer/app/paths.ts'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { Card } from '#renderer/ui/Card.tsx'
import { listDate } from '#renderer/ui/format.ts'
import { QueryState } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { Unconfirmed } from '#renderer/ui/Unconfirmed.tsx'
import { Rows } from './ChartRows.tsx'
import { HeadAct } from './HeadAct.tsx'
import styles from './Chart.module.css'

const SHOWN = 6

/** What was signed, by its sentence; everything about it is on its own page. */
export function PrescriptionsCard({ patientId }: { patientId: string }) {
  const go = useGo()
  const zone = useZone()
  const today = useToday()
  const isPending = usePending()
  const mayPrepare = useMay('prescription.prepare')
  const maySign = useMay('prescription.sign')
  const found = useApiQuery('medications.list', { patientId, limit: SHOWN })
  const acts = (
    <>
      {maySign && <HeadAct label="renew" keyId="chart.renew" onClick={() => go(paths.renew(patientId))} />}
      {mayPrepare && <HeadAct label="prescribe" keyId="chart.prescribe" onClick={() => go(paths.prescribe(patientId))} />}
    </>
  )
  return (
    <Card title="Prescriptions" flush aside={acts}>
      {found.data ? (
        <Rows empty="Nothing was prescribed here yet.">
          {found.data.map((one) => (
            <li key={one.id}>
              <button type="button" className={styles['row']} onClick={() => go(paths.prescriptions(patientId))}>
                <div className={styles['rowMain']}>
                  <div className={`${styles['rowNote']} unmistakable`}>{one.sentence}</div>
                  <div className={styles['rowAside']}>{listDate(dateInZone(one.signedAt, zone), today)} · {[one.prescriber.title, one.prescriber.familyName].filter(Boolean).join(' ')}</div>
                </div>
                {stateOf(one) === 'cancelled' && <Tag tone="bad">Cancelled</Tag>}
                {isPending('medication_requests', one.id) && <Unconfirmed>on paper, clinic check pending</Unconfirmed>}
              </button>
            </li>
          ))}
        </Rows>
      ) : <QueryState query={found} what="The list of prescriptions" />}
    </Card>
  )
}
