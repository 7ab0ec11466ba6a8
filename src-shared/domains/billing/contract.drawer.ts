import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { Cents } from '../../kernel/money.ts'
import { Instant } from '../../kernel/time.ts'
import { command, query } from '../../rpc/define.ts'
import { DrawerClose, OpenDrawer } from './model.drawer.ts'

const topics = ['billing'] as const

export const CloseDrawerInput = z.strictObject({
  id: Id,
  /** As `openDrawer` said: whoever counted against an older state is told. */
  number: z.int().min(1),
  /** What was counted against. Money that this machine did not know of is in the next close. */
  paymentIds: z.array(Id).max(limits.drawer_payments),
  countedCents: Cents.min(0),
  leftCents: Cents.min(0),
  reason: z.string().trim().min(1).max(limits.line_chars).nullable(),
})
export type CloseDrawerInput = z.infer<typeof CloseDrawerInput>

/** The drawer counted against the ledger. A close is never changed; money taken after it is in the next one. */
export const drawer = {
  openDrawer: query({ can: 'payment.take', topics, input: z.strictObject({}), output: OpenDrawer }),
  closeDrawer: command({
    conflict: 'from-state', can: 'payment.take', audit: 'drawer.closed', topics, input: CloseDrawerInput, output: DrawerClose,
    errors: {
      DRAWER_CLOSED_MEANWHILE: z.object({ closedAt: Instant, closedByName: z.string() }),
      DRAWER_CHANGED: z.undefined(), LEFT_ABOVE_COUNT: z.undefined(), DIFFERENCE_NEEDS_REASON: z.object({ differenceCents: Cents }), ID_USED: z.undefined(),
    },
  }),
  /** Latest first. */
  listDrawerCloses: query({
    can: 'invoice.read', topics, input: z.strictObject({ before: z.int().nullable().default(null) }),
    output: z.object({ closes: z.array(DrawerClose).max(limits.page_rows), next: z.int().nullable() }),
  }),
  drawerClose: query({ can: 'invoice.read', topics, input: z.strictObject({ id: Id }), output: DrawerClose }),
}
