import { Checkbox, NativeSelect } from '@mantine/core'
import { useEffect, type ReactNode } from 'react'
import { frequencies, routes, type Frequency, type PrescriptionOrder, type Route } from '#shared/domains/medications/model.ts'
import { quantityMismatch, type OrderField } from '#shared/domains/medications/rules.order.ts'
import { drugText, sentenceOf } from '#shared/domains/medications/rules.sentence.ts'
import { canonicalStrength } from '#shared/domains/medications/rules.strength.ts'
import { formWords, frequencyWords, routeWords } from '#shared/domains/medications/rules.words.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { optional, TextField } from '#renderer/ui/fields.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { AlertCards } from './AlertCards.tsx'
import { useKeepFavourite } from './DrugColumn.tsx'
import type { Prescribing } from './usePrescribing.ts'
import { numberShown, scheduleText, type NumberField } from './view.ts'
import { problemTexts } from './words.ts'
import styles from './Prescribe.module.css'

type Indications = readonly NonNullable<PrescriptionOrder['indication']>[]
interface FormProps { rx: Prescribing; order: PrescriptionOrder; indications: Indications }

export function OrderForm({ rx, order, indications }: FormProps) {
  const { generic, form } = order.drug
  const schedule = scheduleText(generic)
  // Whoever has chosen a drug goes on at its dose; the keys of the list still work there.
  useEffect(() => document.getElementById('rx-dose')?.focus(), [generic, form])
  return (
    <>
      <div className={styles['head']}>
        <h2 className="unmistakable">{drugText(order.drug)}</h2>
        {schedule && <Tag tone="warn">{schedule}</Tag>}
        {rx.maySign && <Keep order={order} />}
      </div>
      <Fields rx={rx} order={order} />
      <More rx={rx} order={order} indications={indications} />
      <Sentence order={order} />
      <AlertCards rx={rx} />
    </>
  )
}

const choices = <T extends string>(values: readonly T[], words: (value: T) => string) => values.map((value) => ({ value, label: words(value) }))

function Fields({ rx, order }: { rx: Prescribing; order: PrescriptionOrder }) {
  const { doseUnits, one } = formWords[order.drug.form]
  const number = (field: NumberField, label: ReactNode) => (
    <TextField
      id={`rx-${field}`} label={label} inputMode="decimal" autoComplete="off" classNames={{ input: styles['digits'] ?? '' }} value={rx.draft.texts[field] ?? numberShown(order[field])} error={errorAt(rx, field)}
      onChange={(event) => rx.setNumber(field, event.currentTarget.value)}
    />
  )
  const unit = doseUnits.length > 1 ? undefined : order.doseUnit === 'layer' ? undefined : order.doseUnit === 'mL' || order.doseUnit === 'units' ? order.doseUnit : one
  return (
    <div className={styles['fields']}>
      {number('dose', unit ? `Dose, ${unit}` : 'Dose')}
      <NativeSelect label="Route" data={choices(routes, (route: Route) => routeWords[route])} value={order.route} onChange={(event) => rx.set({ route: event.currentTarget.value as Route })} /* The options are the routes. */ />
      <NativeSelect label="How often" data={choices(frequencies, (frequency: Frequency) => frequencyWords[frequency].words)} value={order.frequency} onChange={(event) => rx.set({ frequency: event.currentTarget.value as Frequency })} /* As above. */ />
      {number('days', 'Days')}
      {number('quantity', `Quantity${formWords[order.drug.form].quantityUnit && `, ${formWords[order.drug.form].quantityUnit}`}`)}
      {number('refills', 'Refills')}
    </div>
  )
}

/** Live after the first try; before it only what nobody could sign. */
function errorAt(rx: Prescribing, field: OrderField): string | undefined {
  const found = rx.problems.find((one) => one.field === field)
  return found && (rx.isTried || field === 'refills' || field === 'quantity') ? problemTexts[found.problem] : undefined
}

function More({ rx, order, indications }: FormProps) {
  const known = order.indication && !indications.some(({ label }) => label === order.indication?.label) ? [order.indication, ...indications] : indications
  const typedStrength = rx.draft.texts['strength'] ?? order.drug.strength
  return (
    <>
      <div className={styles['more']}>
        <NativeSelect
          label={optional('For')} value={order.indication?.label ?? ''} data={[{ value: '', label: 'not said' }, ...known.map(({ code, label }) => ({ value: label, label: [code, label].filter(Boolean).join(' ') }))]}
          onChange={(event) => rx.set({ indication: known.find(({ label }) => label === event.currentTarget.value) ?? null })}
        />
        <TextField label={optional('Instructions')} value={order.instructions ?? ''} maxLength={400} onChange={(event) => rx.set({ instructions: event.currentTarget.value.trimStart() || null })} />
        <TextField label="Strength" value={typedStrength} error={errorAt(rx, 'strength')} autoComplete="off" onChange={(event) => rx.setStrength(event.currentTarget.value)} description={canonicalStrength(typedStrength) !== typedStrength ? canonicalStrength(typedStrength) : undefined} />
      </div>
      <div className={styles['ticks']}>
        <Checkbox label="As needed" checked={order.isAsNeeded} onChange={(event) => rx.set({ isAsNeeded: event.currentTarget.checked, asNeededFor: event.currentTarget.checked ? order.asNeededFor : null })} />
        <Checkbox label="The pharmacy may substitute" checked={order.maySubstitute} onChange={(event) => rx.set({ maySubstitute: event.currentTarget.checked })} />
      </div>
      {order.isAsNeeded && <TextField label="As needed for" value={order.asNeededFor ?? ''} error={errorAt(rx, 'asNeededFor')} maxLength={200} onChange={(event) => rx.set({ asNeededFor: event.currentTarget.value.trimStart() || null })} />}
    </>
  )
}

/** What will stand on the paper, word for word. */
function Sentence({ order }: { order: PrescriptionOrder }) {
  const mismatch = quantityMismatch(order)
  const more = [order.instructions, order.indication && `for ${[order.indication.code, order.indication.label].filter(Boolean).join(' ')}`].filter(Boolean)
  return (
    <>
      <p className={`${styles['sentence']} unmistakable`} role="status" aria-label="Will be printed">
        {sentenceOf(order)}
        {more.length > 0 && <span> · {more.join(' · ')}</span>}
      </p>
      {mismatch && order.days !== null && <Notice tone="warn" title={`${numberShown(order.quantity)} last ${mismatch.lastsDays} days, not ${order.days}.`}>{`${numberShown(mismatch.computed)} would be enough for all of them.`}</Notice>}
    </>
  )
}

function Keep({ order }: { order: PrescriptionOrder }) {
  const keep = useKeepFavourite()
  return (
    <ActionButton variant="subtle" size="compact-xs" running={keep.isRunning} onClick={() => void keep.run({ id: newId(), order: { ...order, indication: null } }).then(() => showToast({ text: 'Among your favourites:', strong: drugText(order.drug) }), () => undefined)}>
      Keep as favourite
    </ActionButton>
  )
}
