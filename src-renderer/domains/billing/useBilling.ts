import { useState } from 'react'
import type { WorkItem } from '#shared/domains/billing/model.views.ts'
import { sumCents } from '#shared/kernel/money.ts'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { count, listName, money } from '#renderer/ui/format.ts'
import { IconFileInvoice } from '#renderer/ui/icons.ts'
import { showToast } from '#renderer/ui/toast-store.ts'

/** Bills one visit after the other, each in its own transaction: one that is refused does not hold up the rest. */
export function useBilling(onDone: () => void): { run: (items: readonly WorkItem[], show: (item: WorkItem) => void) => Promise<void>; isRunning: boolean; problem: string | undefined } {
  const create = useCommand('billing.createInvoice')
  const [isRunning, setRunning] = useState(false)
  const [problem, setProblem] = useState<string>()

  const run = async (items: readonly WorkItem[], show: (item: WorkItem) => void): Promise<void> => {
    if (isRunning || items.length === 0) return
    setRunning(true)
    setProblem(undefined)
    const billed: { item: WorkItem; id: string; number: string }[] = []
    const refused: string[] = []
    for (const item of items) {
      const outcome = await create.run({ id: newId(), encounterId: item.encounterId }).catch((error: unknown) => errorText(error))
      if (typeof outcome === 'string') refused.push(`${listName(item.patient)}: ${outcome}`)
      else billed.push({ item, id: outcome.id, number: outcome.number })
    }
    setRunning(false)
    if (refused.length > 0) setProblem(refused.join(' '))
    const [first] = billed
    if (!first) return
    const sum = money(sumCents(billed.map(({ item }) => item.chargesCents)))
    showToast(billed.length === 1 ? { text: `Billed ${sum} as`, strong: first.number, icon: IconFileInvoice } : { text: `Billed ${count(billed.length, 'visit')},`, strong: sum, icon: IconFileInvoice })
    // With one visit the next step is its payment, so its bill is shown; after several the list goes on.
    if (billed.length === 1) show({ ...first.item, kind: 'invoice', id: first.id })
    onDone()
  }
  return { run, isRunning, problem }
}
