import * as z from 'zod'
import { assert } from './assert.ts'

/** Money is a whole number of cents, signed; a balance above zero is owed to the clinic. */
export const Cents = z.int().min(-1_000_000_000).max(1_000_000_000)
export const PositiveCents = z.int().min(1).max(1_000_000_000)
export type Cents = number

export function sumCents(amounts: Iterable<Cents>): Cents {
  let total = 0
  for (const amount of amounts) {
    assert(Number.isSafeInteger(amount), 'cents are whole numbers')
    total += amount
  }
  return total
}

/** "$1,873.00", "−$25.00" with a true minus: always two decimals (design: words, money). */
export function formatCents(cents: Cents, currency = 'USD', locale = 'en-US'): string {
  const text = new Intl.NumberFormat(locale, { style: 'currency', currency, minimumFractionDigits: 2 }).format(Math.abs(cents) / 100)
  return cents < 0 ? `−${text}` : text
}

/** Reads "50", "50.5", "$1,873.00"; undefined when it is not an amount with at most two decimals. */
export function parseCents(text: string): Cents | undefined {
  const bare = text.replace(/[\s$,]/g, '')
  const match = /^(-|−)?(\d{1,8})(?:\.(\d{1,2}))?$/.exec(bare)
  if (!match) return undefined
  const cents = Number(match[2]) * 100 + Number((match[3] ?? '').padEnd(2, '0'))
  return match[1] ? -cents : cents
}
