import { Select } from '@mantine/core'
import type { StockPlace } from '#shared/domains/inventory/model.ts'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { DateField, MoneyField, optional, TextField } from '#renderer/ui/fields.tsx'
import { Form } from '#renderer/ui/form.tsx'
import { count } from '#renderer/ui/format.ts'
import { IconX } from '#renderer/ui/icons.ts'
import { EmptyState, Notice, QueryState } from '#renderer/ui/states.tsx'
import { ItemPicker } from './ItemPicker.tsx'
import { type Delivery, type Line, useDelivery } from './useDelivery.ts'
import { plural } from './view.ts'
import styles from './Stock.module.css'

/** A delivery, box by box: scan, how many, next. */
export function ReceivePage() {
  const go = useGo()
  const places = useApiQuery('inventory.places', {})
  const open = places.data?.filter((place) => place.isActive)
  if (!open) return <Screen title="Receive"><QueryState query={places} what="The places" /></Screen>
  if (open.length === 0) {
    return <Screen title="Receive"><EmptyState title="There is no place to put it yet" action={<ActionButton variant="filled" onClick={() => go(paths.stock())}>To the stock</ActionButton>}>Add a cabinet or a fridge under Places first.</EmptyState></Screen>
  }
  return <Receiving places={open} />
}

function Receiving({ places }: { places: readonly StockPlace[] }) {
  const delivery = useDelivery(places[0]?.id ?? '')
  const { lines, placeId } = delivery
  return (
    <Screen
      title="Receive" meta={lines.length > 0 ? count(lines.length, 'line') : 'scan a box, or type what it is'}
      filter={<Select aria-label="Where it goes" allowDeselect={false} w={170} value={placeId} onChange={(next) => next && delivery.setPlaceId(next)} data={places.map(({ id, name }) => ({ value: id, label: name }))} />}
      footer={lines.length > 0 && <ActionButton variant="filled" type="submit" form="delivery" keyId="form.submit" running={delivery.isRunning}>Receive {count(lines.length, 'line')}</ActionButton>}
    >
      <div className={styles['sheet']}>
        <div className={styles['pick']} id="delivery-pick"><ItemPicker label="What came" onPick={delivery.add} /></div>
        {delivery.refused && <Notice tone="bad" title="Not received.">{delivery.refused}</Notice>}
        <Form id="delivery" where="Receive" submitLabel="Receive" onSubmit={delivery.submit}>
          {lines.length === 0 && <p className={styles['hint']}>A scanned box brings its lot and expiry date; then type how many and press Enter for the next one.</p>}
          {lines.map((line, at) => <DeliveryLine key={line.key} line={line} at={at} delivery={delivery} />)}
        </Form>
      </div>
    </Screen>
  )
}

function DeliveryLine({ line, at, delivery }: { line: Line; at: number; delivery: Delivery }) {
  const problems = delivery.problemsOf(line)
  const set = (fields: Partial<Line>) => delivery.change(line.key, fields)
  return (
    <fieldset className={styles['deliveryLine']} data-bad={delivery.badLine === at || undefined}>
      <legend>{line.itemName}</legend>
      <TextField id={`lot-${line.key}`} label="Lot" maxLength={20} autoComplete="off" classNames={{ input: 'code' }} value={line.lotNumber} onChange={(event) => set({ lotNumber: event.currentTarget.value })} autoFocus={line.lotNumber === ''} error={problems.lotNumber} />
      <DateField label={line.needsDate ? 'Expires' : optional('Expires')} kind="day" value={line.expiresOn} onChange={(expiresOn) => set({ expiresOn })} error={problems.expiresOn} />
      <TextField
        id={`quantity-${line.key}`} label={`How many ${plural(line.unit)}`} inputMode="numeric" autoComplete="off" value={line.quantity} autoFocus={line.lotNumber !== ''} error={problems.quantity}
        onChange={(event) => set({ quantity: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
          event.preventDefault()
          document.querySelector<HTMLElement>('#delivery-pick input')?.focus()
        }}
      />
      <MoneyField label={optional('Cost')} cents={line.costCents} onChange={(costCents) => set({ costCents })} />
      <ActionButton variant="subtle" size="compact-xs" aria-label={`Take ${line.itemName} off`} onClick={() => delivery.remove(line.key)}><IconX size={14} /></ActionButton>
    </fieldset>
  )
}
