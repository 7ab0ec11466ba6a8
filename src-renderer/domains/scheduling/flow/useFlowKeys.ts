import { useKeys } from '#renderer/app/keys/keys.tsx'
import type { KeyDef } from '#renderer/app/keys/registry.ts'
import type { Room } from '#shared/domains/clinic/model.ts'
import type { FlowActs } from './useFlowActs.ts'
import type { FlowCardView, FlowColumnView } from './view.ts'

const where = 'Flow'

interface FlowKeys {
  columns: readonly FlowColumnView[]
  chosen: FlowCardView | undefined
  acts: FlowActs
  toClean: Room | undefined
  mayChart: boolean
  mayPay: boolean
  onChoose: (card: FlowCardView | undefined) => void
  onOpen: (card: FlowCardView) => void
  onVitals: (card: FlowCardView) => void
  onPay: () => void
  onWalkIn: () => void
  onDisplay: () => void
}

/** One key a step; arrows choose the card. C takes whoever waits longest where the chosen one cannot be called. */
export function useFlowKeys({ columns, chosen, acts, toClean, mayChart, mayPay, onChoose, onOpen, onVitals, onPay, onWalkIn, onDisplay }: FlowKeys): void {
  const at = columns.findIndex((column) => column.stage === chosen?.stage)
  const row = columns[at]?.cards.findIndex((card) => card.one.id === chosen?.one.id) ?? 0
  const sideways = (by: 1 | -1): void => {
    for (let i = at + by; i >= 0 && i < columns.length; i += by) {
      const cards = columns[i]?.cards ?? []
      if (cards.length > 0) return onChoose(cards[Math.min(row, cards.length - 1)])
    }
  }
  const toCall = chosen && canBeCalled(chosen) ? chosen : columns.find((column) => column.stage === 'waiting')?.cards[0]
  const onChosen = (id: string, keys: string, label: string, isFor: (card: FlowCardView) => boolean, run: (card: FlowCardView) => void): KeyDef =>
    ({ id, keys, label, where, when: () => chosen !== undefined && !chosen.one.isRestricted && isFor(chosen), run: () => chosen && run(chosen) })
  const isAt = (...stages: FlowCardView['stage'][]) => (card: FlowCardView): boolean => stages.includes(card.stage)
  useKeys([
    { id: 'flow.down', keys: '↓', label: 'Next card', where, run: () => onChoose(columns[at]?.cards[row + 1]) },
    { id: 'flow.up', keys: '↑', label: 'Previous card', where, run: () => onChoose(columns[at]?.cards[row - 1]) },
    { id: 'flow.left', keys: '←', label: 'Stage before', where, run: () => sideways(-1) },
    { id: 'flow.right', keys: '→', label: 'Stage after', where, run: () => sideways(1) },
    { id: 'flow.call', keys: 'C', label: 'Call: the display follows', where, when: () => toCall !== undefined, run: () => toCall && acts.call(toCall) },
    onChosen('flow.next', 'N', 'To the next stage', (card) => card.stage !== 'left', acts.next),
    onChosen('flow.arrive', 'A', 'Has arrived', isAt('expected'), (card) => acts.moveTo(card, 'waiting')),
    onChosen('flow.room', 'R', 'Take to the proposed room', isAt('waiting'), (card) => acts.moveTo(card, 'roomed')),
    onChosen('flow.hand-over', 'H', 'Hand over to the doctor', isAt('waiting', 'roomed'), (card) => acts.moveTo(card, 'with-doctor')),
    onChosen('flow.check-out', 'O', 'Done: to the check-out', isAt('with-doctor'), (card) => acts.moveTo(card, 'check-out')),
    onChosen('flow.leave', 'L', 'Has left', isAt('check-out'), (card) => acts.moveTo(card, 'left')),
    onChosen('flow.open', 'Enter', mayChart ? 'Open chart' : 'Open patient', () => true, onOpen),
    onChosen('flow.slip', 'Ctrl+P', 'Print the slip with the number', isAt('waiting', 'roomed'), acts.slip),
    { id: 'flow.clean', keys: 'X', label: 'Room is clean', where, when: () => toClean !== undefined, run: () => toClean && acts.clean(toClean) },
    { id: 'flow.walk-in', keys: 'W', label: 'Walk-in', where, run: onWalkIn },
    { id: 'flow.display', keys: 'Shift+D', label: 'Open the waiting-room display', where, run: onDisplay },
    ...(mayChart ? [onChosen('flow.vitals', 'V', 'Record vitals', isAt('waiting', 'roomed', 'with-doctor'), onVitals)] : []),
    ...(mayPay ? [onChosen('flow.pay', 'P', 'Pay', isAt('check-out'), onPay)] : []),
  ])
}

export const canBeCalled = ({ stage, one }: FlowCardView): boolean => !one.isRestricted && (stage === 'waiting' || stage === 'roomed')
