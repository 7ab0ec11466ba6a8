import { Select } from '@mantine/core'
import { useState } from 'react'
import type { StockPlace } from '#shared/domains/inventory/model.ts'
import type { Count, SheetLine } from '#shared/domains/inventory/model.views.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { Form } from '#renderer/ui/form.tsx'
import { count, dateTime } from '#renderer/ui/format.ts'
import { IconPrinter } from '#renderer/ui/icons.ts'
import { EmptyState, Notice, QueryState } from '#renderer/ui/states.tsx'
import { amount, expiryWords, lotName, variancesOf, wholeNumber, withSign } from './view.ts'
import styles from './Stock.module.css'

/** Counting one place without knowing what should be there; afterwards what differed. */
export function CountPage() {
  const go = useGo()
  const places = useApiQuery('inventory.places', {})
  const open = places.data?.filter((place) => place.isActive)
  const [chosenId, setChosenId] = useState<string>()
  const place = open?.find((one) => one.id === chosenId) ?? open?.[0]
  useKeys(place ? [{ id: 'stock.print-sheet', keys: 'Ctrl+P', label: 'Print the sheet', where: 'Count', run: () => go(paths.print('count-sheet', place.id)) }] : [])
  if (!open) return <Screen title="Count"><QueryState query={places} what="The places" /></Screen>
  if (!place) return <Screen title="Count"><EmptyState title="There is no place to count yet">Add a cabinet or a fridge under Places in the stock list.</EmptyState></Screen>
  return (
    <Screen
      title="Count" meta="what the records say is shown afterwards" body="fill"
      filter={<Select aria-label="Which place" allowDeselect={false} w={170} value={place.id} onChange={(next) => next && setChosenId(next)} data={open.map(({ id, name }) => ({ value: id, label: name }))} />}
      asideWidth={400} aside={<LastCount place={place} />}
      footer={<><ActionButton keyId="stock.print-sheet" icon={<IconPrinter size={16} stroke={1.7} />} onClick={() => go(paths.print('count-sheet', place.id))}>Print sheet</ActionButton><ActionButton variant="filled" type="submit" form="count" keyId="form.submit">Save count</ActionButton></>}
    >
      <Sheet key={place.id} place={place} />
    </Screen>
  )
}

/** The lines stay as they were when the counting began, whatever moves meanwhile. */
function Sheet({ place }: { place: StockPlace }) {
  const [round, setRound] = useState(0)
  const sheet = useApiQuery('inventory.countSheet', { placeId: place.id })
  if (!sheet.data) return <QueryState query={sheet} what="The sheet" />
  if (sheet.data.length === 0) return <EmptyState title={`Nothing is kept in ${place.name}`}>A delivery, or a move from elsewhere, brings something to count.</EmptyState>
  return <CountForm key={round} place={place} first={sheet.data} onDone={() => setRound(round + 1)} />
}

function CountForm({ place, first, onDone }: { place: StockPlace; first: readonly SheetLine[]; onDone: () => void }) {
  const [id] = useState(newId)
  const [lines] = useState(first)
  const [counted, setCounted] = useState<Readonly<Record<string, string>>>({})
  const [wasTried, setTried] = useState(false)
  const save = useCommand('inventory.count')
  const today = useToday()
  const written = lines.filter(({ lotId }) => (counted[lotId] ?? '').trim() !== '')
  const isUnreadable = (lotId: string): boolean => (counted[lotId] ?? '').trim() !== '' && wholeNumber(counted[lotId] ?? '') === undefined
  const submit = () => {
    setTried(true)
    if (save.isRunning || written.length === 0 || written.some(({ lotId }) => isUnreadable(lotId))) return
    void save.run({ id, placeId: place.id, lines: written.map(({ lotId }) => ({ lotId, counted: wholeNumber(counted[lotId] ?? '') ?? 0 })) }).then(onDone).catch(() => undefined)
  }
  return (
    <div className={styles['scroll']}>
      <Form id="count" where="Count" submitLabel="Save count" onSubmit={submit} enterMoves>
        {wasTried && written.length === 0 && <Notice tone="warn">Nothing is counted yet. Write how many there are; an empty line is not counted.</Notice>}
        {save.refusal && <Notice tone="bad" title="Not saved.">{errorText(save.refusal)}</Notice>}
        <ul role="list" aria-label={`Count of ${place.name}`}>
          {lines.map((line, at) => (
            <li key={line.lotId} className={styles['countLine']}>
              <span className={styles['name']}>{line.itemName}<small><span className="code">{lotName(line)}</span> · {expiryWords(line.expiresOn, today).words}</small></span>
              <TextField
                aria-label={`${line.itemName}, lot ${lotName(line)}`} inputMode="numeric" autoComplete="off" w={110} value={counted[line.lotId] ?? ''} data-autofocus={at === 0 || undefined} autoFocus={at === 0}
                error={isUnreadable(line.lotId) ? 'A whole number, or nothing.' : undefined} onChange={(event) => setCounted({ ...counted, [line.lotId]: event.currentTarget.value })}
              />
              <span className={styles['quiet']}>{line.unit}</span>
            </li>
          ))}
        </ul>
      </Form>
    </div>
  )
}

function LastCount({ place }: { place: StockPlace }) {
  const last = useApiQuery('inventory.lastCount', { placeId: place.id })
  return (
    <div className={styles['detail']}>
      <QueryState query={last} what="The last count" />
      {last.data === null && <p className={styles['hint']}>{place.name} has not been counted yet.</p>}
      {last.data && <Counted done={last.data} />}
    </div>
  )
}

function Counted({ done }: { done: Count }) {
  const zone = useZone()
  const today = useToday()
  const variances = variancesOf(done.lines)
  return (
    <Card title="Last count" note={`${dateTime(done.countedAt, zone, today)}, ${done.countedByName}`} flush>
      <p className={styles['hint']} role="status">{count(done.lines.length, 'lot')} counted, {variances.length === 0 ? 'all as recorded.' : `${variances.length} different. The stock is what was counted.`}</p>
      <ul role="list">
        {variances.map(({ line, difference }) => (
          <li key={line.lotId} className={styles['variance']}>
            <b data-below={difference < 0 || undefined}>{withSign(difference)}</b>
            <span>{line.itemName}<small><span className="code">{lotName(line)}</span> · {amount(line.expected, line.unit)} recorded, {amount(line.counted, line.unit)} counted</small></span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
