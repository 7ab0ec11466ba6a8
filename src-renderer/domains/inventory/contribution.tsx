import type { Contribution } from '#renderer/app/contribution.ts'
import { registerErrorTexts } from '#renderer/rpc/error-text.ts'
import { errorTexts } from './words.ts'

registerErrorTexts(errorTexts)

export const inventoryContribution: Contribution = {
  domain: 'inventory',
  routes: [],
}
