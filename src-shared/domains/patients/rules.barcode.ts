/**
 * Code 128 (ISO/IEC 15417), for the chart number on a label: pairs of digits in set C, everything else in set B.
 * Each symbol is three bars and three spaces of eleven modules together; the stop has one bar more.
 */
const patterns = `212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 123221 223211 221132
221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 211313
231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111
314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111
111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 411311 113141
114131 311141 411131 211412 211214 211232 2331112`.split(/\s/)

const CODE_B = 100
const START_B = 104
const START_C = 105
const STOP = 106
/** Light on both sides, without which no reader finds the code. */
export const QUIET_MODULES = 10

/** The values of the symbols, from start to stop. Undefined: a sign that set B has not got. */
export function code128Values(text: string): number[] | undefined {
  if (!/^[ -~]+$/.test(text)) return undefined
  const pairs = /^\d{4,}$/.test(text) ? Math.floor(text.length / 2) : 0
  const inPairs = Array.from({ length: pairs }, (_, at) => Number(text.slice(at * 2, at * 2 + 2)))
  const rest = Array.from(text.slice(pairs * 2), (sign) => sign.charCodeAt(0) - 32)
  const data = pairs > 0 ? [START_C, ...inPairs, ...(rest.length > 0 ? [CODE_B, ...rest] : [])] : [START_B, ...rest]
  // The start counts once, every symbol behind it as often as its place says.
  const check = data.reduce((sum, value, place) => sum + value * Math.max(1, place), 0) % 103
  return [...data, check, STOP]
}

export interface Bar { x: number; width: number }

/** Where the bars stand, in modules from the left edge of the quiet zone, and how wide all of it is. */
export function code128Bars(text: string): { bars: Bar[]; width: number } | undefined {
  const values = code128Values(text)
  if (!values) return undefined
  const bars: Bar[] = []
  let x = QUIET_MODULES
  for (const [at, width] of [...values.map((value) => patterns[value] ?? '').join('')].map(Number).entries()) {
    // Each symbol has six parts and the stop seven, so bars and spaces alternate through all of them.
    if (at % 2 === 0) bars.push({ x, width })
    x += width
  }
  return { bars, width: x + QUIET_MODULES }
}
