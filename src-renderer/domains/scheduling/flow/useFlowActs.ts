import { useState } from 'react'
import type { Room } from '#shared/domains/clinic/model.ts'
import type { FlowStage } from '#shared/domains/flow/model.ts'
import { stageAfter, ticketCode, wayBetween, type FlowStep } from '#shared/domains/flow/rules.ts'
import { canStep } from '#shared/domains/scheduling/rules.ts'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { api } from '#renderer/rpc/api.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { listName } from '#renderer/ui/format.ts'
import { showToast } from '#renderer/ui/toast-store.ts'
import type { Steps } from '../useSteps.ts'
import { withTicket } from './tickets.ts'
import { noStepWords, type FlowCardView } from './view.ts'

export interface FlowActs {
  /** Why the last act was not done: it stands on the card it was for. */
  told: { id: string; words: string } | undefined
  isRunning: boolean
  /** Into that stage, by the step that leads there. */
  moveTo: (card: FlowCardView, stage: FlowStage) => void
  next: (card: FlowCardView) => void
  call: (card: FlowCardView) => void
  clean: (room: Room) => void
  slip: (card: FlowCardView) => void
}

interface UseFlowActs {
  steps: Steps
  roomFor: (card: FlowCardView) => Room | undefined
}

/** What can be done on the board; keys, buttons and the pointer call the same. Each act has its toast and its way back. */
export function useFlowActs({ steps, roomFor }: UseFlowActs): FlowActs {
  const go = useGo()
  const [isRunning, setRunning] = useState(false)
  const [refused, setRefused] = useState<{ id: string; words: string }>()
  const [actedOn, setActedOn] = useState<string>()
  const told = refused ?? (steps.problem !== null && actedOn !== undefined ? { id: actedOn, words: steps.problem } : undefined)

  /** One at a time: a key that is held down is one step. */
  const run = async (card: FlowCardView, act: () => Promise<unknown>): Promise<void> => {
    if (isRunning) return
    setRunning(true)
    setRefused(undefined)
    setActedOn(card.one.id)
    await act().finally(() => setRunning(false))
  }
  const refuse = (card: FlowCardView, words: string): void => {
    steps.clearProblem()
    setRefused({ id: card.one.id, words })
  }

  const take = (card: FlowCardView, step: FlowStep): void => {
    const { one } = card
    if (step !== 'room') {
      void run(card, () => steps[step](one))
      return
    }
    const room = roomFor(card)
    if (room) void run(card, () => steps.room(one, room))
    else refuse(card, 'Not moved: no room is free. One opens up when a visit in it is done.')
  }
  const moveTo = (card: FlowCardView, stage: FlowStage): void => {
    if (card.one.isRestricted) return refuse(card, 'Not moved: only the colleagues named for this patient move the visit.')
    const way = wayBetween(card.stage, stage)
    if ('step' in way) take(card, way.step)
    else if (way.refused !== 'same') refuse(card, noStepWords[way.refused])
  }
  return {
    told, isRunning, moveTo,
    next: (card) => {
      const stage = stageAfter(card.stage)
      if (stage) moveTo(card, stage)
    },
    call: (card) => {
      const room = canStep(card.one.status, 'room') && card.one.roomId && card.stage === 'roomed' ? { id: card.one.roomId, name: card.one.roomName ?? '' } : roomFor(card)
      if (!room) return refuse(card, 'Not called: no room is free to call them to.')
      void run(card, () => steps.attempt(async () => {
        const id = newId()
        const { ticket } = await withTicket((given) => api.flow.call({ id, appointmentId: card.one.id, roomId: room.id, ticket: given }))
        showToast({ text: `${listName(card.one.patient)}, ${ticketCode(ticket)}, is called to`, strong: room.name })
      }))
    },
    clean: (room) => void steps.attempt(async () => {
      await api.rooms.mark({ id: newId(), roomId: room.id, state: 'clean' })
      showToast({ text: room.name, strong: 'is clean', undo: () => api.rooms.mark({ id: newId(), roomId: room.id, state: 'cleaning' }) })
    }),
    slip: (card) => {
      if (card.ticket) go(paths.print('slip', card.one.id))
      else void run(card, () => steps.attempt(async () => {
        await withTicket((ticket) => api.flow.giveTicket({ appointmentId: card.one.id, ticket }))
        go(paths.print('slip', card.one.id))
      }))
    },
  }
}
