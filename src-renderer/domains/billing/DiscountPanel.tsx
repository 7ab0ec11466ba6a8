import { useState } from 'react'
import type { InvoiceDocument } from '#shared/domains/billing/model.views.ts'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { MoneyField, TextField } from '#renderer/ui/fields.tsx'
import { Form } from '#renderer/ui/form.tsx'
import { money } from '#renderer/ui/format.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import styles from './billing.module.css'

/** Takes something off what is due; the words go onto the printed invoice. */
export function DiscountPanel({ document, onClose }: { document: InvoiceDocument; onClose: () => void }) {
  return (
    <SidePanel title="Discount" onClose={onClose}>
      <DiscountForm document={document} onDone={onClose} />
    </SidePanel>
  )
}

function DiscountForm({ document: { invoice, totals }, onDone }: { document: InvoiceDocument; onDone: () => void }) {
  const [amount, setAmount] = useState<number>()
  const [reason, setReason] = useState('')
  const [wasTried, setTried] = useState(false)
  const [id] = useState(newId)
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
      <div className={styles['panel']}>
        <MoneyField label="Amount" data-autofocus cents={amount} onChange={setAmount} error={wasTried && isWrong ? `Take off between $0.01 and ${money(totals.dueCents)}, what is due.` : undefined} />
        <TextField label="For" value={reason} maxLength={200} onChange={(event) => setReason(event.currentTarget.value)} description="Stands on the printed invoice: “Discount for prompt payment”."
          error={wasTried && !reason.trim() ? 'Say what it is for.' : undefined} />
        {command.refusal && <Notice tone="bad">{errorText(command.refusal)}</Notice>}
        <div>
          <ActionButton variant="filled" type="submit" keyId="form.submit" running={command.isRunning}>
            Take off {amount && !isWrong ? money(amount) : 'discount'}
          </ActionButton>
        </div>
      </div>
    </Form>
  )
}
