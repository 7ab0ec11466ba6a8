import { formatCents } from '#shared/kernel/money.ts'
import { useActor } from '#renderer/app/actor.tsx'

/** An amount with two decimals and a true minus; what goes down in a ledger may be shown in the ok colour. */
export function Money({ cents, strong = false, relief = false }: { cents: number; strong?: boolean; relief?: boolean }) {
  const { currency } = useActor().clinic
  const text = formatCents(cents, currency)
  return <span style={{ fontWeight: strong ? 600 : undefined, color: relief && cents < 0 ? 'var(--ok)' : undefined, whiteSpace: 'nowrap' }}>{text}</span>
}
