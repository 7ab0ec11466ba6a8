import type { FhirReport, ImportFhirEvent } from '#shared/domains/migration/contract.ts'
import { createFileWork } from '#renderer/app/attention/file-work.ts'
import { paths } from '#renderer/app/paths.ts'

type Progress = Extract<ImportFhirEvent, { kind: 'progress' }>

/** The one chart import of this window; it goes on when the screen is left. */
export const chartImport = createFileWork<Progress, FhirReport>({
  id: 'migration.import',
  title: (isDryRun) => (isDryRun ? 'Looking through a file of charts' : 'Importing charts'),
  path: paths.importData(),
  note: ({ taken, skipped }) => `${taken.toLocaleString('en-US')} rows taken, ${skipped.toLocaleString('en-US')} left out.`,
})
