/** The largest input of all, a photo in base64, is eight tenths of this. Files are named by their place and read by the core. */
const WEIGHT_MAX = 1_000_000
const DEPTH_MAX = 24
/** A number, a name or a bracket counts like a short word, so that a million empty things are as heavy as they are. */
const WEIGHT_OF_ONE = 8

/** Whether an input is small and flat enough to be looked at: the page is not trusted, and looking costs the core's time. */
export function isLight(input: unknown): boolean {
  let weight = 0
  const left: { value: unknown; depth: number }[] = [{ value: input, depth: 0 }]
  for (let one = left.pop(); one !== undefined; one = left.pop()) {
    weight += weightOf(one.value)
    if (weight > WEIGHT_MAX || one.depth > DEPTH_MAX) return false
    if (typeof one.value !== 'object' || one.value === null || ArrayBuffer.isView(one.value)) continue
    for (const [name, value] of Object.entries(one.value)) {
      weight += Array.isArray(one.value) ? 0 : name.length
      left.push({ value, depth: one.depth + 1 })
    }
  }
  return true
}

function weightOf(value: unknown): number {
  if (typeof value === 'string') return WEIGHT_OF_ONE + value.length
  if (ArrayBuffer.isView(value)) return value.byteLength
  // Not gone through before it is known to be short.
  if (Array.isArray(value)) return value.length * WEIGHT_OF_ONE
  return WEIGHT_OF_ONE
}
