import { inRoot } from '#tools/lib/paths.ts'
import fs from 'node:fs'
import { expect, test } from 'vitest'
import { schemeVariables } from '#renderer/app/theme/tokens.ts'

// The goal: colours live in the theme folder, and the pairs that carry text are readable in both schemes.
const hex = /#[0-9a-fA-F]{3,8}\b(?!\/)|\brgba?\(|\bhsla?\(/

test('no screen writes a raw colour', () => {
  const files = fs
    .readdirSync(inRoot('src-renderer'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(css|ts|tsx)$/.test(file) && !file.startsWith('app/theme/'))
  expect(files.length).toBeGreaterThan(20)
  const offenders = files.flatMap((file) =>
    fs.readFileSync(inRoot('src-renderer', file), 'utf8').split('\n').flatMap((line, i) => (hex.test(line.replace(/'#(renderer|shared)\/[^']*'/g, '')) ? [`${file}:${i + 1}: ${line.trim()}`] : [])),
  )
  expect(offenders).toEqual([])
})

const textPairs = [
  ...['ink', 'ink-2', 'ink-3', 'accent', 'ok', 'warn', 'bad'].flatMap((text) => ['surface', 'canvas', 'sunken'].map((ground) => [text, ground] as const)),
  ['ok', 'ok-bg'], ['warn', 'warn-bg'], ['bad', 'bad-bg'], ['accent', 'accent-bg'], ['ink', 'accent-bg'], ['ink-3', 'accent-bg'],
  ['on-fill', 'fill'], ['on-fill', 'fill-hover'], ['on-danger', 'danger'], ['on-danger', 'danger-hover'], ['on-count', 'count'], ['on-count-alert', 'count-alert'],
  ['on-toast', 'toast'], ['toast-link', 'toast'], ['disabled-ink', 'disabled'], ['ink', 'mark'],
  ...['proposed', 'booked', 'arrived', 'roomed', 'progress', 'checkout', 'done', 'no-show'].map((state) => [`${state}-fg`, `${state}-bg`] as const),
  ...[0, 1, 2, 3, 4, 5].map((tint) => [`person-${tint}-fg`, `person-${tint}-bg`] as const),
] as const

test.each(['light', 'dark'] as const)('text is readable in %s (WCAG AA, 4.5 : 1)', (scheme) => {
  const variables = schemeVariables(scheme)
  const weak = textPairs.flatMap(([text, ground]) => {
    const ratio = contrast(variables[`--${text}`], variables[`--${ground}`])
    return ratio < 4.5 ? [`${text} on ${ground}: ${ratio.toFixed(2)}`] : []
  })
  expect(weak).toEqual([])
})

test.each(['light', 'dark'] as const)('edges of inputs and the focus ring can be seen in %s (3 : 1)', (scheme) => {
  const variables = schemeVariables(scheme)
  for (const line of ['ctl', 'focus']) {
    for (const ground of ['surface', 'canvas', 'sunken']) expect(contrast(variables[`--${line}`], variables[`--${ground}`])).toBeGreaterThanOrEqual(3)
  }
})

function contrast(a = '', b = ''): number {
  const [light, dark] = [luminance(a), luminance(b)].toSorted((x, y) => y - x)
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
}

function luminance(colour: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
  const [r = 0, g = 0, b = 0] = channels.map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
