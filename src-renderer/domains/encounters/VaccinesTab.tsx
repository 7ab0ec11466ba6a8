import { dateInZone } from '#shared/kernel/time.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { queryOptionsFor } from '#renderer/rpc/api.ts'
import { Card } from '#renderer/ui/Card.tsx'
import { listDate } from '#renderer/ui/format.ts'
import type { TabProps } from './ChartPanel.tsx'
import { PAGE_ROWS, Pages } from './Pages.tsx'
import styles from './Chart.module.css'

export function VaccinesTab({ chart }: TabProps) {
  const zone = useZone()
  const today = useToday()
  const patientId = chart.patient.id
  return (
    <div className={styles['list']}>
      <Card title="Vaccines" note="newest first" flush>
        <Pages
          page={(before) => queryOptionsFor('encounters.listImmunizations', { patientId, before, limit: PAGE_ROWS })}
          cursorOf={(one) => ({ at: one.givenAt, id: one.id })} keyOf={(one) => one.id}
          row={(one) => (
            <li className={styles['row']}>
              <div className={styles['rowMain']}>
                <div className={styles['rowTitle']}>{one.concept.label}</div>
                <div className={`${styles['rowNote']} code`}>{[one.concept.code && `CVX ${one.concept.code}`, one.lot && `lot ${one.lot}`, one.site].filter(Boolean).join(' · ')}</div>
              </div>
              <span className={styles['rowAside']}>{listDate(dateInZone(one.givenAt, zone), today)}</span>
            </li>
          )}
          what="The list of vaccines" empty="No vaccines on record."
        />
      </Card>
    </div>
  )
}
