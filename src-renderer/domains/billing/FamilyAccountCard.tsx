import { Select } from '@mantine/core'
import { useState } from 'react'
import { type Payment, paymentMethods } from '#shared/domains/billing/model.ts'
import type { FamilyAccount, FamilyPayment } from '#shared/domains/billing/model.views.ts'
import { useMay, useToday } from '#renderer/app/actor.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { MoneyField, TextField } from '#renderer/ui/fields.tsx'
import { ChoiceField, Form } from '#renderer/ui/form.tsx'
import { age, count, listName, money, receipt } from '#renderer/ui/format.ts'
import { IconPrinter, IconReceipt2 } from '#renderer/ui/icons.ts'
import { Money } from '#renderer/ui/Money.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { methodWords, referenceLabels } from './words.ts'
import styles from './billing.module.css'

/** What everybody owes whose bills one party answers for, in sum and each; only where there is more than one. */
export function FamilyAccountCard({ patientId, isPaying, setPaying }: { patientId: string; isPaying: boolean; setPaying: (is: boolean) => void }) {
  const today = useToday()
  const go = useGo()
  const mayTake = useMay('payment.take')
  const account = useApiQuery('billing.familyAccount', { patientId }).data
  if (!account || account.members.length < 2) return null
  return (
    <Card title="Family" note={`${account.responsible.name} answers for the bills`} flush aside={mayTake && !isPaying && account.dueCents > 0 && <ActionButton variant="subtle" size="compact-xs" onClick={() => setPaying(true)}>Take one payment</ActionButton>}>
      <table className={styles['ledger']} aria-label="Family">
        <tbody>
          {account.members.map(({ patient, dueCents, balanceCents, isResponsible }) => (
            <tr key={patient.id}>
              <td>
                <ActionButton variant="subtle" size="compact-xs" onClick={() => go(paths.account(patient.id))}>{listName(patient)}</ActionButton>
                <span className={styles['quiet']}> {age(patient.birthDate, today)}{isResponsible && ', pays'}</span>
              </td>
              <td data-align="right"><span className={styles['quiet']}>due </span><Money cents={dueCents} strong={dueCents > 0} /></td>
              <td data-align="right"><span className={styles['quiet']}>balance </span><Money cents={balanceCents} /></td>
            </tr>
          ))}
          <tr>
            <td><b>Together</b></td>
            <td data-align="right"><Money cents={account.dueCents} strong /></td>
            <td data-align="right"><Money cents={account.balanceCents} strong /></td>
          </tr>
        </tbody>
      </table>
      {account.addressLines.length > 0 && <p className={styles['familyNote']}>Statements go to {account.responsible.name}, {account.addressLines.join(', ')}.</p>}
      {isPaying && <FamilyPaymentForm patientId={patientId} account={account} onClose={() => setPaying(false)} />}
    </Card>
  )
}

const methodChoices = paymentMethods.map((value) => ({ value, label: methodWords[value] }))

/** One sum onto the longest open invoices of all; more than is owed has to be said for whom it is kept. */
function FamilyPaymentForm({ patientId, account, onClose }: { patientId: string; account: FamilyAccount; onClose: () => void }) {
  const go = useGo()
  const take = useCommand('billing.takeFamilyPayment')
  const [id] = useState(newId)
  const [amount, setAmount] = useState<number | undefined>(account.dueCents)
  const [method, setMethod] = useState<Payment['method']>('card')
  const [reference, setReference] = useState('')
  const [aheadForId, setAhead] = useState<string | null>(null)
  const [taken, setTaken] = useState<FamilyPayment>()
  const rest = Math.max(0, (amount ?? 0) - account.dueCents)
  const referenceLabel = referenceLabels[method]
  const missing = !amount || amount <= 0 ? 'The amount is missing.' : rest > 0 && aheadForId === null ? 'Say for whom the rest is kept.' : undefined
  const run = async () => {
    if (missing || !amount) return
    const done = await take.run({ id, patientId, amountCents: amount, method, reference: referenceLabel && reference.trim() ? reference.trim() : null, aheadForId: rest > 0 ? aheadForId : null }).catch(() => undefined)
    if (!done) return
    showToast({ text: `Took ${money(done.amountCents)} for ${count(done.payments.length, 'patient')}, receipt${done.payments.length > 1 ? 's' : ''}`, strong: done.payments.map((one) => receipt(one.receiptNumber)).join(', '), icon: IconReceipt2 })
    setTaken(done)
  }
  const nameOf = (of: string): string => account.members.filter((one) => one.patient.id === of).map((one) => listName(one.patient))[0] ?? ''
  if (taken) {
    return (
      <div className={styles['familyForm']}>
        <p>Took {money(taken.amountCents)}, each part with its own receipt:</p>
        {taken.payments.map((one) => (
          <ActionButton key={one.id} size="compact-sm" icon={<IconPrinter size={15} stroke={1.7} />} onClick={() => go(paths.print('receipt', one.id))}>{receipt(one.receiptNumber)} {nameOf(one.patientId)} {money(one.amountCents)}</ActionButton>
        ))}
        <ActionButton onClick={onClose}>Done</ActionButton>
      </div>
    )
  }
  return (
    <div className={styles['familyForm']}>
      <Form where="Family payment" submitLabel="Take the payment" onSubmit={() => void run()}>
        <div className={styles['payFields']}>
          <MoneyField label="Amount for the family" cents={amount} onChange={setAmount} autoFocus onFocus={(event) => event.currentTarget.select()} />
          <ChoiceField label="Paid by" data={methodChoices} value={method} onChange={(value) => setMethod(value as Payment['method'])} /> {/* One of the choices above. */}
          {referenceLabel && <TextField label={referenceLabel} value={reference} maxLength={80} onChange={(event) => setReference(event.currentTarget.value)} />}
        </div>
        {rest > 0 && (
          <>
            <Notice tone="warn" title={`${money(rest)} more than is owed.`}>It is kept as credit, not put onto a bill.</Notice>
            <Select label="Keep the rest for" allowDeselect={false} data={account.members.map((one) => ({ value: one.patient.id, label: listName(one.patient) }))} value={aheadForId} onChange={setAhead} />
          </>
        )}
        {take.refusal && <Notice tone="bad" title="Not taken.">{errorText(take.refusal)}</Notice>}
        <div className={styles['payFoot']}>
          <p>The longest open invoice is paid first, whoever’s it is.</p>
          <ActionButton onClick={onClose}>Leave it</ActionButton>
          <ActionButton variant="filled" type="submit" keyId="form.submit" running={take.isRunning} disabledReason={missing} reasonAt="hidden">Take {amount ? money(amount) : 'payment'}</ActionButton>
        </div>
      </Form>
    </div>
  )
}
