import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { Cents } from '../../kernel/money.ts'
import { Instant } from '../../kernel/time.ts'
import { MethodTotal } from './model.views.ts'

const amount = Cents.min(0)

/** The drawer since it was last closed. */
export const OpenDrawer = z.object({
  /** Of the close that would end it. */
  number: z.int().min(1),
  /** Null before the first close. */
  lastClosedAt: Instant.nullable(),
  floatCents: amount,
  byMethod: z.array(MethodTotal),
  /** All that was taken and given back since, of every method, oldest first. */
  paymentIds: z.array(Id).max(limits.drawer_payments),
  /** More was taken than one close can hold; the rest is for the next. */
  hasMore: z.boolean(),
})
export type OpenDrawer = z.infer<typeof OpenDrawer>

/** A count of the drawer, as it was made. What should have been in it is the float, and cash in less cash out. */
export const DrawerClose = z.object({
  id: Id,
  number: z.int().min(1),
  closedAt: Instant,
  closedByName: z.string(),
  floatCents: amount,
  cashInCents: amount,
  cashOutCents: amount,
  countedCents: amount,
  /** Stays in the drawer for the next day; the rest goes to the bank. */
  leftCents: amount,
  /** Why the count is not what the ledger says; null where it is. */
  reason: z.string().nullable(),
  byMethod: z.array(MethodTotal),
})
export type DrawerClose = z.infer<typeof DrawerClose>
