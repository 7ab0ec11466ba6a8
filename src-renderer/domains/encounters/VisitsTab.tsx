import { dateInZone } from '#shared/kernel/time.ts'
import { useMay, useToday, useZone } from '#renderer/app/actor.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { queryOptionsFor } from '#renderer/rpc/api.ts'
import { Card } from '#renderer/ui/Card.tsx'
import { listDate } from '#renderer/ui/format.ts'
import { Tag } from '#renderer/ui/StateTag.tsx'
import type { TabProps } from './ChartPanel.tsx'
import { PAGE_ROWS, Pages } from './Pages.tsx'
import { CareTeamCard } from './CareTeamCard.tsx'
import { staffText } from './view.ts'
import styles from './Chart.module.css'

export function VisitsTab({ chart }: TabProps) {
  const go = useGo()
  const zone = useZone()
  const today = useToday()
  const patientId = chart.patient.id
  const isDaily = useMay('chart.read')
  const day = (at: string) => listDate(dateInZone(at, zone), today)
  return (
    <div className={`${styles['groups']} ${styles['list']}`}>
      <Card title="Visits" note="newest first" flush>
        <Pages
          page={(before) => queryOptionsFor('encounters.listVisits', { patientId, before, limit: PAGE_ROWS })}
          cursorOf={(visit) => ({ at: visit.startedAt, id: visit.id })} keyOf={(visit) => visit.id}
          row={(visit) => (
            <li>
              <button type="button" className={styles['row']} onClick={() => go(paths.note(visit.id))}>
                <div className={styles['rowMain']}>
                  <div className={styles['rowTitle']}>{visit.reason ?? 'Visit'}</div>
                  <div className={styles['rowNote']}>{[visit.provider && staffText(visit.provider), visit.place].filter(Boolean).join(' · ')}</div>
                </div>
                {visit.status === 'in-progress' && <Tag tone="warn">Open</Tag>}
                <span className={styles['rowAside']}>{day(visit.startedAt)}</span>
              </button>
            </li>
          )}
          what="The list of visits" empty="No visits on record yet."
        />
      </Card>
      <Card title="Procedures" note="newest first" flush>
        <Pages
          page={(before) => queryOptionsFor('encounters.listProcedures', { patientId, before, limit: PAGE_ROWS })}
          cursorOf={(one) => ({ at: one.performedAt, id: one.id })} keyOf={(one) => one.id}
          row={(one) => (
            <li className={styles['row']}>
              <div className={styles['rowMain']}><div className={styles['rowTitle']}>{one.concept.label}</div></div>
              <span className={styles['rowAside']}>{day(one.performedAt)}</span>
            </li>
          )}
          what="The list of procedures" empty="No procedures on record."
        />
      </Card>
      {isDaily && <CareTeamCard patientId={patientId} />}
    </div>
  )
}
