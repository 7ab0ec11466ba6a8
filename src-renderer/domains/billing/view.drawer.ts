import type { DrawerClose } from '#shared/domains/billing/model.drawer.ts'
import { differenceCents } from '#shared/domains/billing/rules.drawer.ts'
import { money } from '#renderer/ui/format.ts'

/** "Equal to the ledger", "$5.00 too little", "$2.00 too much". */
export function differenceText(difference: number): string {
  if (difference === 0) return 'Equal to the ledger'
  return difference > 0 ? `${money(difference)} too much` : `${money(0 - difference)} too little`
}

export const differenceOf = (close: DrawerClose): number => differenceCents(close, close.countedCents)
