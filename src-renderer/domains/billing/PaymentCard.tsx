import { type ReactNode, useEffect, useRef, useState } from 'react'
import { type Payment, paymentMethods } from '#shared/domains/billing/model.ts'
import type { PlainDate } from '#shared/kernel/time.ts'
import { KeyHint, useKeys } from '#renderer/app/keys/keys.tsx'
import { isOutOfReach } from '#renderer/app/network/reach.ts'
import { useNetwork } from '#renderer/app/network/state.ts'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { MoneyField, TextField } from '#renderer/ui/fields.tsx'
import { ChoiceField, Form } from '#renderer/ui/form.tsx'
import { money, receipt } from '#renderer/ui/format.ts'
import { IconReceipt2 } from '#renderer/ui/icons.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { paymentOutcome } from './view.ts'
import { methodWords, referenceLabels } from './words.ts'
import styles from './billing.module.css'

interface PaymentCardProps {
  patientId: string
  /** Null: paid ahead. */
  invoice: { id: string; dueCents: number; dueOn: PlainDate } | null
  creditCents: number
  /** Where the money goes, when the screen shows more than one invoice. */
  note?: ReactNode
  startFocused?: boolean
  onTaken: (payment: Payment) => void
}

const methodChoices = paymentMethods.map((value) => ({ value, label: methodWords[value] }))

/** Amount, method, reference, Ctrl Enter. What stays due is said before it happens. */
export function PaymentCard({ patientId, invoice, creditCents, note, startFocused = false, onTaken }: PaymentCardProps) {
  const dueCents = invoice?.dueCents ?? 0
  const [amount, setAmount] = useState<number | undefined>(dueCents > 0 ? dueCents : undefined)
  const [method, setMethod] = useState<Payment['method']>('card')
  const [reference, setReference] = useState('')
  // One id for one intent: pressed twice or sent again after a lost connection, it is one payment.
  const [id, setId] = useState(newId)
  const take = useCommand('billing.takePayment')
  const isAway = isOutOfReach(useNetwork())
  const amountField = useRef<HTMLInputElement>(null)
  const focusAmount = () => {
    amountField.current?.focus()
    amountField.current?.select()
  }
  useEffect(() => {
    if (startFocused) focusAmount()
  }, [startFocused])

  const run = async (cents: number | undefined) => {
    if (!cents || cents <= 0 || take.isRunning) return focusAmount()
    const payment = await take.run({ id, patientId, invoiceId: invoice?.id ?? null, amountCents: cents, method, reference: referenceLabels[method] && reference.trim() ? reference.trim() : null }).catch(() => undefined)
    if (!payment) return
    setId(newId())
    setReference('')
    setAmount(dueCents > cents ? dueCents - cents : undefined)
    // The next key is for the screen: what comes after the money, not another sum.
    amountField.current?.blur()
    showToast({ text: `Took ${money(cents)}${isAway ? ', not confirmed yet' : ''}, receipt`, strong: receipt(payment.receiptNumber), icon: IconReceipt2 })
    onTaken(payment)
  }
  useKeys([{ id: 'billing.pay', keys: 'P', label: 'Take payment', where: 'Billing', run: focusAmount }])
  const outcome = paymentOutcome(amount, dueCents, invoice?.dueOn ?? '')
  const referenceLabel = referenceLabels[method]
  return (
    <Card title="Take payment" note={note} aside={<KeyHint of="billing.pay" />}>
      <Form where="Billing" submitLabel="Take the payment" onSubmit={() => void run(amount)}>
        <div className={styles['payFields']}>
          <MoneyField ref={amountField} label="Amount" cents={amount} onChange={setAmount} onFocus={(event) => event.currentTarget.select()} />
          <ChoiceField label="Method" data={methodChoices} value={method} onChange={(value) => setMethod(value as Payment['method'])} /> {/* One of the choices above. */}
          {referenceLabel && <TextField label={referenceLabel} value={reference} maxLength={80} onChange={(event) => setReference(event.currentTarget.value)} />}
        </div>
        {take.refusal && <Notice tone="bad">{errorText(take.refusal)}</Notice>}
        <div className={styles['payFoot']}>
          <p aria-live="polite">
            {outcome.lead} {outcome.strong && <strong>{outcome.strong}</strong>} {outcome.rest}
          </p>
          {dueCents > 0 && amount !== dueCents && (
            <ActionButton onClick={() => void run(dueCents)}>Pay all {money(dueCents)}</ActionButton>
          )}
          <ActionButton variant="filled" type="submit" keyId="form.submit" running={take.isRunning}>
            Take {amount ? money(amount) : 'payment'}
          </ActionButton>
        </div>
      </Form>
      {invoice && creditCents > 0 && dueCents > 0 && <UseCredit invoiceId={invoice.id} cents={Math.min(creditCents, dueCents)} />}
    </Card>
  )
}

function UseCredit({ invoiceId, cents }: { invoiceId: string; cents: number }) {
  const apply = useCommand('billing.applyCredit')
  const run = () => void apply.run({ invoiceId }).then(() => showToast({ text: 'Credit put on the invoice:', strong: money(cents) })).catch(() => undefined)
  useKeys([{ id: 'billing.credit', keys: 'C', label: 'Use the patient’s credit', where: 'Billing', run }])
  return (
    <Notice tone="info" title="The patient has paid ahead." action={<ActionButton keyId="billing.credit" running={apply.isRunning} onClick={run}>Use {money(cents)} of credit</ActionButton>}>
      {apply.refusal && errorText(apply.refusal)}
    </Notice>
  )
}
