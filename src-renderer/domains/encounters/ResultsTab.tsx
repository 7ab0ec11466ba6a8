import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import type { Observation } from '#shared/domains/encounters/model.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { queryOptionsFor } from '#renderer/rpc/api.ts'
import { Card } from '#renderer/ui/Card.tsx'
import { listDate } from '#renderer/ui/format.ts'
import type { TabProps } from './ChartPanel.tsx'
import { ObservationRow } from './ObservationRow.tsx'
import { PAGE_ROWS, Pages } from './Pages.tsx'
import { ResultRows } from './ResultRows.tsx'
import styles from './Chart.module.css'

const kinds = [
  { value: 'reports', label: 'Lab reports' },
  { value: 'laboratory', label: 'Single results' },
  { value: 'social-history', label: 'Social history' },
  { value: 'survey', label: 'Surveys' },
  { value: 'other', label: 'Other' },
] as const
type Kind = (typeof kinds)[number]['value']

/** Everything measured that is no vital sign, by where it came from. */
export function ResultsTab({ chart }: TabProps) {
  const [kind, setKind] = useState<Kind>('laboratory')
  return (
    <div className={styles['list']}>
      <div className={styles['tabHead']}>
        <SegmentedControl aria-label="Kind of result" value={kind} data={kinds.map((one) => ({ ...one }))} onChange={(value) => setKind(kinds.find((one) => one.value === value)?.value ?? 'laboratory')} />
      </div>
      {kind === 'reports' ? <Reports patientId={chart.patient.id} /> : <Observations key={kind} patientId={chart.patient.id} category={kind} />}
    </div>
  )
}

function Observations({ patientId, category }: { patientId: string; category: Observation['category'] }) {
  return (
    <Card title={kinds.find((one) => one.value === category)?.label} note="newest first" flush>
      <Pages
        page={(before) => queryOptionsFor('encounters.listObservations', { patientId, category, before, limit: PAGE_ROWS })}
        cursorOf={(one) => ({ at: one.observedAt, id: one.id })} keyOf={(one) => one.id}
        row={(one) => <ObservationRow observation={one} />}
        what="The list of results" empty="Nothing of this kind on record."
      />
    </Card>
  )
}

function Reports({ patientId }: { patientId: string }) {
  const zone = useZone()
  const today = useToday()
  return (
    <Pages
      look="groups"
      page={(before) => queryOptionsFor('encounters.listReports', { patientId, before, limit: PAGE_ROWS })}
      cursorOf={(one) => ({ at: one.issuedAt, id: one.id })} keyOf={(one) => one.id}
      row={(report) => (
        <li>
          <Card title={report.concept.label} note={listDate(dateInZone(report.issuedAt, zone), today)} flush>
            {report.conclusion && <p className={styles['visitText']}>{report.conclusion}</p>}
            {(report.results.length > 0 || !report.conclusion) && <ResultRows results={report.results} withDay={false} empty="The report holds no single results." />}
          </Card>
        </li>
      )}
      what="The list of lab reports" empty="No lab reports on record."
    />
  )
}
