import { useMemo, useRef, useState } from 'react'
import type { FeeItem } from '#shared/domains/billing/model.ts'
import type { Visit } from '#shared/domains/encounters/model.chart.ts'
import type { SignProblem } from '#shared/domains/encounters/rules.ts'
import { useMay } from '#renderer/app/actor.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { isOutOfReach } from '#renderer/app/network/reach.ts'
import { useNetwork } from '#renderer/app/network/state.ts'
import { paths } from '#renderer/app/paths.ts'
import { api, useApiQuery } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { IconFileCheck } from '#renderer/ui/icons.ts'
import { showToast } from '#renderer/ui/toast-store.ts'
import type { NoteDraft } from './useNoteDraft.ts'

export interface ChargeLine {
  feeItemId: string
  code: string
  label: string
  quantity: number
  amountCents: number
}

export interface Signing {
  lines: readonly ChargeLine[]
  /** Why this level was proposed. */
  reason: string | undefined
  withoutFee: readonly string[]
  /** The clinic's fees, to add one by hand. */
  fees: readonly FeeItem[]
  totalCents: number
  remove: (feeItemId: string) => void
  addFee: (feeItemId: string) => void
  sign: () => void
  isSigning: boolean
  refused: string | undefined
}

interface Options {
  visit: Visit
  note: NoteDraft
  problems: readonly SignProblem[]
}

/** The charges that follow from the note, and the one key that signs and charges. */
export function useSign({ visit, note, problems }: Options): Signing {
  const go = useGo()
  const mayCharge = useMay('charge.write')
  const encounterId = visit.encounter.id
  const proposal = useApiQuery('billing.proposeCharges', { encounterId }, { enabled: mayCharge })
  const fees = useApiQuery('billing.listFees', {}, { enabled: mayCharge })
  const [removed, setRemoved] = useState<ReadonlySet<string>>(new Set())
  const [added, setAdded] = useState<readonly string[]>([])
  const isAway = isOutOfReach(useNetwork())
  const [isSigning, setSigning] = useState(false)
  const [refused, setRefused] = useState<string>()
  // One id for each fee for as long as the page lives: a second press charges nothing twice.
  const ids = useRef(new Map<string, string>())
  const active = useMemo(() => (fees.data ?? []).filter((fee) => fee.isActive), [fees.data])
  const lines = useMemo(() => linesOf(proposal.data?.lines ?? [], active, removed, added), [proposal.data, active, removed, added])

  const run = async (): Promise<void> => {
    await note.draft.flush()
    const { noteId, revision, textHash } = note.saved()
    const charges = lines.map((line) => ({ id: idFor(ids.current, line.feeItemId), feeItemId: line.feeItemId, quantity: line.quantity }))
    await (charges.length > 0 ? api.billing.signAndCharge({ noteId, revision, textHash, charges }) : api.encounters.sign({ noteId, revision, textHash }))
    showToast({ text: isAway ? 'Signed here, not yet at the clinic.' : 'Signed.', strong: 'Later remarks become an addendum', icon: IconFileCheck })
    go(paths.home())
  }
  const sign = (): void => {
    if (isSigning || problems.length > 0) return
    setSigning(true)
    setRefused(undefined)
    run().catch((error: unknown) => setRefused(errorText(error))).finally(() => setSigning(false))
  }
  return {
    lines, reason: proposal.data?.reason, withoutFee: proposal.data?.withoutFee ?? [], fees: active.filter((fee) => !lines.some((line) => line.feeItemId === fee.id)),
    totalCents: lines.reduce((sum, line) => sum + line.amountCents, 0),
    remove: (feeItemId) => {
      setRemoved((before) => new Set([...before, feeItemId]))
      setAdded((before) => before.filter((id) => id !== feeItemId))
    },
    addFee: (feeItemId) => {
      setRemoved((before) => new Set([...before].filter((id) => id !== feeItemId)))
      setAdded((before) => [...before.filter((id) => id !== feeItemId), feeItemId])
    },
    sign, isSigning, refused,
  }
}

function linesOf(proposed: readonly ChargeLine[], fees: readonly FeeItem[], removed: ReadonlySet<string>, added: readonly string[]): ChargeLine[] {
  const kept = proposed.filter((line) => !removed.has(line.feeItemId))
  const byHand = added.filter((id) => !kept.some((line) => line.feeItemId === id)).flatMap((id) => fees.find((fee) => fee.id === id) ?? [])
  return [...kept, ...byHand.map((fee) => ({ feeItemId: fee.id, code: fee.code, label: fee.label, quantity: 1, amountCents: fee.priceCents }))]
}

function idFor(ids: Map<string, string>, feeItemId: string): string {
  const id = ids.get(feeItemId) ?? newId()
  ids.set(feeItemId, id)
  return id
}
