import fc from 'fast-check'
import * as z from 'zod'
import { hostileTexts, extremeDates, extremeInstants } from './hostile.ts'

/** The part of JSON Schema that zod writes for the contract's inputs. */
interface Json {
  type?: string
  format?: string
  pattern?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Json[]
  oneOf?: Json[]
  properties?: Record<string, Json>
  required?: string[]
  items?: Json
  minItems?: number
  maxItems?: number
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  propertyNames?: Json
  additionalProperties?: Json | boolean
}

export interface Known {
  /** Ids of rows that are there: an unknown id ends the call too early to find much. */
  ids: readonly string[]
}

/** Inputs of the right shape, from the procedure's own schema: known ids, dates near and far, text of every kind. */
export const inputOf = (schema: z.ZodType, known: Known): fc.Arbitrary<unknown> => from(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json, known)

function from(json: Json, known: Known): fc.Arbitrary<unknown> {
  if (json.const !== undefined) return fc.constant(json.const)
  if (json.enum) return fc.constantFrom(...json.enum)
  const branches = json.anyOf ?? json.oneOf
  if (branches) return fc.oneof(...branches.map((branch) => from(branch, known)))
  switch (json.type) {
    case 'object': return objectOf(json, known)
    case 'array': return fc.array(from(json.items ?? {}, known), { minLength: json.minItems ?? 0, maxLength: Math.min(json.maxItems ?? 6, Math.max(6, json.minItems ?? 0)) })
    case 'string': return textOf(json, known)
    case 'integer': return numberOf(json, (range) => fc.integer(range), 2 ** 31)
    case 'number': return numberOf(json, ({ min, max }) => fc.double({ min, max, noNaN: true }), 1e6)
    case 'boolean': return fc.boolean()
    case 'null': return fc.constant(null)
    default: return fc.anything()
  }
}

function objectOf(json: Json, known: Known): fc.Arbitrary<unknown> {
  if (json.properties) {
    const members = Object.fromEntries(Object.entries(json.properties).map(([name, member]) => [name, from(member, known)]))
    return fc.record(members, { requiredKeys: (json.required ?? []).filter((name) => name in members) })
  }
  const values = typeof json.additionalProperties === 'object' ? from(json.additionalProperties, known) : fc.anything()
  return fc.dictionary(textOf(json.propertyNames ?? {}, known).map(String), values, { maxKeys: 8 })
}

/** The ends of a range more often than its middle. */
function numberOf({ minimum, maximum }: Json, within: (range: { min: number; max: number }) => fc.Arbitrary<number>, far: number): fc.Arbitrary<number> {
  const [min, max] = [Math.max(minimum ?? -far, -far), Math.min(maximum ?? far, far)]
  const ends = [minimum, maximum].filter((end) => end !== undefined)
  return fc.oneof(within({ min, max }), fc.constantFrom(min, max, ...ends, ...[0, 1, 2].filter((one) => one >= min && one <= max)))
}

/** Any UTF-16 unit, halves of pairs too. */
const anyUnit = fc.nat(0xffff).map((unit) => String.fromCharCode(unit))

function textOf({ format, pattern, minLength = 0, maxLength = 200 }: Json, known: Known): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...known.ids) }, { weight: 1, arbitrary: fc.uuid() })
  if (format === 'date') return fc.oneof(near('2026-11-17', 10), fc.constantFrom(...extremeDates), near('1958-03-12', 20_000))
  if (format === 'date-time') return fc.oneof(nearInstant(), fc.constantFrom(...extremeInstants))
  if (format === 'base64') return fc.base64String({ maxLength: 400 })
  if (pattern) return fc.stringMatching(new RegExp(pattern))
  const most = Math.min(maxLength, 300)
  return fc.oneof(
    fc.string({ unit: anyUnit, minLength, maxLength: most }), fc.string({ minLength, maxLength: Math.min(most, 12) }),
    fc.constantFrom(...hostileTexts).map((text) => text.slice(0, maxLength)), fc.constant('x'.repeat(maxLength)), fc.constantFrom('America/New_York', 'lop', '5 jan 80', '1001', '+14135550100'),
  )
}

const DAY_MS = 86_400_000
const near = (date: string, days: number): fc.Arbitrary<string> => fc.integer({ min: -days, max: days }).map((by) => new Date(Date.parse(date) + by * DAY_MS).toISOString().slice(0, 10))
const nearInstant = (): fc.Arbitrary<string> => fc.integer({ min: -500, max: 500 }).map((quarters) => new Date(Date.parse('2026-11-17T15:00:00.000Z') + quarters * 900_000).toISOString())
