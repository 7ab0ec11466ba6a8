import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { edgeAt, type GridScale, HEAD_PX, minuteAt, topOf } from './schedule-grid-geometry.ts'

// How the schedule grid follows the pointer and keeps in sight what matters.

export interface GridDrag {
  onStart: (id: string) => void
  onOver: (columnId: string, startMin: number) => void
  /** The lower edge is pulled: another length. */
  onResizeStart: (id: string) => void
  onResizeOver: (endMin: number) => void
  onDrop: () => void
  onCancel: () => void
}

export interface PointerDrag {
  onPointerDown: (event: PointerEvent<HTMLElement>) => void
}

const DRAG_BEGINS_PX = 5
/** Of the lower edge of a block, which changes its length; a low block keeps room to be moved by. */
const PULLED_PX = 6

interface UsePointerDrag {
  scroller: RefObject<HTMLDivElement | null>
  fromMin: number
  scale: GridScale
  drag: GridDrag | undefined
}

/**
 * Drags with the pointer and reports where the block would stand; what fits there is the caller's question. Esc lets go.
 * The handler stays the same, so that a row is not drawn anew because another one moves.
 */
export function usePointerDrag(given: UsePointerDrag): PointerDrag {
  const latest = useRef(given)
  useEffect(() => {
    latest.current = given
  })
  const [handler] = useState(() => ({ onPointerDown: (down: PointerEvent<HTMLElement>) => follow(down, () => latest.current) }))
  return handler
}

function follow(down: PointerEvent<HTMLElement>, now: () => UsePointerDrag): void {
  const id = down.currentTarget.dataset['item']
  if (down.button !== 0 || id === undefined) return
  const own = down.currentTarget.parentElement
  const { top, bottom, height } = down.currentTarget.getBoundingClientRect()
  const isResizing = down.clientY > bottom - Math.min(PULLED_PX, height / 3)
  let isDragging = false
  const move = (event: globalThis.PointerEvent): void => {
    const { scroller, fromMin, scale, drag } = now()
    if (!isDragging && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < DRAG_BEGINS_PX) return
    if (!isDragging) (isResizing ? drag?.onResizeStart : drag?.onStart)?.(id)
    isDragging = true
    if (scroller.current) scrollAtEdge(scroller.current, event.clientY)
    if (isResizing) {
      if (own) drag?.onResizeOver(edgeAt(own, event.clientY, fromMin, scale))
      return
    }
    const columns = [...(scroller.current?.querySelectorAll<HTMLElement>('[data-column]') ?? [])]
    const over = columns.find((column) => event.clientX < column.getBoundingClientRect().right) ?? columns.at(-1)
    if (over) drag?.onOver(over.dataset['column'] ?? '', minuteAt(over, event.clientY, fromMin, scale, Math.max(1, down.clientY - top)))
  }
  const end = (how: 'drop' | 'cancel') => () => {
    window.removeEventListener('pointermove', move)
    window.removeEventListener('pointerup', drop)
    window.removeEventListener('pointercancel', cancel)
    window.removeEventListener('keydown', onKey, true)
    if (!isDragging) return
    if (how === 'drop') now().drag?.onDrop()
    else now().drag?.onCancel()
  }
  const drop = end('drop')
  const cancel = end('cancel')
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    cancel()
  }
  window.addEventListener('pointermove', move)
  window.addEventListener('pointerup', drop)
  window.addEventListener('pointercancel', cancel)
  window.addEventListener('keydown', onKey, true)
}

const EDGE_PX = 36
const EDGE_STEP_PX = 14

/** A block that is held near the upper or lower edge brings the hours beyond it into sight. */
function scrollAtEdge(scroller: HTMLElement, clientY: number): void {
  const { top, bottom } = scroller.getBoundingClientRect()
  if (clientY > bottom - EDGE_PX) scroller.scrollBy({ top: EDGE_STEP_PX })
  else if (clientY < top + HEAD_PX + EDGE_PX) scroller.scrollBy({ top: -EDGE_STEP_PX })
}

/** The day opens on the hour that is now; after that the scroll belongs to the person. */
export function useScrollToNow(scroller: RefObject<HTMLDivElement | null>, nowMin: number | undefined, fromMin: number, scale: GridScale): void {
  const isDone = useRef(false)
  useEffect(() => {
    const element = scroller.current
    if (isDone.current || nowMin === undefined || !element) return
    isDone.current = true
    const top = topOf(nowMin, fromMin, scale)
    if (top > element.clientHeight * 0.6) element.scrollTo({ top: top - element.clientHeight / 3 })
  }, [nowMin, fromMin, scale, scroller])
}

export function useRevealed(scroller: RefObject<HTMLDivElement | null>, minute: number | undefined, fromMin: number, scale: GridScale): void {
  useEffect(() => {
    const element = scroller.current
    if (minute === undefined || !element) return
    const top = topOf(minute, fromMin, scale)
    const isAbove = top < element.scrollTop
    const isBelow = top + HEAD_PX + 60 > element.scrollTop + element.clientHeight
    if (isAbove || isBelow) element.scrollTo({ top: top - element.clientHeight / 3 })
  }, [minute, fromMin, scale, scroller])
}
