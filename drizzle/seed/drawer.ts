import { drawerClosePayments, drawerCloses, payments } from '#drizzle/schema/billing.ts'
import { expectedCents } from '#shared/domains/billing/rules.drawer.ts'
import { toInstant } from '#shared/kernel/time.ts'
import type { Calendar } from './calendar.ts'
import type { Chance } from './random.ts'
import type { Emit, SeedRow } from './rows.ts'
import type { DemoStaff } from './staff.ts'

const FLOAT_CENTS = 20_000
const HALF_PAST_SIX_PM = 1_110

/** The drawer of each evening, counted right. Of today nobody has closed it. */
export function makeDrawer(chance: Chance, emit: Emit, calendar: Calendar, staff: DemoStaff): { add: (row: SeedRow) => void; close: (day: number) => void } {
  let taken: (typeof payments.$inferInsert)[] = []
  let number = 0
  let floatCents = 0
  return {
    add: ({ table, row }) => {
      if (table === payments) taken.push(row as typeof payments.$inferInsert) // What was emitted for this table.
    },
    close: (day) => {
      const cash = (kind: string): number => taken.filter((one) => one.method === 'cash' && one.kind === kind).reduce((sum, one) => sum + one.amountCents, 0)
      const counted = { floatCents, cashInCents: cash('payment'), cashOutCents: cash('refund') }
      const countedCents = expectedCents(counted)
      if (taken.length === 0 || countedCents < 0) return
      const atMs = calendar.at(day, HALF_PAST_SIX_PM)
      const id = chance.id(atMs)
      number += 1
      floatCents = Math.min(FLOAT_CENTS, countedCents)
      emit(drawerCloses, { id, number, closedAt: toInstant(atMs), closedBy: chance.pick(staff.desk), ...counted, countedCents, leftCents: floatCents, reason: null })
      for (const { id: paymentId } of taken) emit(drawerClosePayments, { paymentId, closeId: id })
      taken = []
    },
  }
}
