import { Radio, Stack } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { paymentMethods, type Payment } from '#shared/domains/billing/model.ts'
import type { PaymentLine } from '#shared/domains/billing/model.views.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { KeyHint, useKeys } from '#renderer/app/keys/keys.tsx'
import { SecondPerson } from '#renderer/app/approval/SecondPerson.tsx'
import { useTwoPerson } from '#renderer/app/approval/two-person.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { MoneyField, TextField } from '#renderer/ui/fields.tsx'
import { ChoiceField, Form } from '#renderer/ui/form.tsx'
import { dateTime, money, receipt } from '#renderer/ui/format.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { methodLine, refundable } from './view.ts'
import { methodWords } from './words.ts'
import styles from './billing.module.css'

/** Stands in the place of the payment: gives back at most what is left of one payment, with the reason in the ledger. */
export function RefundCard({ payments, onClose }: { payments: readonly PaymentLine[]; onClose: () => void }) {
  useKeys([{ id: 'billing.close', keys: 'Esc', label: 'Close', where: 'Refund', run: onClose, inFields: true }])
  return (
    <Card title="Refund" note="credit goes first; what is taken off an invoice becomes due again" aside={<KeyHint of="billing.close" />}>
      <RefundForm payments={payments} onDone={onClose} />
    </Card>
  )
}

function RefundForm({ payments, onDone }: { payments: readonly PaymentLine[]; onDone: () => void }) {
  const zone = useZone()
  const today = useToday()
  const choices = refundable(payments)
  const [paymentId, setPaymentId] = useState(choices[0]?.id)
  const chosen = choices.find((payment) => payment.id === paymentId) ?? choices[0]
  const [amount, setAmount] = useState<number | undefined>(chosen?.refundableCents)
  const [method, setMethod] = useState<Payment['method']>(chosen?.method ?? 'cash')
  const [reason, setReason] = useState('')
  const [wasTried, setTried] = useState(false)
  const [id] = useState(newId)
  const amountField = useRef<HTMLInputElement>(null)
  useEffect(() => {
    amountField.current?.focus()
    amountField.current?.select()
  }, [])
  const command = useTwoPerson('billing.refund')
  const done = (receiptNumber: string) => {
    showToast({ text: `Refunded ${money(amount ?? 0)}, receipt`, strong: receipt(receiptNumber) })
    onDone()
  }
  if (command.waiting) {
    return (
      <SecondPerson
        waiting={command.waiting} act={`Giving back ${money(amount ?? 0)}`} reason={reason}
        onApproved={({ result }) => done(receiptOf(result))} onAsked={onDone} onCancel={command.stopWaiting}
      />
    )
  }
  if (!chosen) return <p>There is nothing to give back.</p>

  const isTooMuch = amount === undefined || amount <= 0 || amount > chosen.refundableCents
  const submit = async () => {
    setTried(true)
    if (isTooMuch || !reason.trim()) return
    const given = await command.run({ id, paymentId: chosen.id, amountCents: amount, method, reason: reason.trim() })
    if (given) done(given.receiptNumber)
  }
  return (
    <Form where="Refund" submitLabel="Refund" onSubmit={() => void submit()}>
      <div className={styles['stack']}>
        <Radio.Group label="Payment" value={chosen.id} onChange={(value) => {
          setPaymentId(value)
          setAmount(choices.find((payment) => payment.id === value)?.refundableCents)
        }}>
          <Stack gap={8} mt={6}>
            {choices.map((payment) => (
              <Radio key={payment.id} value={payment.id} label={`${receipt(payment.receiptNumber)} · ${dateTime(payment.takenAt, zone, today)} · ${methodLine(payment)} · ${money(payment.amountCents)}`}
                description={payment.refundableCents < payment.amountCents ? `${money(payment.refundableCents)} of it is left` : undefined} />
            ))}
          </Stack>
        </Radio.Group>
        <div className={styles['payFields']}>
        <MoneyField ref={amountField} label="Amount" cents={amount} onChange={setAmount}
          error={wasTried && isTooMuch ? `Give back between $0.01 and ${money(chosen.refundableCents)}.` : undefined} />
        <ChoiceField label="Given back by" data={paymentMethods.map((value) => ({ value, label: methodWords[value] }))} value={method} onChange={(value) => setMethod(value as Payment['method'])} /> {/* One of the choices before it. */}
        <TextField label="Reason" className={styles['grow'] ?? ''} value={reason} maxLength={200} onChange={(event) => setReason(event.currentTarget.value)}
          error={wasTried && !reason.trim() ? 'Say why, in a few words: “Charged twice at the terminal”.' : undefined} />
        </div>
        {command.refusal && <Notice tone="bad">{errorText(command.refusal)}</Notice>}
        <div className={styles['payFoot']}>
          <p />
          <ActionButton onClick={onDone}>Cancel</ActionButton>
          <ActionButton variant="filled" type="submit" keyId="form.submit" running={command.isRunning}>
            Refund {amount && !isTooMuch ? money(amount) : 'payment'}
          </ActionButton>
        </div>
      </div>
    </Form>
  )
}

/** What the refund answered; nothing where the second person may not see money. */
function receiptOf(result: unknown): string {
  return typeof result === 'object' && result !== null && 'receiptNumber' in result && typeof result.receiptNumber === 'string' ? result.receiptNumber : ''
}
