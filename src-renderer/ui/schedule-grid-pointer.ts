import { type PointerEvent, type RefObject, useEffect, useRef } from 'react'
import { HEAD_PX, minuteAt, topOf } from './schedule-grid-geometry.ts'

// How the schedule grid follows the pointer and keeps in sight what matters.

export interface GridDrag {
  onStart: (id: string) => void
  onOver: (columnId: string, startMin: number) => void
  onDrop: () => void
  onCancel: () => void
}

export interface PointerDrag {
  handlersOf: (id: string) => { onPointerDown: (event: PointerEvent<HTMLElement>) => void }
}

const DRAG_BEGINS_PX = 5

/** Drags with the pointer and reports where the block would stand; what fits there is the caller's question. Esc lets go. */
export function usePointerDrag({ scroller, fromMin, drag }: { scroller: RefObject<HTMLDivElement | null>; fromMin: number; drag: GridDrag | undefined }): PointerDrag {
  const latest = useRef(drag)
  useEffect(() => {
    latest.current = drag
  })
  const handlersOf = (id: string) => ({
    onPointerDown: (down: PointerEvent<HTMLElement>) => {
      if (down.button !== 0) return
      const grabbedPx = down.clientY - down.currentTarget.getBoundingClientRect().top
      let isDragging = false
      const move = (event: globalThis.PointerEvent): void => {
        if (!isDragging && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < DRAG_BEGINS_PX) return
        if (!isDragging) latest.current?.onStart(id)
        isDragging = true
        const columns = [...(scroller.current?.querySelectorAll<HTMLElement>('[data-column]') ?? [])]
        const over = columns.find((column) => event.clientX < column.getBoundingClientRect().right) ?? columns.at(-1)
        if (scroller.current) scrollAtEdge(scroller.current, event.clientY)
        if (over) latest.current?.onOver(over.dataset['column'] ?? '', minuteAt(over, event.clientY, fromMin, Math.max(1, grabbedPx)))
      }
      const end = (how: 'drop' | 'cancel') => () => {
        window.removeEventListener('pointermove', move)
        window.removeEventListener('pointerup', drop)
        window.removeEventListener('pointercancel', cancel)
        window.removeEventListener('keydown', onKey, true)
        if (!isDragging) return
        if (how === 'drop') latest.current?.onDrop()
        else latest.current?.onCancel()
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
    },
  })
  return { handlersOf }
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
export function useScrollToNow(scroller: RefObject<HTMLDivElement | null>, nowMin: number | undefined, fromMin: number): void {
  const isDone = useRef(false)
  useEffect(() => {
    const element = scroller.current
    if (isDone.current || nowMin === undefined || !element) return
    isDone.current = true
    const top = topOf(nowMin, fromMin)
    if (top > element.clientHeight * 0.6) element.scrollTo({ top: top - element.clientHeight / 3 })
  }, [nowMin, fromMin, scroller])
}

export function useRevealed(scroller: RefObject<HTMLDivElement | null>, minute: number | undefined, fromMin: number): void {
  useEffect(() => {
    const element = scroller.current
    if (minute === undefined || !element) return
    const top = topOf(minute, fromMin)
    const isAbove = top < element.scrollTop
    const isBelow = top + HEAD_PX + 60 > element.scrollTop + element.clientHeight
    if (isAbove || isBelow) element.scrollTo({ top: top - element.clientHeight / 3 })
  }, [minute, fromMin, scroller])
}
