import { useState } from 'react'
import type { Drug, OverrideReason, PrescriptionAlert, PrescriptionDraft, PrescriptionOrder, PrescriptionRow } from '#shared/domains/medications/model.ts'
import { unanswered, withReasons } from '#shared/domains/medications/rules.alerts.ts'
import { newOrder } from '#shared/domains/medications/rules.formulary.ts'
import { orderProblems } from '#shared/domains/medications/rules.order.ts'
import { drugText } from '#shared/domains/medications/rules.sentence.ts'
import { canonicalStrength } from '#shared/domains/medications/rules.strength.ts'
import { useActor, useMay } from '#renderer/app/actor.tsx'
import { useCommand } from '#renderer/rpc/api.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { showToast } from '#renderer/ui/toast-store.ts'
import { emptyDraft, useOrderDraft } from './prescription-draft.ts'
import { alertKey, alertsOf, changed, numberIn, overridesOf, type Facts, type NumberField } from './view.ts'

export interface Place { patientId: string; encounterId: string | null; facts: Facts; indication: PrescriptionOrder['indication'] }

/** One prescription from the drug to the signature, and what has been signed on this screen. */
export function usePrescribing({ patientId, encounterId, facts, indication }: Place) {
  const { userId } = useActor()
  const maySign = useMay('prescription.sign')
  const [draft, change] = useOrderDraft(userId, patientId)
  const [id, setId] = useState(newId)
  const [isTried, setTried] = useState(false)
  const [signed, setSigned] = useState<readonly PrescriptionRow[]>([])
  const sign = useCommand('medications.sign')
  const prepare = useCommand('medications.prepare')
  const { order } = draft
  const alerts = order ? alertsOf(order.drug.generic, facts) : []
  const overrides = overridesOf(alerts, draft.reasons)
  const open = unanswered(withReasons(alerts, overrides))
  const problems = order ? orderProblems(order) : []
  const begin = (next: PrescriptionOrder, draftId: string | null = null) => {
    setTried(false)
    sign.reset()
    prepare.reset()
    change({ ...emptyDraft, order: { ...next, indication: next.indication ?? indication }, draftId })
  }
  const afterwards = (text: string, strong: string) => {
    showToast({ text, strong })
    setId(newId())
    setTried(false)
    change(emptyDraft)
    document.getElementById('rx-search')?.focus()
  }
  const submit = () => {
    setTried(true)
    if (!order || problems.length > 0 || (maySign && open.length > 0) || sign.isRunning || prepare.isRunning) return
    const done = maySign
      ? sign.run({ patientId, encounterId, prescriptions: [{ id, order, overrides, draftId: draft.draftId }] }).then((rows) => setSigned([...signed, ...rows]))
      : prepare.run({ id, patientId, encounterId, order })
    void done.then(() => afterwards(maySign ? 'Signed:' : 'Ready to sign:', drugText(order.drug)), () => undefined)
  }
  return {
    order, draft, alerts, open, problems, isTried, maySign, signed, submit,
    isRunning: sign.isRunning || prepare.isRunning, refusal: sign.refusal ?? prepare.refusal,
    choose: (drug: Drug) => begin(newOrder(drug)),
    take: (next: PrescriptionOrder) => begin(next),
    takePrepared: (prepared: PrescriptionDraft) => begin(prepared.order, prepared.id),
    clear: () => {
      change(emptyDraft)
      document.getElementById('rx-search')?.focus()
    },
    set: (part: Partial<PrescriptionOrder>) => order && change({ order: changed(order, part, draft.isQuantityOwn), texts: withoutQuantity(draft.texts, part) }),
    setNumber: (field: NumberField, text: string) => {
      if (!order) return
      const isQuantityOwn = draft.isQuantityOwn || field === 'quantity'
      const texts = { ...withoutQuantity(draft.texts, field === 'quantity' || isQuantityOwn ? {} : { dose: 0 }), [field]: text }
      change({ order: changed(order, { [field]: numberIn(field, text) }, isQuantityOwn), isQuantityOwn, texts })
    },
    /** Kept as it is printed as soon as it can be read; until then it stands as it was typed, and is not signed. */
    setStrength: (text: string) => order && change({ order: { ...order, drug: { ...order.drug, strength: canonicalStrength(text) ?? (text.trim() || '?') } }, texts: { ...draft.texts, strength: text } }),
    giveReason: (alert: PrescriptionAlert, reason: OverrideReason) => change({ reasons: { ...draft.reasons, [alertKey(alert)]: reason } }),
  }
}

export type Prescribing = ReturnType<typeof usePrescribing>

/** The field of the quantity shows what is computed again once something it follows has changed. */
function withoutQuantity(texts: Readonly<Record<string, string>>, part: Partial<PrescriptionOrder>): Readonly<Record<string, string>> {
  if (!('dose' in part || 'frequency' in part || 'days' in part)) return texts
  const { quantity: _quantity, ...rest } = texts
  return rest
}
