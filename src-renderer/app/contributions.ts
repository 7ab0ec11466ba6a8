import { accessContribution } from '#renderer/domains/access/contribution.tsx'
import { approvalsContribution } from '#renderer/domains/approvals/contribution.tsx'
import { auditContribution } from '#renderer/domains/audit/contribution.tsx'
import { billingContribution } from '#renderer/domains/billing/contribution.tsx'
import { encountersContribution } from '#renderer/domains/encounters/contribution.tsx'
import { patientsContribution } from '#renderer/domains/patients/contribution.tsx'
import { clinicContribution } from '#renderer/domains/clinic/contribution.tsx'
import { codesContribution } from '#renderer/domains/codes/contribution.tsx'
import { migrationContribution } from '#renderer/domains/migration/contribution.tsx'
import { networkContribution } from '#renderer/domains/network/contribution.tsx'
import { schedulingContribution } from '#renderer/domains/scheduling/contribution.tsx'
import { callsContribution } from '#renderer/domains/calls/contribution.tsx'
import { tasksContribution } from '#renderer/domains/tasks/contribution.tsx'
import type { Contribution } from './contribution.ts'

/** The domains of the window, one line each. */
export const contributions: readonly Contribution[] = [
  encountersContribution,
  approvalsContribution,
  auditContribution,
  billingContribution,
  clinicContribution,
  patientsContribution,
  codesContribution,
  migrationContribution,
  networkContribution,
  schedulingContribution,
  accessContribution,
  tasksContribution,
  callsContribution,
]
