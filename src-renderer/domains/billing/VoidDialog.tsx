import { Radio, Stack } from '@mantine/core'
import { useState } from 'react'
import type { Invoice } from '#shared/domains/billing/model.ts'
import type { InvoiceDocument } from '#shared/domains/billing/model.views.ts'
import { SecondPerson } from '#renderer/app/approval/SecondPerson.tsx'
import { useTwoPerson } from '#renderer/app/approval/two-person.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ConfirmAction } from '#renderer/ui/ConfirmAction.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { money } from '#renderer/ui/format.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { voidChoices } from './words.ts'
import styles from './billing.module.css'

/** Cannot be undone, so it is asked: with a coded reason, and what happens to money already paid. */
export function VoidDialog({ document, onClose }: { document: InvoiceDocument; onClose: () => void }) {
  const [reason, setReason] = useState<NonNullable<Invoice['voidReason']>>()
  const command = useTwoPerson('billing.voidInvoice')
  const { invoice, totals } = document
  const done = () => {
    showToast({ text: 'Voided', strong: invoice.number })
    onClose()
  }
  const run = async () => {
    if (reason && (await command.run({ id: invoice.id, reason }))) done()
  }
  if (command.waiting) {
    return (
      <Dialog title={`Void invoice ${invoice.number}?`} size={560} onClose={onClose}>
        <SecondPerson
          waiting={command.waiting} act={`Voiding invoice ${invoice.number}`} reason={voidChoices.find((choice) => choice.value === reason)?.label ?? ''}
          onApproved={done} onAsked={onClose} onCancel={command.stopWaiting}
        />
      </Dialog>
    )
  }
  return (
    <ConfirmAction
      title={`Void invoice ${invoice.number}?`} confirmLabel="Void invoice" cancelLabel="Keep invoice"
      disabledReason={reason ? undefined : 'A reason is missing.'} onConfirm={run} onClose={onClose}
    >
      <p>
        The number is kept and the charges wait for a new bill.
        {totals.paidCents < 0 && ` ${money(-totals.paidCents)} already paid becomes the patient’s credit.`}
      </p>
      <Radio.Group className={styles['reasons'] ?? ''} label="Reason" value={reason ?? null} onChange={(value) => setReason(value as NonNullable<Invoice['voidReason']>)}> {/* One of the choices below. */}
        <Stack gap={8} mt={6}>
          {voidChoices.map((choice) => (
            <Radio key={choice.value} value={choice.value} label={choice.label} />
          ))}
        </Stack>
      </Radio.Group>
      {command.refusal && <Notice tone="bad">{errorText(command.refusal)}</Notice>}
    </ConfirmAction>
  )
}
