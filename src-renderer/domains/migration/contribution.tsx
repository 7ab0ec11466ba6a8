import type { Contribution } from '#renderer/app/contribution.ts'
import { paths } from '#renderer/app/paths.ts'
import { registerErrorTexts } from '#renderer/rpc/error-text.ts'
import { IconFileImport } from '#renderer/ui/icons.ts'
import { ImportFacts } from './ApprovalFacts.tsx'
import { errorTexts } from './words.ts'

registerErrorTexts(errorTexts)

export const migrationContribution: Contribution = {
  domain: 'migration',
  routes: [{ path: '/import', may: 'migration.import', page: async () => (await import('./ImportPage.tsx')).ImportPage }],
  places: [{ id: 'import', label: 'Import', icon: IconFileImport, path: paths.importData(), may: 'migration.import' }],
  approvals: [{ procedure: 'migration.importFhir', title: 'Import charts', Facts: ImportFacts }],
  commands: [{ id: 'migration.open', label: 'Import charts from another system', icon: IconFileImport, may: 'migration.import', run: ({ go }) => go(paths.importData()) }],
}
