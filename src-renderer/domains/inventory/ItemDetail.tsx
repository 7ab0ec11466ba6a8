import { useState } from 'react'
import type { ItemStock, LotStock, MoveLine } from '#shared/domains/inventory/model.views.ts'
import type { StockPlace } from '#shared/domains/inventory/model.ts'
import { useMay, useToday, useZone } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { Column } from '#renderer/app/Screen.tsx'
import { useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { nearTime } from '#renderer/ui/format.ts'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { ItemPanel } from './ItemPanel.tsx'
import { type LotAct, LotPanel } from './LotPanel.tsx'
import { amount, expiryWords, lotName, lotState, onHandOf, placeName, signed, withSign } from './view.ts'
import { moveWords, reasonWords } from './words.ts'
import styles from './Stock.module.css'

const MOVES = 12

/** One item beside the list: its lots, first to expire first, and everything that moved. */
export function ItemDetail({ itemId }: { itemId: string }) {
  const stock = useApiQuery('inventory.item', { id: itemId })
  const places = useApiQuery('inventory.places', {})
  if (!stock.data || !places.data) return <QueryState query={stock} what="The item" />
  return <Detail stock={stock.data} places={places.data} />
}

function Detail({ stock: { item, lots }, places }: { stock: ItemStock; places: readonly StockPlace[] }) {
  const mayManage = useMay('stock.manage')
  const mayMove = useMay('stock.move')
  const [chosenId, setChosenId] = useState<string>()
  const [act, setAct] = useState<LotAct | 'edit'>()
  const chosen = lots.find((lot) => lot.id === chosenId) ?? lots[0]
  useKeys([
    ...lots.slice(0, 9).map((lot, at) => ({ id: `stock.lot.${at + 1}`, keys: String(at + 1), label: `Lot ${at + 1}`, where: 'Stock', run: () => setChosenId(lot.id) })),
    ...(chosen && mayMove ? [
      { id: 'stock.waste', keys: 'W', label: 'Waste', where: 'Stock', run: () => setAct('waste') },
      { id: 'stock.move', keys: 'M', label: 'Move', where: 'Stock', run: () => setAct('move') },
    ] : []),
    ...(chosen && mayManage ? [
      { id: 'stock.return', keys: 'B', label: 'Return', where: 'Stock', run: () => setAct('return') },
      { id: 'stock.quarantine', keys: 'Q', label: 'Quarantine or release', where: 'Stock', run: () => setAct('quarantine') },
    ] : []),
    ...(mayManage ? [{ id: 'stock.edit', keys: 'E', label: 'Change item', where: 'Stock', run: () => setAct('edit') }] : []),
  ])
  const close = () => setAct(undefined)
  return (
    <Column
      tone="canvas"
      head={<div className={styles['head']}><h2>{item.name}</h2><strong>{amount(lots.reduce((sum, lot) => sum + onHandOf(lot), 0), item.unit)}</strong>{mayManage && <ActionButton size="compact-xs" keyId="stock.edit" onClick={() => setAct('edit')}>Change</ActionButton>}</div>}
      foot={chosen && mayMove && <LotActs lot={chosen} mayManage={mayManage} onAct={setAct} />}
    >
      <div className={styles['detail']}>
        <Card title="Lots" note={lots.length > 0 ? 'first to expire first' : 'nothing here'} flush>
          {lots.length === 0 && <p className={styles['hint']}>Nothing of it is here. A delivery brings its lots.</p>}
          {lots.map((lot, at) => <LotRow key={lot.id} lot={lot} number={at + 1} places={places} isChosen={lot.id === chosen?.id} onChoose={() => setChosenId(lot.id)} />)}
        </Card>
        <Facts reorderPoint={item.reorderPoint} parLevel={item.parLevel} unit={item.unit} />
        <Moves itemId={item.id} />
      </div>
      {act === 'edit' && <ItemPanel item={item} onClose={close} />}
      {act && act !== 'edit' && chosen && <LotPanel key={`${act} ${chosen.id}`} act={act} item={item} lot={chosen} places={places} onClose={close} />}
    </Column>
  )
}

function LotRow({ lot, number, places, isChosen, onChoose }: { lot: LotStock; number: number; places: readonly StockPlace[]; isChosen: boolean; onChoose: () => void }) {
  const expiry = expiryWords(lot.expiresOn, useToday())
  const state = lotState(lot)
  return (
    <button type="button" className={styles['lot']} aria-pressed={isChosen} data-aside={state ? '' : undefined} onClick={onChoose}>
      <span className={styles['lotNumber']}><span aria-hidden className={styles['digit']}>{number}</span> <span className="code">{lotName(lot)}</span></span>
      <span className={styles['toned']} data-tone={expiry.tone}>{expiry.words}</span>
      <span className={styles['at']}>{lot.levels.map(({ placeId, quantity }) => <span key={placeId}>{placeName(places, placeId)} <b data-below={quantity < 0 || undefined}>{signed(quantity)}</b></span>)}</span>
      {state && <span className={styles['state']}>{state}</span>}
    </button>
  )
}

function LotActs({ lot, mayManage, onAct }: { lot: LotStock; mayManage: boolean; onAct: (act: LotAct) => void }) {
  const go = useGo()
  const mayRecall = useMay('stock.recall')
  return (
    <div className={styles['acts']} role="group" aria-label={`Lot ${lotName(lot)}`}>
      <ActionButton keyId="stock.waste" onClick={() => onAct('waste')}>Waste</ActionButton>
      <ActionButton keyId="stock.move" onClick={() => onAct('move')}>Move</ActionButton>
      {mayManage && <ActionButton keyId="stock.return" onClick={() => onAct('return')}>Return</ActionButton>}
      {mayManage && <ActionButton keyId="stock.quarantine" onClick={() => onAct('quarantine')}>{lot.quarantinedAt === null ? 'Quarantine' : 'Release'}</ActionButton>}
      {mayRecall && <ActionButton onClick={() => go(paths.recallLot(lot.id))}>Who got it</ActionButton>}
    </div>
  )
}

function Facts({ reorderPoint, parLevel, unit }: { reorderPoint: number | null; parLevel: number | null; unit: string }) {
  const words = reorderPoint === null ? 'Not watched: nobody is told when it runs out.' : `Order at ${amount(reorderPoint, unit)}${parLevel === null ? '' : `, up to ${amount(parLevel, unit)}`}.`
  return <p className={styles['hint']}>{words}</p>
}

function Moves({ itemId }: { itemId: string }) {
  const [after, setAfter] = useState<readonly string[]>([])
  const query = useApiQuery('inventory.moves', { itemId, limit: MOVES, after: after.at(-1) ?? null }, { keepPrevious: true })
  const next = query.data?.next
  return (
    <Card title="Moves" note="newest first" flush>
      <QueryState query={query} what="The moves" />
      {query.data?.moves.length === 0 && <p className={styles['hint']}>Nothing has moved yet.</p>}
      <ul role="list">{query.data?.moves.map((move) => <Move key={move.id} move={move} />)}</ul>
      {(next || after.length > 0) && (
        <div className={styles['pages']}>
          {after.length > 0 && <ActionButton size="compact-xs" onClick={() => setAfter(after.slice(0, -1))}>Newer</ActionButton>}
          {next && <ActionButton size="compact-xs" onClick={() => setAfter([...after, next])}>Older</ActionButton>}
        </div>
      )}
    </Card>
  )
}

function Move({ move }: { move: MoveLine }) {
  const zone = useZone()
  const today = useToday()
  const correct = useCommand('inventory.correct')
  const [id] = useState(newId)
  const takeBack = () => void correct.run({ id, moveId: move.id }).then(() => showToast({ text: 'Taken back:', strong: `${moveWords[move.kind].toLowerCase()} ${withSign(move.quantity)}` })).catch(() => undefined)
  const what = [moveWords[move.kind], move.reason && reasonWords[move.reason]].filter(Boolean).join(', ')
  return (
    <li className={styles['moveLine']} data-corrected={move.isCorrected || undefined}>
      <b>{withSign(move.quantity)}</b>
      <span>{what}{move.isCorrected && ' (taken back)'}<small>{move.placeName} · <span className="code">{lotName(move)}</span></small></span>
      <span className={styles['who']}>{nearTime(move.movedAt, zone, today)}<small>{move.movedByName}</small></span>
      {move.mayCorrect ? <ActionButton variant="subtle" size="compact-xs" running={correct.isRunning} aria-label={`Take back ${what} ${withSign(move.quantity)}`} onClick={takeBack}>Take back</ActionButton> : <span />}
      {correct.refusal && <Notice tone="bad">{errorText(correct.refusal)}</Notice>}
    </li>
  )
}
