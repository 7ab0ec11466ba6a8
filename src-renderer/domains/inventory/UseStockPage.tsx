import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import type { ItemStock, VisitUses } from '#shared/domains/inventory/model.views.ts'
import { pickFirstToExpire } from '#shared/domains/inventory/rules.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { useRouteParam } from '#renderer/app/navigation.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { api, useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { Form } from '#renderer/ui/form.tsx'
import { ageSex, bannerName, born, mrn, time } from '#renderer/ui/format.ts'
import { EmptyState, Notice, QueryState } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { ItemPicker } from './ItemPicker.tsx'
import { amount, expiryWords, lotName, placeName, plural, shortWords, signed, wholeNumber } from './view.ts'
import styles from './Stock.module.css'

/** What a visit takes from the shelf: the item, how many, done. The lot that expires first is proposed. */
export function UseStockPage() {
  const encounterId = useRouteParam('encounterId')
  const router = useRouter()
  const uses = useApiQuery('inventory.usesOfVisit', { encounterId })
  const [picked, setPicked] = useState<{ itemId: string; lotNumber: string | undefined; attempt: string }>()
  const back = () => router.history.back()
  useKeys([{ id: 'stock.back', keys: 'Esc', label: 'Back to the visit', where: 'Use stock', run: back }])
  return (
    <Screen title="Use stock" meta="for this visit" footer={<ActionButton keyId="stock.back" onClick={back}>Back to the visit</ActionButton>}>
      <div className={styles['sheet']}>
        {uses.data && <Whose patient={uses.data.patient} />}
        {uses.error ? <QueryState query={uses} what="The visit" /> : (
          <>
            {picked
              ? <Taking key={picked.attempt} {...picked} encounterId={encounterId} onDone={() => setPicked(undefined)} />
              : <div className={styles['pick']}><ItemPicker label="What was used" onPick={(item, scan) => setPicked({ itemId: item.id, lotNumber: scan.lotNumber, attempt: newId() })} /></div>}
            <Card title="Used in this visit" flush>
              {uses.data?.uses.length === 0 && <p className={styles['hint']}>Nothing yet. Type a name or scan the box.</p>}
              <ul role="list">{uses.data?.uses.map((use) => <Used key={use.moveId} use={use} />)}</ul>
            </Card>
          </>
        )}
      </div>
    </Screen>
  )
}

function Whose({ patient }: { patient: VisitUses['patient'] }) {
  const today = useToday()
  return (
    <p className={styles['whose']}>
      <strong>{bannerName(patient)}</strong> {ageSex(patient.birthDate, patient.sex, today)} · {born(patient.birthDate)} · MRN <span className="code">{mrn(patient.mrn)}</span>
    </p>
  )
}

interface TakingProps { itemId: string; lotNumber: string | undefined; attempt: string; encounterId: string; onDone: () => void }

function Taking(props: TakingProps) {
  const stock = useApiQuery('inventory.item', { id: props.itemId })
  return stock.data ? <TakeForm {...props} stock={stock.data} /> : <QueryState query={stock} what="The item" />
}

function TakeForm({ stock: { item, lots }, lotNumber, attempt, encounterId, onDone }: TakingProps & { stock: ItemStock }) {
  const today = useToday()
  const places = useApiQuery('inventory.places', {})
  const [text, setText] = useState('1')
  const [chosenId, setChosenId] = useState<string | undefined>(() => lots.find((lot) => lotNumber !== undefined && lot.lotNumber === lotNumber)?.id)
  const [refused, setRefused] = useState<string>()
  const [isRunning, setRunning] = useState(false)
  const quantity = wholeNumber(text)
  const picked = pickFirstToExpire(chosenId === undefined ? lots : lots.filter((lot) => lot.id === chosenId), quantity ?? 0, today)
  const submit = () => {
    if (!quantity || isRunning || picked.picks.length === 0) return
    setRunning(true)
    void api.inventory.use({ id: attempt, encounterId, itemId: item.id, picks: picked.picks })
      .then(({ moves }) => {
        showToast({ text: 'Used:', strong: `${amount(quantity, item.unit)} of ${item.name}`, undo: () => Promise.all(moves.filter(({ kind }) => kind === 'dispense').map((move) => api.inventory.correct({ id: newId(), moveId: move.id }))) })
        onDone()
      })
      .catch((error: unknown) => setRefused(errorText(error)))
      .finally(() => setRunning(false))
  }
  if (picked.picks.length === 0 && (quantity ?? 0) > 0 && chosenId === undefined) {
    return <EmptyState title={`No ${item.name} can be taken`} action={<ActionButton onClick={onDone}>Choose something else</ActionButton>}>Every lot is expired or in quarantine, or none was ever received.</EmptyState>
  }
  return (
    <Form where="Use stock" submitLabel="Use" onSubmit={submit}>
      <Card title={item.name} note="first to expire is chosen" flush>
        <div className={styles['take']}>
          <TextField label={`How many ${plural(item.unit)}`} autoFocus inputMode="numeric" autoComplete="off" w={140} value={text} onChange={(event) => setText(event.currentTarget.value)} onFocus={(event) => event.currentTarget.select()} error={quantity ? undefined : 'Write a whole number above zero.'} />
          <ActionButton variant="filled" type="submit" keyId="form.submit" running={isRunning}>Use {quantity ? amount(quantity, item.unit) : ''}</ActionButton>
          <ActionButton onClick={onDone}>Something else</ActionButton>
        </div>
        {refused && <Notice tone="bad" title="Not used.">{refused}</Notice>}
        {picked.short > 0 && picked.picks.length > 0 && <Notice tone="warn">{shortWords(picked, item.unit)}</Notice>}
        {lots.map((lot) => {
          const taken = picked.picks.filter((pick) => pick.lotId === lot.id).reduce((sum, pick) => sum + pick.quantity, 0)
          const expiry = expiryWords(lot.expiresOn, today)
          const isOff = lot.quarantinedAt !== null || expiry.tone === 'bad'
          return (
            <button key={lot.id} type="button" className={styles['lot']} aria-pressed={taken > 0} data-aside={isOff || undefined} aria-disabled={isOff} onClick={() => !isOff && setChosenId(lot.id)}>
              <span className={styles['lotNumber']}><span className="code">{lotName(lot)}</span></span>
              <span className={styles['toned']} data-tone={expiry.tone}>{lot.quarantinedAt === null ? expiry.words : 'Quarantine'}</span>
              <span className={styles['at']}>{lot.levels.map((level) => <span key={level.placeId}>{placeName(places.data ?? [], level.placeId)} <b>{signed(level.quantity)}</b></span>)}</span>
              <span className={styles['taken']}>{taken > 0 ? `take ${taken}` : ''}</span>
            </button>
          )
        })}
      </Card>
    </Form>
  )
}

function Used({ use }: { use: VisitUses['uses'][number] }) {
  const zone = useZone()
  const [id] = useState(newId)
  const correct = useCommand('inventory.correct')
  const takeBack = () => void correct.run({ id, moveId: use.moveId }).then(() => showToast({ text: 'Taken back:', strong: use.itemName })).catch(() => undefined)
  return (
    <li className={styles['moveLine']}>
      <b>{use.quantity}</b>
      <span>{use.itemName}<small>{use.unit} · <span className="code">{lotName(use)}</span></small></span>
      <span className={styles['who']}>{time(use.usedAt, zone)}<small>{use.usedByName}</small></span>
      {use.mayCorrect ? <ActionButton variant="subtle" size="compact-xs" running={correct.isRunning} aria-label={`Take back ${use.itemName}`} onClick={takeBack}>Take back</ActionButton> : <span />}
      {correct.refusal && <Notice tone="bad">{errorText(correct.refusal)}</Notice>}
    </li>
  )
}
