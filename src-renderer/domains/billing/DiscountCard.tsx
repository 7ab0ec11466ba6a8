import { useEffect, useRef, useState } from 'react'
import type { InvoiceDocument } from '#shared/domains/billing/model.views.ts'
import { KeyHint, useKeys } from '#renderer/app/keys/keys.tsx'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { MoneyField, TextField } from '#renderer/ui/fields.tsx'
import { Form } from '#renderer/ui/form.tsx'
import { money } from '#renderer/ui/format.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import styles from './billing.module.css'

/** Stands in the place of the payment: takes something off what is due; its words go onto the printed invoice. */
export function DiscountCard({ document, onClose }: { document: InvoiceDocument; onClose: () => void }) {
  useKeys([{ id: 'billing.close', keys: 'Esc', label: 'Close', where: 'Discount', run: onClose, inFields: true }])
  return (
    <Card title="Discount" aside={<KeyHint of="billing.close" />}>
      <DiscountForm document={document} onDone={onClose} />
    </Card>
  )
}

function DiscountForm({ document: { invoice, totals }, onDone }: { document: InvoiceDocument; onDone: () => void }) {
  const [amount, setAmount] = useState<number>()
  const [reason, setReason] = useState('')
  const [wasTried, setTried] = useState(false)
  const [id] = useState(newId)
  const amountField = useRef<HTMLInputElement>(null)
  useEffect(() => amountField.current?.focus(), [])
  const command = useCommand('billing.discount')
  const isWrong = amount === undefined || amount <= 0 || amount > totals.dueCents
  const submit = async () => {
    setTried(true)
    if (isWrong || !reason.trim()) return
    const done = await command.run({ id, invoiceId: invoice.id, amountCents: amount, reason: reason.trim() }).catch(() => undefined)
    if (!done) return
    showToast({ text: 'Taken off', strong: money(amount) })
    onDone()
  }
  return (
    <Form where="Discount" submitLabel="Take off" onSubmit={() => void submit()}>
      <div className={styles['stack']}>
        <div className={styles['payFields']}>
        <MoneyField ref={amountField} label="Amount" cents={amount} onChange={setAmount} error={wasTried && isWrong ? `Take off between $0.01 and ${money(totals.dueCents)}, what is due.` : undefined} />
        <TextField label="For" className={styles['grow'] ?? ''} value={reason} maxLength={200} onChange={(event) => setReason(event.currentTarget.value)} error={wasTried && !reason.trim() ? 'Say what it is for.' : undefined} />
        </div>
        {command.refusal && <Notice tone="bad">{errorText(command.refusal)}</Notice>}
        <div className={styles['payFoot']}>
          <p>The words stand on the printed invoice: “Discount for prompt payment”.</p>
          <ActionButton onClick={onDone}>Cancel</ActionButton>
          <ActionButton variant="filled" type="submit" keyId="form.submit" running={command.isRunning}>
            Take off {amount && !isWrong ? money(amount) : 'discount'}
          </ActionButton>
        </div>
      </div>
    </Form>
  )
}
