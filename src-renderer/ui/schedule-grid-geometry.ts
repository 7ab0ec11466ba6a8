import type { CSSProperties } from 'react'

/** One line of the grid is five minutes. */
export const LINE_MIN = 5
/** Height of the heads that stay on top while the hours scroll. */
export const HEAD_PX = 44
/** Nothing is lower, so that a name can be read. */
const LOWEST_PX = 16

/** How fine the grid is: what is moved lands on its steps, and a finer one is taller, so that a step can be met. */
export interface GridScale {
  stepMin: number
  linePx: number
}

const linePx: Record<number, number> = { 5: 16, 10: 12, 15: 8 }
export const scaleOf = (stepMin: number): GridScale => ({ stepMin, linePx: linePx[stepMin] ?? 8 })

export const topOf = (minute: number, fromMin: number, scale: GridScale): number => ((minute - fromMin) / LINE_MIN) * scale.linePx

/** Lines of the CSS grid. */
export function place({ startMin, endMin }: { startMin: number; endMin: number }, fromMin: number, scale: GridScale): CSSProperties {
  const first = Math.round((startMin - fromMin) / LINE_MIN) + 1
  const last = Math.max(first + Math.ceil(LOWEST_PX / scale.linePx), Math.round((endMin - fromMin) / LINE_MIN) + 1)
  return { gridRow: `${first} / ${last}` }
}

const minutesAt = (column: HTMLElement, clientY: number, scale: GridScale): number => ((clientY - column.getBoundingClientRect().top) / scale.linePx) * LINE_MIN

/** The step under the pointer; for a block that is held, the one nearest to its upper edge. */
export function minuteAt(column: HTMLElement, clientY: number, fromMin: number, scale: GridScale, grabbedPx = 0): number {
  return fromMin + Math.floor(minutesAt(column, clientY - grabbedPx, scale) / scale.stepMin + (grabbedPx > 0 ? 0.5 : 0)) * scale.stepMin
}

/** The step nearest to the pointer: where the lower edge of a block lands that is pulled. */
export const edgeAt = (column: HTMLElement, clientY: number, fromMin: number, scale: GridScale): number =>
  fromMin + Math.round(minutesAt(column, clientY, scale) / scale.stepMin) * scale.stepMin
