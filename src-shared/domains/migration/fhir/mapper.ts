import type { ResourceType } from '@medplum/fhirtypes'
import type * as z from 'zod'
import type { Id } from '../../../kernel/ids.ts'
import { SkipReason } from '../model.ts'
import { filled } from './primitives.ts'
import type { Reference } from './primitives.ts'
import { rowId } from './references.ts'
import type { AnyResource, Entry, MappingContext, References } from './references.ts'
import { nameOfPerson } from './names.ts'

/** Either the rows of one resource, or why there are none. */
export type Outcome<Row> = { readonly rows: readonly Row[] } | { readonly reason: SkipReason; readonly path?: string }

/** What a resource's own mapper is given: its identity, and the names of what it points to. */
export type Mapping = {
  readonly id: Id
  readonly part: (name: string) => Id
  readonly patientId: (reference: Reference | undefined) => Id | undefined
  readonly encounterId: (reference: Reference | undefined) => Id | null
  readonly linkedId: (reference: Reference | undefined, type: ResourceType) => Id | undefined
  readonly linked: (reference: Reference | undefined, type: ResourceType) => AnyResource | undefined
  /** The name of a practitioner or organisation, by its text or by the resource it points to. */
  readonly nameOf: (reference: Reference | undefined, type: 'Practitioner' | 'Organization') => string | null
}

export function mappingFor(context: MappingContext, references: References, entry: Entry, type: ResourceType, identity: string): Mapping {
  const idOf = (reference: Reference | undefined, target: ResourceType): Id | undefined => {
    const found = references.resolve(reference?.reference, entry, target)
    return found === undefined ? undefined : rowId(context, target, found)
  }
  const linked: Mapping['linked'] = (reference, target) => references.resource(reference?.reference, entry, target)
  return {
    id: rowId(context, type, identity),
    part: (name) => rowId(context, type, identity, name),
    patientId: (reference) => idOf(reference, 'Patient'),
    encounterId: (reference) => idOf(reference, 'Encounter') ?? null,
    linkedId: idOf,
    linked,
    nameOf: (reference, target) => filled(reference?.display) ?? nameOfPerson(linked(reference, target)),
  }
}

/** Checks the shape of what is taken; the path of the first fault is told, never its value. */
export function read<S extends z.ZodType>(schema: S, resource: unknown): { readonly ok: true; readonly value: z.output<S> } | { readonly ok: false; readonly outcome: { readonly reason: SkipReason; readonly path: string } } {
  const parsed = schema.safeParse(resource)
  if (parsed.success) return { ok: true, value: parsed.data }
  const path = parsed.error.issues[0]?.path.join('.') ?? ''
  return { ok: false, outcome: { reason: SkipReason.invalid, path } }
}

export function skip(reason: SkipReason, path?: string): { readonly reason: SkipReason; readonly path?: string } {
  return path === undefined ? { reason } : { reason, path }
}
