import { Checkbox, Select } from '@mantine/core'
import { useState } from 'react'
import { itemKinds, type StockItem } from '#shared/domains/inventory/model.ts'
import { readScan } from '#shared/domains/inventory/rules.scan.ts'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { optional, TextField } from '#renderer/ui/fields.tsx'
import { Form } from '#renderer/ui/form.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { wholeNumber } from './view.ts'
import { itemKindWords } from './words.ts'
import styles from './Stock.module.css'

interface ItemPanelProps { item: StockItem | undefined; onClose: () => void; onSaved?: (id: string) => void }

export function ItemPanel(props: ItemPanelProps) {
  return (
    <SidePanel title={props.item ? 'Change item' : 'New item'} onClose={props.onClose}>
      <ItemForm {...props} />
    </SidePanel>
  )
}

/** As it is typed; a number that cannot be read has a message at its field. */
interface Typed { name: string; kind: StockItem['kind']; unit: string; barcode: string; reorderPoint: string; parLevel: string; isActive: boolean }

const typedOf = (item: StockItem | undefined): Typed => ({
  name: item?.name ?? '', kind: item?.kind ?? 'drug', unit: item?.unit ?? '', barcode: item?.barcode ?? '', reorderPoint: item?.reorderPoint?.toString() ?? '', parLevel: item?.parLevel?.toString() ?? '', isActive: item?.isActive ?? true,
})

function lacksOf(typed: Typed) {
  const isNumber = (text: string): boolean => text.trim() === '' || wholeNumber(text) !== undefined
  return { name: !typed.name.trim(), unit: !typed.unit.trim(), barcode: typed.barcode.trim() !== '' && barcodeOf(typed.barcode) === null, reorderPoint: !isNumber(typed.reorderPoint), parLevel: !isNumber(typed.parLevel) }
}

/** What a scanner reads may hold lot and date as well: only the article counts here. */
const barcodeOf = (text: string): string | null => readScan(text)?.barcode ?? (/^\d{14}$/.test(text.trim()) ? text.trim() : null)

function ItemForm({ item, onClose, onSaved }: ItemPanelProps) {
  const [id] = useState(() => item?.id ?? newId())
  const [typed, setTyped] = useState(() => typedOf(item))
  const [wasTried, setTried] = useState(false)
  const save = useCommand('inventory.saveItem')
  const lacks = lacksOf(typed)
  const text = (field: 'name' | 'unit' | 'barcode' | 'reorderPoint' | 'parLevel', problem: string) => ({
    value: typed[field], onChange: (event: { currentTarget: { value: string } }) => setTyped({ ...typed, [field]: event.currentTarget.value }), error: wasTried && lacks[field] ? problem : undefined, autoComplete: 'off',
  })
  const submit = async () => {
    setTried(true)
    if (Object.values(lacks).some(Boolean)) return
    const done = await save.run({
      id, name: typed.name.trim(), kind: typed.kind, unit: typed.unit.trim(), barcode: typed.barcode.trim() === '' ? null : barcodeOf(typed.barcode),
      reorderPoint: wholeNumber(typed.reorderPoint) ?? null, parLevel: wholeNumber(typed.parLevel) ?? null, isActive: typed.isActive,
    }).catch(() => undefined)
    if (!done) return
    showToast({ text: 'Saved', strong: done.name })
    onSaved?.(done.id)
    onClose()
  }
  return (
    <Form where="Stock" submitLabel="Save item" onSubmit={() => void submit()}>
      <div className={styles['panel']}>
        <TextField label="Name" data-autofocus maxLength={80} description="With strength, form and size: two items never share a name." {...text('name', 'Say what it is: amoxicillin 500 mg capsule.')} />
        <Select label="Kind" allowDeselect={false} value={typed.kind} data={itemKinds.map((value) => ({ value, label: itemKindWords[value] }))} onChange={(kind) => setTyped({ ...typed, kind: kind as Typed['kind'] })} /> {/* One of the kinds before it. */}
        <TextField label="Counted in" maxLength={20} description="The smallest piece that is given: tablet, dose, piece." {...text('unit', 'Say what one of it is: tablet, dose, piece.')} />
        <TextField label={optional('Barcode')} maxLength={80} description="Scan the box." {...text('barcode', 'A barcode has 8 to 14 digits. Scan the box once more.')} />
        <TextField label={optional('Order at')} inputMode="numeric" description="At this many it stands under To order. Empty is not watched." {...text('reorderPoint', 'Write a whole number.')} />
        <TextField label={optional('Up to')} inputMode="numeric" {...text('parLevel', 'Write a whole number.')} />
        <Checkbox label="Kept" checked={typed.isActive} onChange={(event) => setTyped({ ...typed, isActive: event.currentTarget.checked })} description="When it is off, nobody receives or uses it any more; its moves stay." />
        {save.refusal && <Notice tone="bad">{errorText(save.refusal)}</Notice>}
        <div><ActionButton variant="filled" type="submit" keyId="form.submit" running={save.isRunning}>Save item</ActionButton></div>
      </div>
    </Form>
  )
}
