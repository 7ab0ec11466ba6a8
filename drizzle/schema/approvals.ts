import { check, index, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { sql } from 'drizzle-orm'
import { approvalStatuses } from '#shared/domains/approvals/model.ts'
import { userAccounts } from './clinic.ts'
import { oneOf } from './columns.ts'

/** Acts that take two people: asked for, decided, carried out. Triggers keep the request and the decision as they were. */
export const approvals = sqliteTable('approvals', {
  id: text().primaryKey(),
  /** "billing.voidInvoice". */
  procedure: text().notNull(),
  /** The whole input as canonical JSON: what was approved is what runs, to the letter. */
  input: text().notNull(),
  reason: text().notNull(),
  status: text().notNull(),
  requestedBy: text('requested_by').notNull().references(() => userAccounts.id),
  requestedAt: text('requested_at').notNull(),
  /** Of the request; once permitted, of the permit. */
  expiresAt: text('expires_at').notNull(),
  decidedBy: text('decided_by').references(() => userAccounts.id),
  decidedAt: text('decided_at'),
  declineReason: text('decline_reason'),
  /** Why the command was refused when it was approved the last time; the request stays open then. */
  refusedCode: text('refused_code'),
  /** Who has looked at an act that went through alone. */
  reviewedBy: text('reviewed_by').references(() => userAccounts.id),
  reviewedAt: text('reviewed_at'),
}, (t) => [
  check('approvals_status', oneOf(t.status, approvalStatuses)),
  check('approvals_two_people', sql`${t.decidedBy} is null or ${t.decidedBy} <> ${t.requestedBy}`),
  check('approvals_decided', sql`${t.status} not in ('done', 'permitted', 'used', 'declined') or (${t.decidedBy} is not null and ${t.decidedAt} is not null)`),
  index('approvals_by_status').on(t.status, t.requestedAt),
  index('approvals_by_requester').on(t.requestedBy, t.requestedAt),
])
