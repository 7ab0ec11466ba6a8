import { useMemo } from 'react'
import type { Payment } from '#shared/domains/billing/model.ts'
import { usePending } from '#renderer/app/network/state.ts'

/** Numbers of the receipts whose payment the host has not confirmed yet. */
export function useUnsentReceipts(payments: readonly Pick<Payment, 'id' | 'receiptNumber'>[]): ReadonlySet<string> {
  const isPending = usePending()
  return useMemo(() => new Set(payments.filter((payment) => isPending('payments', payment.id)).map((payment) => payment.receiptNumber)), [payments, isPending])
}
