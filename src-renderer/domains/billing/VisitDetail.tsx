import { Select } from '@mantine/core'
import { type RefObject, useRef, useState } from 'react'
import type { VisitToBill } from '#shared/domains/billing/model.views.ts'
import { stopsBilling } from '#shared/domains/billing/rules.ts'
import { sumCents } from '#shared/kernel/money.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { useMay, useZone } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { date, money } from '#renderer/ui/format.ts'
import { IconAlertCircle, IconX } from '#renderer/ui/icons.ts'
import { Money } from '#renderer/ui/Money.tsx'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { BilledHead } from './BilledHead.tsx'
import { InvoiceTag } from './CheckMark.tsx'
import { useNumbering } from './useNumbering.ts'
import { checkAdvice, checkWords } from './words.ts'
import styles from './billing.module.css'

interface VisitDetailProps {
  encounterId: string
  onBilled: (invoiceId: string, thenPay: boolean) => void
  onOpenInvoice: (invoiceId: string) => void
}

/** A visit that waits for its bill: what is wrong with it, what was charged, and the bill. */
export function VisitDetail({ encounterId, onBilled, onOpenInvoice }: VisitDetailProps) {
  const query = useApiQuery('billing.visit', { encounterId })
  return (
    <div className={styles['detail']}>
      <QueryState query={query} what="The visit" />
      {query.data && <Detail key={encounterId} visit={query.data} onBilled={onBilled} onOpenInvoice={onOpenInvoice} />}
    </div>
  )
}

function Detail({ visit, onBilled, onOpenInvoice }: Omit<VisitDetailProps, 'encounterId'> & { visit: VisitToBill }) {
  const zone = useZone()
  const go = useGo()
  const mayCharge = useMay('charge.write')
  const { patient, checks } = visit
  const addField = useRef<HTMLInputElement>(null)
  const fix = () => {
    if (checks.includes('no-member-number')) go(paths.editPatient(patient.id))
    else addField.current?.focus()
  }
  const canFix = checks.includes('no-member-number') || (mayCharge && checks.includes('no-charges'))
  useKeys(canFix ? [{ id: 'billing.fix', keys: 'F', label: 'Fix what is wrong', where: 'Billing', run: fix }] : [])
  return (
    <>
      <BilledHead
        patient={patient}
        meta={<>Visit {date(dateInZone(visit.visit.visitedAt, zone))} · {visit.visit.provider?.name ?? 'no provider'}{visit.diagnoses.length > 0 && ` · ${visit.diagnoses.join(', ')}`}</>}
      />
      {checks.length > 0 && (
        <Card title="To fix" tone="warn">
          <ul className={styles['checks']}>
            {checks.map((check) => (
              <li key={check}>
                <IconAlertCircle size={17} stroke={1.7} />
                <div>
                  <strong>{checkWords[check]}</strong>
                  <p>{checkAdvice[check]}</p>
                </div>
                {check === 'no-member-number' && <ActionButton size="compact-xs" keyId="billing.fix" onClick={fix}>Add it</ActionButton>}
              </li>
            ))}
          </ul>
        </Card>
      )}
      <ChargesCard visit={visit} mayCharge={mayCharge} addField={addField} />
      <BillCard visit={visit} onBilled={onBilled} />
      {visit.invoices.length > 0 && (
        <Card title="Invoices of this visit" flush>
          <table className={styles['ledger']} aria-label="Invoices of this visit">
            <tbody>
              {visit.invoices.map((invoice) => (
                <tr key={invoice.id}>
                  <td><ActionButton variant="subtle" size="compact-xs" onClick={() => onOpenInvoice(invoice.id)}><span className="code">{invoice.number}</span></ActionButton></td>
                  <td><InvoiceTag state={invoice.state} /></td>
                  <td data-align="right"><Money cents={invoice.chargesCents} /></td>
                </tr>
              ))}
            </tbody>
          </table>
        </Card>
      )}
    </>
  )
}

function ChargesCard({ visit, mayCharge, addField }: { visit: VisitToBill; mayCharge: boolean; addField: RefObject<HTMLInputElement | null> }) {
  const fees = useApiQuery('billing.listFees', {}, { enabled: mayCharge })
  const add = useCommand('billing.addCharge')
  const remove = useCommand('billing.removeCharge')
  const refusal = add.refusal ?? remove.refusal
  const choices = (fees.data ?? []).filter((fee) => fee.isActive).map((fee) => ({ value: fee.id, label: `${fee.code} ${fee.label}, ${money(fee.priceCents)}` }))
  return (
    <Card title="Charges" note="can be changed until they are billed" flush>
      <table className={styles['ledger']} aria-label="Charges">
        <tbody>
          {visit.charges.map((charge) => (
            <tr key={charge.id}>
              <td className="code" data-code>{charge.code}</td>
              <td>{charge.label}{charge.quantity > 1 && ` × ${charge.quantity}`}</td>
              <td data-align="right"><Money cents={charge.amountCents} /></td>
              {mayCharge && (
                <td data-align="right">
                  <ActionButton variant="subtle" size="compact-xs" aria-label={`Take off ${charge.code} ${charge.label}`} running={remove.isRunning} onClick={() => void remove.run({ id: charge.id }).catch(() => undefined)}>
                    <IconX size={15} stroke={1.8} />
                  </ActionButton>
                </td>
              )}
            </tr>
          ))}
        </tbody>
        {visit.charges.length > 0 && (
          <tfoot>
            <tr>
              <td colSpan={2}>Sum</td>
              <td data-align="right"><Money cents={sumCents(visit.charges.map((charge) => charge.amountCents))} strong /></td>
              {mayCharge && <td />}
            </tr>
          </tfoot>
        )}
      </table>
      {refusal && <Notice tone="bad">{errorText(refusal)}</Notice>}
      {mayCharge && (
        <div className={styles['addRow']}>
          <Select
            ref={addField} label="Add a charge" data={choices} searchable value={null} nothingFoundMessage="No such fee" limit={50}
            onChange={(feeItemId) => feeItemId && void add.run({ id: newId(), encounterId: visit.visit.encounterId, feeItemId, quantity: 1 }).catch(() => undefined)}
          />
        </div>
      )}
    </Card>
  )
}

function BillCard({ visit, onBilled }: { visit: VisitToBill; onBilled: (invoiceId: string, thenPay: boolean) => void }) {
  const mayBill = useMay('invoice.create')
  const [reason, setReason] = useState('')
  const [id] = useState(newId)
  const create = useCommand('billing.createInvoice')
  const blocking = visit.checks.find(stopsBilling)
  const isSecond = visit.checks.includes('billed-before')
  const unnumbered = useNumbering()
  const stop = blocking ? `${checkWords[blocking]}.` : unnumbered ?? (isSecond && !reason.trim() ? 'Say why it is billed a second time.' : undefined)
  const sum = sumCents(visit.charges.map((charge) => charge.amountCents))
  const bill = async (thenPay: boolean) => {
    if (stop || create.isRunning) return
    const invoice = await create.run({ id, encounterId: visit.visit.encounterId, splitReason: isSecond ? reason.trim() : null }).catch(() => undefined)
    if (!invoice) return
    showToast({ text: 'Billed', strong: invoice.number })
    onBilled(invoice.id, thenPay)
  }
  useKeys(mayBill ? [
    { id: 'billing.bill-one', keys: 'Ctrl+Enter', label: 'Bill this visit', where: 'Billing', run: () => void bill(false) },
    { id: 'billing.bill-and-pay', keys: 'P', label: 'Bill this visit and take payment', where: 'Billing', run: () => void bill(true) },
  ] : [])
  if (!mayBill) return null
  return (
    <Card title="Bill">
      {isSecond && <TextField label="Why apart from the first invoice" value={reason} maxLength={200} onChange={(event) => setReason(event.currentTarget.value)} />}
      {visit.creditCents > 0 && !blocking && <p className={styles['hint']}>{money(Math.min(visit.creditCents, sum))} the patient has paid ahead goes onto this bill.</p>}
      {create.refusal && <Notice tone="bad">{errorText(create.refusal)}</Notice>}
      <div className={styles['payFoot']}>
        <ActionButton variant="filled" keyId="billing.bill-one" disabledReason={stop} running={create.isRunning} onClick={() => void bill(false)}>
          Bill {money(sum)}
        </ActionButton>
        {!stop && <ActionButton keyId="billing.bill-and-pay" onClick={() => void bill(true)}>Bill and take payment</ActionButton>}
      </div>
    </Card>
  )
}
