import * as z from 'zod'
import { filled } from './primitives.ts'

export const HumanName = z.looseObject({
  use: z.string().optional(),
  text: z.string().max(200).optional(),
  family: z.string().max(200).optional(),
  given: z.array(z.string().max(200)).optional(),
  prefix: z.array(z.string().max(60)).optional(),
  suffix: z.array(z.string().max(60)).optional(),
})
export type HumanName = z.infer<typeof HumanName>

const Named = z.looseObject({ name: z.union([z.string().max(200), z.array(HumanName)]).optional() })

/** "Dr. Elroy Brakus" of a practitioner, or the name of an organisation. */
export function nameOfPerson(resource: unknown): string | null {
  const name = Named.safeParse(resource).data?.name
  if (name === undefined) return null
  if (typeof name === 'string') return filled(name)
  const first = currentName(name)
  if (first === undefined) return null
  const parts = [...(first.prefix ?? []), ...(first.given ?? []), first.family ?? '', ...(first.suffix ?? [])]
  return filled(first.text) ?? filled(parts.join(' ').replace(/\s+/g, ' '))
}

/** The name to call a person by: the official one, else the usual one, else the first that is not old. */
export function currentName(names: readonly HumanName[]): HumanName | undefined {
  const of = (use: string): HumanName | undefined => names.find((name) => name.use === use)
  return of('official') ?? of('usual') ?? names.find((name) => name.use !== 'maiden' && name.use !== 'old') ?? names[0]
}
