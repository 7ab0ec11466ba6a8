import type { CodesReport, ImportCodesEvent } from '#shared/domains/codes/contract.ts'
import { createFileWork } from '#renderer/app/attention/file-work.ts'
import { paths } from '#renderer/app/paths.ts'

type Progress = Extract<ImportCodesEvent, { kind: 'progress' }>

/** The one code import of this window; it goes on when the screen is left. */
export const codeImport = createFileWork<Progress, CodesReport>({
  id: 'codes.import',
  title: (isDryRun) => (isDryRun ? 'Looking through a code file' : 'Importing a code set'),
  path: paths.codes(),
  note: ({ taken }) => `${taken.toLocaleString('en-US')} codes so far.`,
})
