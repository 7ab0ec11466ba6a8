import type { CSSProperties } from 'react'

/** One line of the grid is five minutes: 15 minutes are three lines, 24 px. */
export const LINE_MIN = 5
const LINE_PX = 8
const STEP_MIN = 15
/** Height of the heads that stay on top while the hours scroll. */
export const HEAD_PX = 44

export const topOf = (minute: number, fromMin: number): number => ((minute - fromMin) / LINE_MIN) * LINE_PX

/** Lines of the CSS grid; nothing is lower than two of them, so that a name can be read. */
export function place({ startMin, endMin }: { startMin: number; endMin: number }, fromMin: number): CSSProperties {
  const first = Math.round((startMin - fromMin) / LINE_MIN) + 1
  const last = Math.max(first + 2, Math.round((endMin - fromMin) / LINE_MIN) + 1)
  return { gridRow: `${first} / ${last}` }
}

/** The quarter hour under the pointer; for a block that is held, the one nearest to its upper edge. */
export function minuteAt(column: HTMLElement, clientY: number, fromMin: number, grabbedPx = 0): number {
  const px = clientY - grabbedPx - column.getBoundingClientRect().top
  return fromMin + Math.floor(((px / LINE_PX) * LINE_MIN) / STEP_MIN + (grabbedPx > 0 ? 0.5 : 0)) * STEP_MIN
}
