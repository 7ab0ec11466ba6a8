import type { Visit } from '#shared/domains/encounters/model.chart.ts'
import { vitalOf } from '#shared/domains/encounters/model.vitals.ts'
import { factsText } from './view.vitals.ts'
import styles from './Note.module.css'

/** What was measured in this visit, linked to its facts: a corrected value corrects the line. */
export function ObjectiveFacts({ visit }: { visit: Visit }) {
  const values = visit.observations.filter((one) => one.enteredInErrorAt === null).flatMap((one) => vitalOf(one) ?? [])
  if (values.length === 0) return null
  return (
    <span className={styles['facts']} title="From the vital signs of this visit">
      {factsText(values)}
    </span>
  )
}
