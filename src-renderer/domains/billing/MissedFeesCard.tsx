import { useState } from 'react'
import type { MissedFee } from '#shared/domains/billing/model.ts'
import { limits } from '#shared/kernel/limits.ts'
import { useMay, useToday, useZone } from '#renderer/app/actor.tsx'
import { useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { Form } from '#renderer/ui/form.tsx'
import { dateTime } from '#renderer/ui/format.ts'
import { Money } from '#renderer/ui/Money.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { missedWords } from './words.ts'
import styles from './billing.module.css'

/** Fees for visits that did not take place; nothing is shown where there never was one. */
export function MissedFeesCard({ patientId }: { patientId: string }) {
  const [zone, today, mayWaive] = [useZone(), useToday(), useMay('invoice.discount')]
  const fees = useApiQuery('billing.missedFees', { patientId })
  const [waiving, setWaiving] = useState<MissedFee>()
  if (!fees.data || fees.data.length === 0) return null
  return (
    <Card title="Missed visits" flush>
      <table className={styles['ledger']} aria-label="Fees for missed visits">
        <tbody>
          {fees.data.map((fee) => (
            <tr key={fee.id}>
              <td data-when>{dateTime(fee.chargedAt, zone, today)}</td>
              <td>{missedWords[fee.kind]} {fee.endedAs && <Tag>{fee.endedAs === 'waived' ? 'Waived' : 'Taken back'}</Tag>} {fee.endReason}</td>
              <td data-align="right"><Money cents={fee.endedAs ? 0 : fee.amountCents} /></td>
              <td data-align="right">{mayWaive && !fee.endedAs && <ActionButton size="compact-xs" aria-label={`Waive the fee of ${dateTime(fee.chargedAt, zone, today)}`} onClick={() => setWaiving(fee)}>Waive</ActionButton>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {waiving && <Waive key={waiving.id} fee={waiving} onDone={() => setWaiving(undefined)} />}
    </Card>
  )
}

function Waive({ fee, onDone }: { fee: MissedFee; onDone: () => void }) {
  const waive = useCommand('billing.waiveMissedFee')
  const [reason, setReason] = useState('')
  const missing = reason.trim() === '' ? 'Say why.' : undefined
  return (
    <div className={styles['inset']}>
      <Form where="Account" submitLabel="Waive the fee" onSubmit={() => { if (!missing) void waive.run({ id: fee.id, reason: reason.trim() }).then(onDone, () => undefined) }}>
        <TextField label="Why it is waived" autoFocus autoComplete="off" maxLength={limits.line_chars} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        {waive.refusal && <Notice tone="bad">{errorText(waive.refusal)}</Notice>}
        <div className={styles['buttons']}>
          <ActionButton onClick={onDone}>Keep it</ActionButton>
          <ActionButton type="submit" variant="filled" running={waive.isRunning} disabledReason={missing} reasonAt="left">Waive the fee</ActionButton>
        </div>
      </Form>
    </div>
  )
}
