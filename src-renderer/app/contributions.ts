import { billingContribution } from '#renderer/domains/billing/contribution.tsx'
import { encountersContribution } from '#renderer/domains/encounters/contribution.tsx'
import { schedulingContribution } from '#renderer/domains/scheduling/contribution.tsx'
import type { Contribution } from './contribution.ts'

/** The domains of the window, one line each. */
export const contributions: readonly Contribution[] = [
  encountersContribution,
  billingContribution,
  schedulingContribution,
]
