import { Select } from '@mantine/core'
import { useState } from 'react'
import type { Coverage } from '#shared/domains/patients/model.ts'
import { useActor, useMay, useToday } from '#renderer/app/actor.tsx'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { DateField, MoneyField, optional, TextField } from '#renderer/ui/fields.tsx'
import { FieldRow, Form } from '#renderer/ui/form.tsx'
import { listDate, money } from '#renderer/ui/format.ts'
import { IconCreditCard } from '#renderer/ui/icons.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { CardScan } from './CardScan.tsx'
import styles from './Patient.module.css'
import { useKept } from './useKept.ts'
import { holderWords } from './words.ts'

/** Who pays, in the order in which they are asked. */
export function CoverageCard({ patientId, coverages }: { patientId: string; coverages: readonly Coverage[] }) {
  const today = useToday()
  const mayWrite = useMay('insurance.write')
  const { clinic } = useActor()
  const verify = useCommand('patients.verifyCoverage')
  const [edited, setEdited] = useState<Coverage>()
  const update = useCommand('patients.updateCoverage')
  const swap = async (second: Coverage) => {
    const { patientId: _of, verifiedOn: _on, verifiedBy: _by, ...form } = second
    const { id: _id, ...was } = form
    await update.run({ ...form, rank: 1, was }).then(() => showToast({ text: 'Asked first now:', strong: second.payerName, undo: () => update.run({ ...form, rank: 2, was: { ...was, rank: 1 } }) }), () => undefined)
  }
  const add = () => setEdited({
    id: newId(), patientId, payerName: '', planName: null, memberNumber: null, groupNumber: null, relationship: 'self', subscriberName: null,
    rank: coverages.length + 1, validFrom: null, validTo: null, copayCents: null, verifiedOn: null, verifiedBy: null,
  })
  return (
    <Card title="Insurance" flush aside={mayWrite && <ActionButton variant="subtle" size="compact-xs" onClick={add}>Add insurance</ActionButton>}>
      {coverages.length === 0 && <p className={styles['none']}>No insurance: the patient pays.</p>}
      <ol className={styles['rows']}>
        {coverages.map((coverage) => (
          <li key={coverage.id} className={styles['row']}>
            <div className={styles['rowText']}>
              <b>{[coverage.payerName, coverage.planName].filter(Boolean).join(', ')}</b>
              <span>{[coverage.copayCents !== null && `copay ${money(coverage.copayCents, clinic.currency)}`, coverage.verifiedOn ? `checked ${listDate(coverage.verifiedOn, today)} by ${coverage.verifiedBy}` : 'not checked with the insurer'].filter(Boolean).join(' · ')}</span>
              <span className="code">{[coverage.memberNumber && `Member ${coverage.memberNumber}`, coverage.groupNumber && `group ${coverage.groupNumber}`, coverage.relationship !== 'self' && `held by ${[holderWords[coverage.relationship]?.toLowerCase(), coverage.subscriberName].filter(Boolean).join(', ')}`].filter(Boolean).join(' · ') || 'Member number not known yet'}</span>
              <CardScan coverage={coverage} />
            </div>
            {coverage.validTo && coverage.validTo < today && <Tag tone="warn">ended {listDate(coverage.validTo, today)}</Tag>}
            <Tag>{coverage.rank === 1 ? 'First' : coverage.rank === 2 ? 'Second' : `Number ${coverage.rank}`}</Tag>
            {mayWrite && coverage.rank === 2 && <ActionButton variant="subtle" size="compact-xs" aria-label={`Ask ${coverage.payerName} first`} running={update.isRunning} onClick={() => void swap(coverage)}>Ask first</ActionButton>}
            {mayWrite && coverage.verifiedOn !== today && <ActionButton variant="subtle" size="compact-xs" running={verify.isRunning} onClick={() => void verify.run({ id: coverage.id }).catch(() => undefined)}>Checked today</ActionButton>}
            {mayWrite && <ActionButton variant="subtle" size="compact-xs" onClick={() => setEdited(coverage)}>Edit</ActionButton>}
          </li>
        ))}
      </ol>
      {edited && <CoveragePanel key={edited.id} coverage={edited} amount={coverages.length} isNew={!coverages.some((one) => one.id === edited.id)} onClose={() => setEdited(undefined)} />}
    </Card>
  )
}

/** What a form sends: who asked the insurer is said by asking. */
function formOf({ verifiedOn: _on, verifiedBy: _by, ...form }: Coverage) {
  return form
}

interface CoveragePanelProps {
  coverage: Coverage
  amount: number
  isNew: boolean
  onClose: () => void
}

function CoveragePanel({ coverage, amount, isNew, onClose }: CoveragePanelProps) {
  const [opened] = useState(coverage)
  const { value: fields, change: setFields, forget } = useKept(`coverage ${isNew ? `of ${coverage.patientId}` : coverage.id}`, coverage)
  const done = () => {
    forget()
    onClose()
  }
  const add = useCommand('patients.addCoverage')
  const update = useCommand('patients.updateCoverage')
  const end = useCommand('patients.endCoverage')
  const refusal = add.refusal ?? update.refusal ?? end.refusal
  const isMissing = fields.payerName.trim() === ''
  const ranks = Array.from({ length: Math.max(1, isNew ? amount + 1 : amount) }, (_, at) => ({ value: String(at + 1), label: at === 0 ? 'First' : at === 1 ? 'Second' : `Number ${at + 1}` }))
  const save = async () => {
    if (isMissing) return
    const { patientId, verifiedOn: _on, verifiedBy: _by, ...rest } = fields
    const { id: _id, patientId: _of, verifiedOn: _wasOn, verifiedBy: _wasBy, ...was } = opened
    await (isNew ? add.run({ ...rest, patientId }) : update.run({ ...rest, was })).then(done, () => undefined)
  }
  const stop = async () => {
    await end.run({ id: coverage.id }).then(() => {
      showToast({ text: 'Insurance ended:', strong: coverage.payerName, undo: () => add.run({ ...formOf(coverage), id: newId() }) })
      done()
    }, () => undefined)
  }
  const line = (field: 'memberNumber' | 'planName' | 'groupNumber' | 'subscriberName', label: string) => (
    <TextField label={optional(label)} maxLength={200} autoComplete="off" spellCheck={false} value={fields[field] ?? ''} onChange={(event) => setFields({ ...fields, [field]: event.currentTarget.value || null })} />
  )
  return (
    <SidePanel
      title={isNew ? 'Add insurance' : 'Insurance'}
      icon={IconCreditCard}
      onClose={onClose}
      footer={
        <>
          {!isNew && <ActionButton onClick={() => void stop()} running={end.isRunning}>End insurance</ActionButton>}
          <ActionButton variant="filled" keyId="form.submit" running={add.isRunning || update.isRunning} disabledReason={isMissing && 'The insurer is missing.'} onClick={() => void save()}>
            Save insurance
          </ActionButton>
        </>
      }
    >
      <Form where="Insurance" submitLabel="Save insurance" onSubmit={() => void save()}>
        {refusal && <Notice tone="bad" title="Not saved.">{errorText(refusal)}</Notice>}
        <TextField label="Insurer" maxLength={80} autoComplete="off" value={fields.payerName} onChange={(event) => setFields({ ...fields, payerName: event.currentTarget.value })} />
        {line('memberNumber', 'Member number')}
        <FieldRow>
          {line('planName', 'Plan')}
          {line('groupNumber', 'Group number')}
        </FieldRow>
        <FieldRow>
          <Select
            label="Who holds it" allowDeselect={false} data={Object.entries(holderWords).map(([value, label]) => ({ value, label }))} value={fields.relationship}
            onChange={(relationship) => setFields({ ...fields, relationship: (relationship ?? 'self') as Coverage['relationship'] })} // One of the list's own values.
          />
          <Select label="Order" allowDeselect={false} data={ranks} value={String(fields.rank)} onChange={(rank) => setFields({ ...fields, rank: Number(rank ?? 1) })} />
        </FieldRow>
        <MoneyField label={optional('Copay at each visit')} cents={fields.copayCents ?? undefined} onChange={(cents) => setFields({ ...fields, copayCents: cents ?? null })} />
        {fields.relationship !== 'self' && line('subscriberName', 'Name of the holder')}
        <FieldRow>
          <DateField label={optional('From')} kind="birth" value={fields.validFrom ?? undefined} onChange={(date) => setFields({ ...fields, validFrom: date ?? null })} />
          <DateField label={optional('Until')} kind="day" value={fields.validTo ?? undefined} onChange={(date) => setFields({ ...fields, validTo: date ?? null })} />
        </FieldRow>
      </Form>
    </SidePanel>
  )
}
