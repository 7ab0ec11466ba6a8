import type { Visit } from '#shared/domains/encounters/model.chart.ts'
import { vitalOf } from '#shared/domains/encounters/model.vitals.ts'
import { factsText } from './view.vitals.ts'
import styles from './Note.module.css'

/**
 * What was measured in this visit. While the note is a draft a corrected value corrects the line; a signed note shows
 * what it was signed with, whatever was measured or marked afterwards.
 */
export function ObjectiveFacts({ visit, signedAt = null }: { visit: Visit; signedAt?: string | null }) {
  const values = visit.observations.filter((one) => stoodAt(one, signedAt)).flatMap((one) => vitalOf(one) ?? [])
  if (values.length === 0) return null
  return (
    <span className={styles['facts']} title="From the vital signs of this visit">
      {factsText(values)}
    </span>
  )
}

function stoodAt({ recordedAt, enteredInErrorAt }: Visit['observations'][number], signedAt: string | null): boolean {
  if (signedAt === null) return enteredInErrorAt === null
  return recordedAt <= signedAt && (enteredInErrorAt === null || enteredInErrorAt > signedAt)
}
