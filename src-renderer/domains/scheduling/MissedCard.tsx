import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import type { MissedRules } from '#shared/domains/scheduling/model.missed.ts'
import { limits } from '#shared/kernel/limits.ts'
import { useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { MoneyField, TextField } from '#renderer/ui/fields.tsx'
import { FieldRow, Form } from '#renderer/ui/form.tsx'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import styles from './Schedule.module.css'

/** What the clinic asks of every patient alike for a visit that was missed or called off late. */
export function MissedCard() {
  const rules = useApiQuery('scheduling.missedRules', {})
  return (
    <Card title="Missed visits" note={rules.data && rules.data.noShowCents + rules.data.lateCancelCents === 0 ? 'no fees' : undefined}>
      <QueryState query={rules} what="The rules for missed visits" />
      {rules.data && <MissedForm key={JSON.stringify(rules.data)} rules={rules.data} />}
    </Card>
  )
}

type Text = Record<'lateHours' | 'freeCount' | 'months', string>
const whole = (text: string, min: number, max: number): number | undefined => (/^\d{1,3}$/.test(text.trim()) && Number(text) >= min && Number(text) <= max ? Number(text) : undefined)
const isFee = (cents: number | undefined): cents is number => cents !== undefined && cents >= 0 && cents <= limits.missed_fee_cents_max

function MissedForm({ rules }: { rules: MissedRules }) {
  const types = useApiQuery('scheduling.listTypes', {}).data ?? []
  const save = useCommand('scheduling.saveMissedRules')
  const [noShowCents, setNoShow] = useState<number | undefined>(rules.noShowCents)
  const [lateCancelCents, setLate] = useState<number | undefined>(rules.lateCancelCents)
  const [text, setText] = useState<Text>({ lateHours: String(rules.lateHours), freeCount: String(rules.freeCount), months: String(rules.months) })
  const [typeFees, setTypeFees] = useState(rules.typeFees)
  const read = { lateHours: whole(text.lateHours, 0, 168), freeCount: whole(text.freeCount, 0, 10), months: whole(text.months, 1, 24) }
  const { lateHours, freeCount, months } = read
  const isRead = lateHours !== undefined && freeCount !== undefined && months !== undefined && isFee(noShowCents) && isFee(lateCancelCents) && typeFees.every((fee) => isFee(fee.noShowCents) && isFee(fee.lateCancelCents))
  const field = (name: keyof Text, label: string, range: string) => (
    <TextField label={label} autoComplete="off" inputMode="numeric" value={text[name]} error={read[name] === undefined ? range : undefined} onChange={(event) => { const typed = event.currentTarget.value; setText((now) => ({ ...now, [name]: typed })) }} />
  )
  const submit = async () => {
    if (!isRead) return
    try {
      await save.run({ lateHours, freeCount, months, noShowCents, lateCancelCents, typeFees })
      showToast({ text: 'Fees for missed visits', strong: 'saved', undo: () => save.run(rules).catch(() => undefined) })
    } catch {
      // Said in place below.
    }
  }
  const others = types.filter((type) => !typeFees.some((fee) => fee.typeId === type.id))
  const change = (typeId: string, fee: Partial<(typeof typeFees)[number]>): void => setTypeFees((now) => now.map((one) => (one.typeId === typeId ? { ...one, ...fee } : one)))
  return (
    <Form where="Missed visits" submitLabel="Save rules" onSubmit={() => void submit()}>
      <FieldRow>
        <MoneyField label="Fee for a no-show" cents={noShowCents} onChange={setNoShow} error={isFee(noShowCents) ? undefined : 'An amount up to $500, or 0.'} />
        <MoneyField label="Fee for a late cancellation" cents={lateCancelCents} onChange={setLate} error={isFee(lateCancelCents) ? undefined : 'An amount up to $500, or 0.'} />
      </FieldRow>
      <FieldRow>
        {field('lateHours', 'Late within, hours', '0 to 168 hours.')}
        {field('freeCount', 'Free of each', '0 to 10.')}
        {field('months', 'Over, months', '1 to 24 months.')}
      </FieldRow>
      {typeFees.map((fee) => {
        const name = types.find((type) => type.id === fee.typeId)?.name ?? 'A type not in use'
        return (
          <div key={fee.typeId} className={styles['typeFee']}>
            <MoneyField label={`${name}: no-show`} cents={fee.noShowCents} onChange={(cents) => change(fee.typeId, { noShowCents: cents ?? -1 })} />
            <MoneyField label="Late" cents={fee.lateCancelCents} onChange={(cents) => change(fee.typeId, { lateCancelCents: cents ?? -1 })} />
            <ActionButton aria-label={`No fee of its own for ${name}`} onClick={() => setTypeFees((now) => now.filter((one) => one.typeId !== fee.typeId))}>Remove</ActionButton>
          </div>
        )
      })}
      {others[0] && <TypeChoice types={others} onAdd={(typeId) => setTypeFees((now) => [...now, { typeId, noShowCents: noShowCents ?? 0, lateCancelCents: lateCancelCents ?? 0 }])} />}
      <p className={styles['quiet']}>Asked of everybody alike, never of an insurer, and of nobody insured by Medicaid. What the clinic, the weather or a failed video line did costs nothing.</p>
      {save.refusal && <Notice tone="bad">{errorText(save.refusal)}</Notice>}
      <div className={styles['foot']}>
        <ActionButton type="submit" running={save.isRunning} disabledReason={isRead ? undefined : 'A field cannot be read.'} reasonAt="left">Save rules</ActionButton>
      </div>
    </Form>
  )
}

function TypeChoice({ types, onAdd }: { types: readonly { id: string; name: string }[]; onAdd: (typeId: string) => void }) {
  const [typeId, setTypeId] = useState('')
  const chosen = types.find((type) => type.id === typeId) ?? types[0]
  if (!chosen) return null
  return (
    <div className={styles['withButton']}>
      <NativeSelect label="Another fee for a visit type" data={types.map((type) => ({ value: type.id, label: type.name }))} value={chosen.id} onChange={(event) => setTypeId(event.currentTarget.value)} />
      <ActionButton aria-label={`Another fee for ${chosen.name}`} onClick={() => onAdd(chosen.id)}>Add</ActionButton>
    </div>
  )
}
