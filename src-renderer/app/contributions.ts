import { accessContribution } from '#renderer/domains/access/contribution.tsx'
import { approvalsContribution } from '#renderer/domains/approvals/contribution.tsx'
import { auditContribution } from '#renderer/domains/audit/contribution.tsx'
import { billingContribution } from '#renderer/domains/billing/contribution.tsx'
import { encountersContribution } from '#renderer/domains/encounters/contribution.tsx'
import { patientsContribution } from '#renderer/domains/patients/contribution.tsx'
import { clinicContribution } from '#renderer/domains/clinic/contribution.tsx'
import { codesContribution } from '#renderer/domains/codes/contribution.tsx'
import { consentsContribution } from '#renderer/domains/consents/contribution.tsx'
import { inventoryContribution } from '#renderer/domains/inventory/contribution.tsx'
import { medicationsContribution } from '#renderer/domains/medications/contribution.tsx'
import { migrationContribution } from '#renderer/domains/migration/contribution.tsx'
import { networkContribution } from '#renderer/domains/network/contribution.tsx'
import { roomsContribution } from '#renderer/domains/rooms/contribution.tsx'
import { schedulingContribution } from '#renderer/domains/scheduling/contribution.tsx'
import { staffContribution } from '#renderer/domains/staff/contribution.tsx'
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
  inventoryContribution,
  medicationsContribution,
  migrationContribution,
  networkContribution,
  schedulingContribution,
  roomsContribution,
  staffContribution,
  accessContribution,
  tasksContribution,
  callsContribution,
  consentsContribution,
]
