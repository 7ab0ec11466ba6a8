import fc from 'fast-check'
import { hostileValues, polluting } from './hostile.ts'

/** One change to an input, as numbers: which member, what to do to it, with which value. */
interface Mutation { at: number; how: 'replace' | 'remove' | 'add' | 'wrap' | 'pollute' | 'repeat'; value: number }

const values = hostileValues()

export const mutations: fc.Arbitrary<Mutation[]> = fc.array(
  fc.record({ at: fc.nat(1_000), how: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'add', 'wrap', 'pollute', 'repeat'), value: fc.nat(values.length - 1) }),
  { maxLength: 3 },
)

/** The input with its mutations, as a copy. */
export const mutate = (input: unknown, all: readonly Mutation[]): unknown => all.reduce((value, mutation) => mutateAt(value, mutation), input)

function mutateAt(input: unknown, { at, how, value }: Mutation): unknown {
  const places = placesOf(input)
  const place = places[at % places.length] ?? []
  return change(input, place, (before) => {
    switch (how) {
      case 'replace': return values[value]
      case 'remove': return undefined
      case 'add': return isPlain(before) ? { ...before, [`added-${value}`]: values[value] } : [before]
      case 'wrap': return { inner: before }
      case 'pollute': return isPlain(before) ? Object.defineProperties({ ...before }, Object.getOwnPropertyDescriptors(polluting())) : polluting()
      case 'repeat': return [before, before]
    }
  })
}

/** The address of every member, the whole first. Built-in objects are not looked into. */
function placesOf(value: unknown, place: readonly string[] = []): (readonly string[])[] {
  const isTree = isPlain(value) || Array.isArray(value)
  return [place, ...(isTree && place.length < 6 ? Object.entries(value).slice(0, 60).flatMap(([name, member]) => placesOf(member, [...place, name])) : [])]
}

function change(value: unknown, [first, ...rest]: readonly string[], how: (before: unknown) => unknown): unknown {
  if (first === undefined) return how(value)
  if (Array.isArray(value)) return value.map((member: unknown, i) => (String(i) === first ? change(member, rest, how) : member))
  if (!isPlain(value)) return value
  const next = Object.defineProperties({}, Object.getOwnPropertyDescriptors(value)) as Record<string, unknown> // A copy with the same own members.
  const changed = change(value[first], rest, how)
  if (changed === undefined) delete next[first]
  else Object.defineProperty(next, first, { value: changed, enumerable: true, configurable: true, writable: true })
  return next
}

const isPlain = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
