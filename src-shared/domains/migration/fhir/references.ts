import type { ResourceType } from '@medplum/fhirtypes'
import * as z from 'zod'
import { uuidFromBytes } from '../../../kernel/ids.ts'
import type { Id } from '../../../kernel/ids.ts'

/** Shared code has no hash of its own: the caller brings SHA-256 as hexadecimal text. */
export type Sha256Hex = (text: string) => string

export type MappingContext = {
  readonly sha256: Sha256Hex
  /** Names the system that a file came from, for sources whose ids are only unique within it. */
  readonly source: string
}

export const AnyResource = z.looseObject({ resourceType: z.string().min(1).max(64), id: z.string().max(200).optional() })
export type AnyResource = z.infer<typeof AnyResource>
export type Entry = { readonly fullUrl: string | undefined; readonly resource: AnyResource }

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const RELATIVE = /^([A-Za-z]+)\/([A-Za-z0-9.-]{1,64})(?:\/_history\/.*)?$/
const ABSOLUTE = /^(https?:\/\/.+)\/([A-Za-z]+)\/([A-Za-z0-9.-]{1,64})(?:\/_history\/.*)?$/

/**
 * What a resource is called, everywhere and always. A UUID is unique in the world, so the same
 * resource in a bundle, on a server and in a bulk export is one. Other ids are only unique on
 * their server, or, when no server is named, in the source that the person gave.
 */
export function identityOf(entry: Entry, source: string): string | undefined {
  const { fullUrl, resource } = entry
  if (resource.id === undefined) return fullUrl?.startsWith('urn:uuid:') === true ? fullUrl.toLowerCase() : undefined
  const server = ABSOLUTE.exec(fullUrl ?? '')?.[1]
  return nameOf(resource.resourceType, resource.id, server, source)
}

function nameOf(type: string, id: string, server: string | undefined, source: string): string {
  if (UUID.test(id)) return `urn:uuid:${id.toLowerCase()}`
  return `${server ?? source}/${type}/${id}`
}

/** The id of the row that a resource becomes. Deterministic: a second import finds the first. */
export function rowId(context: MappingContext, type: ResourceType, identity: string, part = ''): Id {
  const hex = context.sha256(`${type}\n${identity}\n${part}`)
  const bytes = Uint8Array.from({ length: 16 }, (_, index) => Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16))
  return uuidFromBytes(bytes, 8)
}

/** Looks up what the resources of one line call each other. */
export type References = {
  readonly identity: (entry: Entry) => string | undefined
  readonly resolve: (reference: string | undefined, from: Entry, type: ResourceType) => string | undefined
  readonly resource: (reference: string | undefined, from: Entry, type: ResourceType) => AnyResource | undefined
}

export function referencesOf(entries: readonly Entry[], source: string): References {
  const byUrl = new Map<string, Entry>()
  const byIdentity = new Map<string, Entry>()
  for (const entry of entries) {
    if (entry.fullUrl !== undefined) byUrl.set(entry.fullUrl.toLowerCase(), entry)
    const identity = identityOf(entry, source)
    if (identity !== undefined) byIdentity.set(identity, entry)
  }
  const resolve: References['resolve'] = (reference, from, type) => {
    if (reference === undefined) return undefined
    const inLine = byUrl.get(reference.toLowerCase())
    if (inLine !== undefined) return inLine.resource.resourceType === type ? identityOf(inLine, source) : undefined
    if (reference.startsWith('urn:uuid:')) return reference.toLowerCase()
    return nameOfReference(reference, from, type, source)
  }
  return {
    identity: (entry) => identityOf(entry, source),
    resolve,
    resource: (reference, from, type) => {
      if (reference?.startsWith('#') === true) return contained(from.resource, reference.slice(1))
      const identity = resolve(reference, from, type)
      return identity === undefined ? undefined : byIdentity.get(identity)?.resource
    },
  }
}

/** 'Patient/7' means a patient on the server that the resource itself came from. */
function nameOfReference(reference: string, from: Entry, type: ResourceType, source: string): string | undefined {
  const relative = RELATIVE.exec(reference)
  const absolute = ABSOLUTE.exec(reference)
  const [, foundType, id] = relative ?? absolute?.slice(1) ?? []
  if (foundType !== type || id === undefined) return undefined
  return nameOf(type, id, absolute?.[1] ?? ABSOLUTE.exec(from.fullUrl ?? '')?.[1], source)
}

function contained(resource: AnyResource, id: string): AnyResource | undefined {
  const list = z.array(AnyResource).safeParse(resource['contained'])
  return list.data?.find((one) => one.id === id)
}
