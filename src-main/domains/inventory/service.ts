import type { Moved, ReceiveInput, ReturnInput, TransferInput, UseInput, WasteInput } from '#shared/domains/inventory/contract.ts'
import type { Lot, MoveKind, MoveReason, StockPlace } from '#shared/domains/inventory/model.ts'
import { lotNumberOf, mayCorrect, wasAlreadyCounted, whyNotTake } from '#shared/domains/inventory/rules.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { dateInZone, type PlainDate } from '#shared/kernel/time.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import { can } from '#shared/access/permissions.ts'
import { openMinimum, type OpenedMinimum } from '#main/core/access/opened.ts'
import type { ReadDb } from '#main/core/db/types.ts'
import { idsOf } from '#main/core/rpc/command-ids.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import { patientOfVisit } from '#main/domains/encounters/service.ts'
import * as repository from './repository.ts'

/*
 * Everything that moves stock. Each act has an id; sent twice it is done once. What arrives from another machine has
 * happened: a lot that was put into quarantine meanwhile, or a shelf that is empty by the records, stands in its way only
 * while somebody is still at the form.
 */

interface Change { lotId: Id; placeId: Id; quantity: number; kind: MoveKind; reason?: MoveReason | null; costCents?: number | null; correctsId?: Id | null }

export function receive(context: WriteContext, input: ReceiveInput): Moved {
  return once(context, input.id, () => {
    requirePlace(context.db, input.placeId)
    return input.lines.map((line, at) => {
      if (!repository.itemById(context.db, line.itemId)) throw refuse('ITEM_NOT_FOUND')
      const lot = lotToReceive(context, line, at)
      return { lotId: lot.id, placeId: input.placeId, quantity: line.quantity, kind: 'receive', costCents: line.costCents }
    })
  })
}

/** Of which patient is written apart from the move: it belongs to the chart (docs/stock.md). */
export function use(context: WriteContext, input: UseInput): Moved {
  const { patientId } = openVisit(context, input.encounterId, true)
  context.audit({ patientId, entityId: input.id })
  if (!repository.itemById(context.db, input.itemId)) throw refuse('ITEM_NOT_FOUND')
  const known = repository.batchOf(context.db, input.id)[0]
  if (known && repository.patientOfUse(context.db, known.id) !== patientId) throw refuse(CommonError.ID_USED)
  const done = once(context, input.id, () => {
    for (const pick of input.picks) requireTakeable(context, requireLot(context.db, pick.lotId, input.itemId))
    return input.picks.map((pick) => ({ ...pick, quantity: 0 - pick.quantity, kind: 'dispense' }))
  })
  if (!known) {
    for (const move of done.moves.filter(({ kind }) => kind === 'dispense')) {
      repository.insertUse(context.db, { moveId: move.id, lotId: move.lotId, patientId, encounterId: input.encounterId, usedAt: move.movedAt })
    }
  }
  return done
}

export const waste = (context: WriteContext, input: WasteInput): Moved =>
  once(context, input.id, () => [{ ...levelOf(context, input), quantity: 0 - input.quantity, kind: 'waste', reason: input.reason }])

export const giveBack = (context: WriteContext, input: ReturnInput): Moved =>
  once(context, input.id, () => [{ ...levelOf(context, input), quantity: input.reason === 'from-patient' ? input.quantity : 0 - input.quantity, kind: 'return', reason: input.reason }])

export function transfer(context: WriteContext, input: TransferInput): Moved {
  if (input.placeId === input.toPlaceId) throw refuse('SAME_PLACE')
  return once(context, input.id, () => {
    const from = levelOf(context, input)
    requirePlace(context.db, input.toPlaceId)
    return [{ ...from, quantity: 0 - input.quantity, kind: 'transfer' }, { ...from, placeId: input.toPlaceId, quantity: input.quantity, kind: 'transfer' }]
  })
}

/** A transfer is countered at both ends, everything else by itself. Two who correct one move have corrected it once. */
export function correct(context: WriteContext, input: { id: Id; moveId: Id }): Moved {
  const { db, actor } = context
  const move = repository.moveById(db, input.moveId)
  if (!move) throw refuse(CommonError.NOT_FOUND)
  const patientId = repository.patientOfUse(db, move.id)
  if (patientId !== undefined) openMinimum(context, patientId, { toWrite: true })
  context.audit({ entityId: move.id })
  if (!mayCorrect(move, { userId: actor.userId, mayManage: can(actor, 'stock.manage') })) throw refuse('MOVE_NOT_YOURS')
  const before = repository.correctionOf(db, move.id)
  if (before && before.batchId !== input.id && !context.isCarried) throw refuse('ALREADY_CORRECTED')
  if (before) return { moves: repository.batchOf(db, before.batchId).map(withoutName), belowZero: [] }
  const together = move.kind === 'transfer' ? repository.batchOf(db, move.batchId).filter((one) => one.correctsId === null) : [move]
  return once(context, input.id, () => together.map(({ lotId, placeId, quantity, kind, id }) => ({ lotId, placeId, quantity: 0 - quantity, kind, reason: 'entered-in-error', correctsId: id })))
}

/** The visit's patient: for whoever cares for them, and for the pharmacy. */
export function openVisit(context: ReadContext | WriteContext, encounterId: Id, toWrite = false): OpenedMinimum {
  context.audit({ entityId: encounterId })
  const patientId = patientOfVisit(context.db, encounterId)
  if (patientId === undefined) throw refuse('VISIT_NOT_FOUND')
  return openMinimum(context, patientId, { absent: 'VISIT_NOT_FOUND', toWrite })
}

export function requirePlace(db: ReadDb, id: Id): StockPlace {
  const place = repository.placeById(db, id)
  if (!place) throw refuse('PLACE_NOT_FOUND')
  return place
}

export function requireLot(db: ReadDb, id: Id, itemId?: Id): Lot {
  const lot = repository.lotById(db, id)
  if (!lot || (itemId !== undefined && lot.itemId !== itemId)) throw refuse('LOT_NOT_FOUND')
  return lot
}

export const todayOf = ({ now, zone }: Pick<ReadContext, 'now' | 'zone'>): PlainDate => dateInZone(now, zone)

/** Writes the moves of an act, or answers with those that it has written before. */
export function once(context: WriteContext, batchId: Id, changes: () => Change[]): Moved {
  context.audit({ entityId: batchId })
  const known = repository.batchOf(context.db, batchId)
  if (known.length > 0) {
    if (known.some((move) => move.movedBy !== context.actor.userId)) throw refuse(CommonError.ID_USED)
    return { moves: known.map(withoutName), belowZero: [] }
  }
  const moves = changes().flatMap((change) => post(context, batchId, change))
  return { moves: moves.map(withoutName), belowZero: belowZeroAfter(context, moves) }
}

function post(context: WriteContext, batchId: Id, change: Change): repository.MoveRow[] {
  const { db, now, actor } = context
  const { itemId } = requireLot(db, change.lotId)
  const move: repository.MoveRow = {
    id: context.newId(), batchId, itemId, lotId: change.lotId, placeId: change.placeId, kind: change.kind, quantity: change.quantity,
    reason: change.reason ?? null, costCents: change.costCents ?? null, correctsId: change.correctsId ?? null, movedAt: now, movedBy: actor.userId,
  }
  const moves = [move]
  if (change.kind !== 'count' && wasAlreadyCounted(now, repository.lastCountedAt(db, change))) {
    moves.push({ ...move, id: context.newId(), kind: 'count', quantity: 0 - change.quantity, reason: 'already-counted', costCents: null, correctsId: null })
  }
  for (const one of moves) repository.insertMove(db, one)
  return moves
}

/** Says of what went below zero that somebody has to look; where nobody waits at a form it goes to Attention. */
function belowZeroAfter(context: WriteContext, moves: readonly repository.MoveRow[]): Moved['belowZero'] {
  const taken = new Map(moves.filter(({ quantity }) => quantity < 0).map((move) => [`${move.lotId} ${move.placeId}`, move]))
  const below = [...taken.values()].map(({ itemId, lotId, placeId }) => ({ itemId, lotId, placeId, quantity: repository.levelOf(context.db, { lotId, placeId }) })).filter(({ quantity }) => quantity < 0)
  const [first] = below
  if (first) context.notice({ code: 'STOCK_BELOW_ZERO', data: { itemId: first.itemId, lotId: first.lotId, quantity: first.quantity } })
  return below.map(({ lotId, placeId, quantity }) => ({ lotId, placeId, quantity }))
}

function requireTakeable(context: WriteContext, lot: Lot): void {
  const why = whyNotTake(lot, todayOf(context))
  if (!why) return
  if (!context.isCarried) throw refuse(why, { lotId: lot.id })
  context.notice({ code: why, data: { lotId: lot.id } })
}

function levelOf({ db }: WriteContext, { lotId, placeId }: { lotId: Id; placeId: Id }): { lotId: Id; placeId: Id } {
  requireLot(db, lotId)
  requirePlace(db, placeId)
  return { lotId, placeId }
}

/** One lot of an item has one number and one date; somebody who reads another date looks at the box again. */
function lotToReceive(context: WriteContext, line: ReceiveInput['lines'][number], at: number): Lot {
  const lotNumber = lotNumberOf(line.lotNumber)
  const known = repository.lotNumbered(context.db, line.itemId, lotNumber)
  if (known && known.expiresOn !== line.expiresOn) {
    const difference = { line: at, expiresOn: known.expiresOn }
    if (!context.isCarried) throw refuse('LOT_DATES_DIFFER', difference)
    context.notice({ code: 'LOT_DATES_DIFFER', data: difference })
  }
  if (known) return known
  // Two machines that receive of it make the same row.
  const lot: Lot = { id: idsOf(`${line.itemId}:${lotNumber}`)(), itemId: line.itemId, lotNumber, expiresOn: line.expiresOn, quarantinedAt: null, quarantineReason: null }
  repository.insertLot(context.db, lot, context.now)
  return lot
}

function withoutName({ movedBy: _by, ...move }: repository.MoveRow): Moved['moves'][number] {
  return move
}
