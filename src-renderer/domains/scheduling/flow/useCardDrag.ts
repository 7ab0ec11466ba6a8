import { type PointerEvent, useEffect, useRef, useState } from 'react'
import { flowStages, type FlowStage } from '#shared/domains/flow/model.ts'

export interface CardDrag {
  id: string
  over: FlowStage | undefined
  x: number
  y: number
}

const DRAG_BEGINS_PX = 6

/** Carries a card with the pointer and says over which stage it is let go. Esc lets go of it where it was. */
export function useCardDrag(onDrop: (id: string, stage: FlowStage) => void) {
  const [drag, setDrag] = useState<CardDrag>()
  const latest = useRef(onDrop)
  useEffect(() => {
    latest.current = onDrop
  })
  const pickUp = (id: string) => (down: PointerEvent<HTMLElement>): void => {
    if (down.button !== 0) return
    let held: CardDrag | undefined
    const move = (event: globalThis.PointerEvent): void => {
      if (!held && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < DRAG_BEGINS_PX) return
      held = { id, over: stageAt(event.clientX, event.clientY), x: event.clientX, y: event.clientY }
      setDrag(held)
    }
    const stop = (): void => {
      window.removeEventListener('pointermove', move)
      window.removeEventListener('pointerup', drop)
      window.removeEventListener('pointercancel', stop)
      window.removeEventListener('keydown', onKey, true)
      setDrag(undefined)
    }
    const drop = (): void => {
      stop()
      if (held?.over) latest.current(id, held.over)
    }
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || !held) return
      event.preventDefault()
      stop()
    }
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', drop)
    window.addEventListener('pointercancel', stop)
    window.addEventListener('keydown', onKey, true)
  }
  return { drag, pickUp }
}

function stageAt(x: number, y: number): FlowStage | undefined {
  const column = document.elementsFromPoint(x, y).map((element) => element.closest<HTMLElement>('[data-stage]')).find((one) => one !== null)
  return flowStages.find((stage) => stage === column?.dataset['stage'])
}
