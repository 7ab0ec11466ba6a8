/**
 * A signature as it was drawn: strokes of points on a field of fixed size, written as text. The first point of a stroke
 * is its place, every other one how far it is from the one before: "120,80 3,-2 4,0;200,90 1,1". It is drawn again as a
 * path from these numbers alone, so nothing that came from outside is ever shown as an image.
 */
export interface Point { x: number; y: number }
export type Stroke = readonly Point[]

export const SIGNATURE_WIDTH = 1000
export const SIGNATURE_HEIGHT = 200
/** Shorter than this all together it is a slip of the hand and no signature. */
const INK_MIN = 120

export function writeStrokes(strokes: readonly Stroke[]): string {
  return strokes.filter((stroke) => stroke.length > 0).map((stroke) => stroke.map((point, at) => {
    const before = stroke[at - 1]
    return before ? `${point.x - before.x},${point.y - before.y}` : `${point.x},${point.y}`
  }).join(' ')).join(';')
}

/** Undefined: no such text, or a point outside the field. */
export function readStrokes(text: string): Stroke[] | undefined {
  if (text === '' || !/^-?\d{1,4},-?\d{1,4}([ ;]-?\d{1,4},-?\d{1,4})*$/.test(text)) return undefined
  const strokes = text.split(';').map((stroke) => {
    let at: Point = { x: 0, y: 0 }
    return stroke.split(' ').map((pair): Point => {
      const [dx = 0, dy = 0] = pair.split(',').map(Number)
      at = { x: at.x + dx, y: at.y + dy }
      return at
    })
  })
  return strokes.flat().every(isInside) ? strokes : undefined
}

const isInside = ({ x, y }: Point): boolean => x >= 0 && x <= SIGNATURE_WIDTH && y >= 0 && y <= SIGNATURE_HEIGHT

/** How long the line is that was drawn. */
export const inkOf = (strokes: readonly Stroke[]): number =>
  strokes.reduce((sum, stroke) => stroke.reduce((length, point, at) => {
    const before = stroke[at - 1]
    return before ? length + Math.hypot(point.x - before.x, point.y - before.y) : length
  }, sum), 0)

export function isSignature(text: string): boolean {
  const strokes = readStrokes(text)
  return strokes !== undefined && inkOf(strokes) >= INK_MIN
}

/** A point where the pen is now, on the field, whatever size it is shown in. */
export function pointOn(box: { left: number; top: number; width: number; height: number }, clientX: number, clientY: number): Point {
  const within = (value: number, most: number): number => Math.min(most, Math.max(0, Math.round(value)))
  return { x: within(((clientX - box.left) / (box.width || 1)) * SIGNATURE_WIDTH, SIGNATURE_WIDTH), y: within(((clientY - box.top) / (box.height || 1)) * SIGNATURE_HEIGHT, SIGNATURE_HEIGHT) }
}

/** Points nearer than this to the one before say nothing that an eye would see. */
const STEP_MIN = 3
export function extend(stroke: Stroke, point: Point): Stroke {
  const last = stroke.at(-1)
  return last && Math.hypot(point.x - last.x, point.y - last.y) < STEP_MIN ? stroke : [...stroke, point]
}

/** The `d` of a path. A tap is a dot. */
export function pathOf(strokes: readonly Stroke[]): string {
  return strokes.map((stroke) => {
    const [first, ...rest] = stroke
    if (!first) return ''
    return rest.length === 0 ? `M${first.x} ${first.y}h1` : `M${first.x} ${first.y}${rest.map((point) => `L${point.x} ${point.y}`).join('')}`
  }).join('')
}
