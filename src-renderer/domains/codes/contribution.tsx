import type { Contribution } from '#renderer/app/contribution.ts'
import { paths } from '#renderer/app/paths.ts'
import { registerErrorTexts } from '#renderer/rpc/error-text.ts'
import { IconBook2 } from '#renderer/ui/icons.ts'
import { errorTexts } from './words.ts'

registerErrorTexts(errorTexts)

export const codesContribution: Contribution = {
  domain: 'codes',
  routes: [{ path: '/codes', may: 'code.import', page: async () => (await import('./CodesPage.tsx')).CodesPage }],
  places: [{ id: 'codes', label: 'Codes', icon: IconBook2, path: paths.codes(), may: 'code.import' }],
  commands: [{ id: 'codes.open', label: 'Code sets and their years', icon: IconBook2, may: 'code.import', run: ({ go }) => go(paths.codes()) }],
}
