import { Checkbox, Select } from '@mantine/core'
import { useState } from 'react'
import { feeKinds, type FeeItem } from '#shared/domains/billing/model.ts'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { MoneyField, TextField } from '#renderer/ui/fields.tsx'
import { Form } from '#renderer/ui/form.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { joinKey, proposalChoices, splitKey } from './view.fees.ts'
import { feeKindWords } from './words.ts'
import styles from './billing.module.css'

export function FeePanel({ fee, onClose }: { fee: FeeItem | undefined; onClose: () => void }) {
  return (
    <SidePanel title={fee ? 'Change fee' : 'New fee'} onClose={onClose}>
      <FeeForm fee={fee} onDone={onClose} />
    </SidePanel>
  )
}

function FeeForm({ fee, onDone }: { fee: FeeItem | undefined; onDone: () => void }) {
  const [id] = useState(() => fee?.id ?? newId())
  const [code, setCode] = useState(fee?.code ?? '')
  const [label, setLabel] = useState(fee?.label ?? '')
  const [kind, setKind] = useState<FeeItem['kind']>(fee?.kind ?? 'visit')
  const [price, setPrice] = useState<number | undefined>(fee?.priceCents)
  const [key, setKey] = useState(splitKey(fee?.proposeWhen ?? null))
  const [isActive, setActive] = useState(fee?.isActive ?? true)
  const [wasTried, setTried] = useState(false)
  const save = useCommand('billing.saveFee')
  const lacks = { code: !code.trim(), label: !label.trim(), price: price === undefined || price < 0, loinc: key.choice === 'loinc' && !key.loinc.trim() }
  const submit = async () => {
    setTried(true)
    if (Object.values(lacks).some(Boolean) || price === undefined) return
    const done = await save.run({ id, code: code.trim(), label: label.trim(), kind, priceCents: price, proposeWhen: joinKey(key.choice, key.loinc), isActive }).catch(() => undefined)
    if (!done) return
    showToast({ text: 'Saved', strong: done.code })
    onDone()
  }
  return (
    <Form where="Fees" submitLabel="Save fee" onSubmit={() => void submit()}>
      <div className={styles['panel']}>
        <TextField label="Code" data-autofocus value={code} maxLength={20} onChange={(event) => setCode(event.currentTarget.value)} error={wasTried && lacks.code ? 'Give it a short code: V-204.' : undefined} />
        <TextField label="Words on the invoice" value={label} maxLength={200} onChange={(event) => setLabel(event.currentTarget.value)} error={wasTried && lacks.label ? 'Say what it is, as the patient will read it.' : undefined} />
        <Select label="Kind" data={feeKinds.map((value) => ({ value, label: feeKindWords[value] }))} value={kind} allowDeselect={false} onChange={(value) => setKind(value as FeeItem['kind'])} /> {/* One of the kinds before it. */}
        <MoneyField label="Price" cents={price} onChange={setPrice} error={wasTried && lacks.price ? 'Write an amount: 168.00. A free service costs 0.00.' : undefined} />
        <Select label="Proposed for" data={proposalChoices} value={key.choice} allowDeselect={false} onChange={(choice) => setKey({ choice: choice ?? '', loinc: key.loinc })} description="The doctor sees it as a proposal when signing, and can take it off." />
        {key.choice === 'loinc' && <TextField label="LOINC code" value={key.loinc} maxLength={20} onChange={(event) => setKey({ ...key, loinc: event.currentTarget.value })} error={wasTried && lacks.loinc ? 'Write the code of the test: 1988-5.' : undefined} />}
        <Checkbox label="Offered" checked={isActive} onChange={(event) => setActive(event.currentTarget.checked)} description="When it is off, nobody can charge it any more; invoices keep it." />
        {save.refusal && <Notice tone="bad">{errorText(save.refusal)}</Notice>}
        <div>
          <ActionButton variant="filled" type="submit" keyId="form.submit" running={save.isRunning}>Save fee</ActionButton>
        </div>
      </div>
    </Form>
  )
}
