import { Select } from '@mantine/core'
import { useState } from 'react'
import { quarantineReasons, returnReasons, wasteReasons, type StockItem, type StockPlace } from '#shared/domains/inventory/model.ts'
import type { LotStock } from '#shared/domains/inventory/model.views.ts'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { api } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { Form } from '#renderer/ui/form.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { amount, lotName, onHandOf, placeName, plural, wholeNumber } from './view.ts'
import { quarantineWords, reasonWords } from './words.ts'
import styles from './Stock.module.css'

export type LotAct = 'waste' | 'return' | 'move' | 'quarantine'

interface LotPanelProps { act: LotAct; item: StockItem; lot: LotStock; places: readonly StockPlace[]; onClose: () => void }

const verbs = { waste: 'Waste', return: 'Return', move: 'Move' } as const

/** One act on one lot, beside the list. */
export function LotPanel(props: LotPanelProps) {
  const { act, lot } = props
  const title = act !== 'quarantine' ? `${verbs[act]} of lot ${lotName(lot)}` : lot.quarantinedAt === null ? `Quarantine lot ${lotName(lot)}` : `Release lot ${lotName(lot)}`
  return (
    <SidePanel title={title} onClose={props.onClose}>
      {act === 'quarantine' ? <QuarantineForm {...props} /> : <AmountForm {...props} act={act} />}
    </SidePanel>
  )
}

const choices = <T extends string>(values: readonly T[], words: Record<string, string>) => values.map((value) => ({ value, label: capital(words[value] ?? value) }))
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function AmountForm({ act, item, lot, places, onClose }: LotPanelProps & { act: Exclude<LotAct, 'quarantine'> }) {
  const [id] = useState(newId)
  const [placeId, setPlaceId] = useState(lot.levels.toSorted((a, b) => b.quantity - a.quantity)[0]?.placeId ?? '')
  const others = places.filter((place) => place.isActive && place.id !== placeId)
  const [toPlaceId, setToPlaceId] = useState<string | null>(others.length === 1 ? (others[0]?.id ?? null) : null)
  const [reason, setReason] = useState<string>(act === 'waste' ? 'damaged' : 'to-supplier')
  const [text, setText] = useState('')
  const { problem, setProblem, isRunning, run } = useAct(onClose)
  const quantity = wholeNumber(text)
  const here = lot.levels.find((level) => level.placeId === placeId)?.quantity ?? 0
  const submit = () => {
    if (!quantity) return setProblem('quantity')
    const of = { id, lotId: lot.id, placeId, quantity }
    if (act === 'move' && !toPlaceId) return setProblem('place')
    return run(`${verbs[act]}:`, `${amount(quantity, item.unit)} of ${item.name}`, () =>
      act === 'waste' ? api.inventory.waste({ ...of, reason: reason as (typeof wasteReasons)[number] }) // One of the choices below.
        : act === 'return' ? api.inventory.giveBack({ ...of, reason: reason as (typeof returnReasons)[number] }) // As above.
          : api.inventory.transfer({ ...of, toPlaceId: toPlaceId ?? '' }))
  }
  return (
    <Form where="Stock" submitLabel={verbs[act]} onSubmit={submit}>
      <div className={styles['panel']}>
        <TextField
          label={`How many ${plural(item.unit)}`} data-autofocus inputMode="numeric" autoComplete="off" value={text} onChange={(event) => setText(event.currentTarget.value)}
          description={`${amount(here, item.unit)} in ${placeName(places, placeId)} by the records`} error={problem === 'quantity' ? 'Write a whole number above zero.' : undefined}
        />
        {lot.levels.length > 1 && <Select label={act === 'move' ? 'From' : 'Where'} allowDeselect={false} value={placeId} onChange={(next) => next && setPlaceId(next)} data={lot.levels.map((level) => ({ value: level.placeId, label: placeName(places, level.placeId) }))} />}
        {act === 'move' && <Select label="To" allowDeselect={false} value={toPlaceId} onChange={setToPlaceId} data={others.map((place) => ({ value: place.id, label: place.name }))} error={problem === 'place' ? 'Choose where it goes.' : undefined} />}
        {act !== 'move' && <Select label="Why" allowDeselect={false} value={reason} onChange={(next) => next && setReason(next)} data={choices<string>(act === 'waste' ? wasteReasons : returnReasons, reasonWords)} />}
        {quantity !== undefined && quantity > here && reason !== 'from-patient' && <Notice tone="warn">That is more than the records show here. It is written down all the same, and the item stands under Below zero until somebody has counted.</Notice>}
        <Refused problem={problem} />
        <div><ActionButton variant="filled" type="submit" keyId="form.submit" running={isRunning}>{verbs[act]}</ActionButton></div>
      </div>
    </Form>
  )
}

function QuarantineForm({ item, lot, onClose }: LotPanelProps) {
  const [reason, setReason] = useState<(typeof quarantineReasons)[number]>('recalled')
  const { problem, isRunning, run } = useAct(onClose)
  const isAside = lot.quarantinedAt !== null
  const submit = () => run(isAside ? 'Released:' : 'In quarantine:', `lot ${lotName(lot)}`, () => (isAside ? api.inventory.release({ lotId: lot.id }) : api.inventory.quarantine({ lotId: lot.id, reason })))
  return (
    <Form where="Stock" submitLabel={isAside ? 'Release' : 'Quarantine'} onSubmit={submit}>
      <div className={styles['panel']}>
        <p>{isAside ? `${amount(onHandOf(lot), item.unit)} can be taken again.` : `Nobody takes from it any more, at any machine: ${amount(onHandOf(lot), item.unit)}. It stays where it is, so put it apart.`}</p>
        {!isAside && <Select label="Why" allowDeselect={false} value={reason} data={choices<string>(quarantineReasons, quarantineWords)} onChange={(next) => next && setReason(next as typeof reason)} /> /* One of the choices. */}
        <Refused problem={problem} />
        <div><ActionButton variant="filled" type="submit" keyId="form.submit" running={isRunning} data-autofocus>{isAside ? 'Release' : 'Quarantine'}</ActionButton></div>
      </div>
    </Form>
  )
}

type Problem = 'quantity' | 'place' | { refused: string } | undefined

function Refused({ problem }: { problem: Problem }) {
  return typeof problem === 'object' ? <Notice tone="bad">{problem.refused}</Notice> : null
}

/** One act at a time; done, it says so and closes. */
function useAct(onClose: () => void) {
  const [problem, setProblem] = useState<Problem>()
  const [isRunning, setRunning] = useState(false)
  const run = (text: string, strong: string, work: () => Promise<unknown>): void => {
    setProblem(undefined)
    setRunning(true)
    void work()
      .then(() => {
        showToast({ text, strong })
        onClose()
      })
      .catch((error: unknown) => setProblem({ refused: errorText(error) }))
      .finally(() => setRunning(false))
  }
  return { problem, setProblem, isRunning, run }
}
