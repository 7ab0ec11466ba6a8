import type { CodeSet, CodesReport } from '#shared/domains/codes/contract.ts'
import { reasonWords } from './words.ts'

/** "FY2027", "October 2025", "Starter set", or that nobody knows. */
export function editionWords(edition: string): string {
  if (edition === 'starter') return 'Starter set'
  const month = /^(\d{4})-(\d{2})$/.exec(edition)
  if (month) return `${MONTHS[Number(month[2]) - 1] ?? month[2]} ${month[1]}`
  return edition === '' ? 'Not known' : edition
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

/** What is wrong with a set that claims of today would notice. */
export function ageWords({ edition, outdatedBy }: Pick<CodeSet, 'edition' | 'outdatedBy'>): string | undefined {
  if (outdatedBy === null) return undefined
  return edition === 'starter' ? `Only a start, ${outdatedBy} is in force` : `${outdatedBy} is in force`
}

export function skippedWords({ skipped, reasons }: Pick<CodesReport, 'skipped' | 'reasons'>): string {
  if (skipped === 0) return 'None'
  const parts = Object.entries(reasons).map(([reason, amount]) => `${amount.toLocaleString('en-US')} ${reasonWords(reason)}`)
  return parts.join(', ')
}
