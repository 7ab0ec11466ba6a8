import { useState } from 'react'
import type { MeasuredObservation } from '#shared/domains/encounters/model.chart.ts'
import { vitalOf } from '#shared/domains/encounters/model.vitals.ts'
import { ageOn, flagOf } from '#shared/domains/encounters/rules.ranges.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { useMay, useZone } from '#renderer/app/actor.tsx'
import { queryOptionsFor } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import type { TabProps } from './ChartPanel.tsx'
import { CorrectVital } from './CorrectVital.tsx'
import { ObservationRow } from './ObservationRow.tsx'
import { PAGE_ROWS, Pages } from './Pages.tsx'
import { PressureCard } from './PressureCard.tsx'
import { noVisitReason } from './view.ts'
import { vitalText } from './view.vitals.ts'
import { Flagged } from './VitalRows.tsx'
import styles from './Chart.module.css'

/** Every measuring ever, newest first, with the way to correct a slip. */
export function VitalsTab({ chart, open }: TabProps) {
  const zone = useZone()
  const mayCorrect = useMay('vitals.write')
  const [wrong, setWrong] = useState<MeasuredObservation>()
  const patientId = chart.patient.id
  const valueOf = (observation: MeasuredObservation) => {
    const vital = vitalOf(observation)
    if (!vital || observation.enteredInErrorAt !== null) return undefined
    return <Flagged flag={flagOf(vital.kind, vital.value, ageOn(chart.patient.birthDate, dateInZone(observation.observedAt, zone)))} withWord>{vitalText(vital.kind, vital.value)}</Flagged>
  }
  return (
    <div className={`${styles['groups']} ${styles['list']}`}>
      <PressureCard trends={chart.vitals} />
      <Card title="Vital signs" note="newest first" flush aside={<ActionButton size="compact-xs" keyId="chart.vitals" disabledReason={noVisitReason(chart.visit)} onClick={() => open('vitals')}>Record vitals</ActionButton>}>
        <Pages
          page={(before) => queryOptionsFor('encounters.listObservations', { patientId, category: 'vital-signs', before, limit: PAGE_ROWS })}
          cursorOf={(one) => ({ at: one.observedAt, id: one.id })} keyOf={(one) => one.id}
          row={(one) => (
            <ObservationRow
              observation={one} value={valueOf(one)}
              act={mayCorrect && one.enteredInErrorAt === null && vitalOf(one) && <ActionButton variant="subtle" size="compact-xs" onClick={() => setWrong(one)}>Correct</ActionButton>}
            />
          )}
          what="The list of vital signs" empty="No vital signs yet."
        />
      </Card>
      {wrong && <CorrectVital observation={wrong} birthDate={chart.patient.birthDate} onClose={() => setWrong(undefined)} />}
    </div>
  )
}
