import { amber, clay, dark, fjord, heather, moss, plum, slate, stone } from './scales.ts'

/**
 * What a colour means, in both schemes. Screens use these names as CSS variables (`var(--ink-2)`) and nothing
 * else: a raw colour outside this folder is a lint error. The contrast of each pair was measured when chosen.
 */
interface Pair {
  light: string
  dark: string
}

const pair = (light: string, darkValue: string): Pair => ({ light, dark: darkValue })

const semantic = {
  canvas: pair(stone[0], dark[8]),
  surface: pair('#FFFFFF', dark[7]),
  sunken: pair(stone[1], '#151412'),
  raised: pair('#FFFFFF', dark[6]),
  line: pair('#E6E5E0', '#33312D'),
  'line-2': pair('#D3D1CA', '#46443F'),
  ctl: pair(stone[5], dark[3]),
  ink: pair(stone[9], dark[0]),
  'ink-2': pair('#57554F', '#B9B6AE'),
  'ink-3': pair('#6E6C65', '#A09D95'),
  accent: pair(fjord[7], fjord[3]),
  'accent-bg': pair(fjord[0], '#15313C'),
  'accent-line': pair(fjord[2], '#2A5568'),
  focus: pair(fjord[6], fjord[4]),
  fill: pair(fjord[7], fjord[4]),
  'fill-hover': pair(fjord[8], fjord[3]),
  'on-fill': pair('#FFFFFF', dark[9]),
  danger: pair(clay[6], clay[4]),
  'danger-hover': pair(clay[7], clay[3]),
  'on-danger': pair('#FFFFFF', dark[9]),
  now: pair(clay[6], clay[6]),
  'on-now': pair('#FFFFFF', '#FFFFFF'),
  ok: pair(moss[7], moss[3]),
  'ok-bg': pair(moss[0], '#1B2C1D'),
  'ok-line': pair(moss[2], '#355239'),
  'ok-dot': pair(moss[5], moss[5]),
  warn: pair(amber[7], amber[3]),
  'warn-bg': pair(amber[0], '#33280F'),
  'warn-line': pair(amber[3], '#7A5E16'),
  bad: pair(clay[7], '#F0A99D'),
  'bad-bg': pair(clay[0], '#3A1D18'),
  'bad-line': pair(clay[3], '#8A4438'),
  disabled: pair('#E6E5E0', dark[6]),
  'disabled-ink': pair('#66645E', '#A09D95'),
  count: pair(stone[7], dark[2]),
  'on-count': pair('#FFFFFF', dark[9]),
  'count-alert': pair(clay[6], clay[4]),
  'on-count-alert': pair('#FFFFFF', dark[9]),
  mark: pair(amber[2], '#6B5212'),
  'mark-stone': pair('#3F97B3', '#56A3BC'),
  skeleton: pair('#E6E5E0', '#33312D'),
  hatch: pair(stone[2], dark[6]),
  band: pair(stone[2], '#2E2C29'),
  toast: pair(stone[8], '#3A3835'),
  'on-toast': pair('#FFFFFF', dark[0]),
  'toast-link': pair(fjord[3], fjord[3]),
  'toast-line': pair(stone[6], '#5A5750'),
  paper: pair('#FFFFFF', '#FFFFFF'),
  desk: pair('#D7D6D0', '#11100F'),
} as const satisfies Record<string, Pair>

interface StateColours {
  bg: string
  fg: string
  bar: string
}

/** Appointment and visit states: tint, text, 4 px bar. */
const states = {
  proposed: [
    { bg: '#FFFFFF', fg: stone[7], bar: stone[5] },
    { bg: dark[7], fg: dark[1], bar: dark[3] },
  ],
  booked: [
    { bg: '#EEF2F8', fg: slate[8], bar: slate[4] },
    { bg: '#242B36', fg: slate[2], bar: slate[4] },
  ],
  arrived: [
    { bg: '#FDF0CF', fg: '#563A05', bar: amber[5] },
    { bg: '#3A2D10', fg: amber[2], bar: amber[4] },
  ],
  roomed: [
    { bg: '#EAE4F5', fg: heather[8], bar: heather[5] },
    { bg: '#2F2742', fg: heather[2], bar: heather[4] },
  ],
  progress: [
    { bg: '#D5EAF1', fg: '#0F4256', bar: fjord[6] },
    { bg: '#153440', fg: fjord[2], bar: fjord[4] },
  ],
  checkout: [
    { bg: '#F6E1EC', fg: plum[8], bar: plum[5] },
    { bg: '#3B2130', fg: plum[2], bar: plum[4] },
  ],
  done: [
    { bg: stone[1], fg: '#5C5A54', bar: stone[4] },
    { bg: '#262522', fg: dark[2], bar: '#5A5750' },
  ],
  'no-show': [
    { bg: '#FFFFFF', fg: clay[7], bar: clay[5] },
    { bg: dark[7], fg: '#F0A99D', bar: clay[4] },
  ],
} as const satisfies Record<string, readonly [StateColours, StateColours]>

/** Five soft tints for the initials of people; a person keeps theirs because it follows from the name. */
const persons = [fjord, moss, heather, slate, plum, amber].map((colour) => ({ bg: colour[1], fg: colour[8] }))

const shadows = {
  'shadow-card': pair('0 1px 2px rgb(29 28 26 / 0.08)', '0 1px 2px rgb(0 0 0 / 0.4)'),
  'shadow-popover': pair('0 4px 14px rgb(29 28 26 / 0.14)', '0 4px 14px rgb(0 0 0 / 0.5)'),
  'shadow-panel': pair('0 10px 36px rgb(29 28 26 / 0.2)', '0 10px 36px rgb(0 0 0 / 0.6)'),
  veil: pair('rgb(29 28 26 / 0.28)', 'rgb(0 0 0 / 0.5)'),
} as const satisfies Record<string, Pair>

type Scheme = 'light' | 'dark'

/** The variables of one scheme, ready for Mantine's resolver. */
export function schemeVariables(scheme: Scheme): Record<`--${string}`, string> {
  const result: Record<`--${string}`, string> = {}
  for (const [name, value] of Object.entries({ ...semantic, ...shadows })) result[`--${name}`] = value[scheme]
  for (const [name, [light, darkColours]] of Object.entries(states)) {
    const colours = scheme === 'light' ? light : darkColours
    result[`--${name}-bg`] = colours.bg
    result[`--${name}-fg`] = colours.fg
    result[`--${name}-bar`] = colours.bar
  }
  persons.forEach((person, index) => {
    result[`--person-${index}-bg`] = person.bg
    result[`--person-${index}-fg`] = person.fg
  })
  return result
}

export const personTintCount = persons.length
