import type { Contribution } from '#renderer/app/contribution.ts'
import { paths } from '#renderer/app/paths.ts'
import { registerErrorTexts } from '#renderer/rpc/error-text.ts'
import { IconFileImport } from '#renderer/ui/icons.ts'
import { ImportFacts, TableFacts } from './ApprovalFacts.tsx'
import { errorTexts } from './words.ts'

registerErrorTexts(errorTexts)

export const migrationContribution: Contribution = {
  domain: 'migration',
  routes: [
    { path: '/import', may: 'migration.import', page: async () => (await import('./ImportPage.tsx')).ImportPage },
    { path: '/import/table', may: 'migration.import', page: async () => (await import('./CsvPage.tsx')).CsvPage },
    { path: '/print/import/$importId', fullWindow: true, may: 'migration.import', page: async () => (await import('./CsvPrintPage.tsx')).CsvPrintPage },
  ],
  places: [{ id: 'import', label: 'Import', icon: IconFileImport, path: paths.importData(), may: 'migration.import' }],
  approvals: [{ procedure: 'migration.importFhir', title: 'Import charts', Facts: ImportFacts }, { procedure: 'migration.commitCsv', title: 'Import a table', Facts: TableFacts }],
  commands: [{ id: 'migration.open', label: 'Import charts from another system', icon: IconFileImport, may: 'migration.import', run: ({ go }) => go(paths.importData()) }, { id: 'migration.table', label: 'Import a table (CSV) of a former system', icon: IconFileImport, may: 'migration.import', run: ({ go }) => go(paths.importTable()) }],
}
