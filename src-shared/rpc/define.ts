import type * as z from 'zod'
import type { Permission } from '../access/permissions.ts'

/**
 * The words every capability is declared with, as data. One pipeline reads them behind every door.
 * - query: reads, on the read-only connection.
 * - command: a synchronous function of (transaction, input, context) that can be replayed on another machine.
 * - action: asynchronous and of this machine only (sign-in, set-up, files); it never travels.
 * - stream: long work or events, piece by piece, cancellable.
 */
export type Kind = 'query' | 'command' | 'action' | 'stream'

/** Change topics: a command touches them, a query reads them; a touched topic makes windows ask again. */
export type Topic =
  | 'clinic' | 'staff' | 'session' | 'patients' | 'duplicates' | 'scheduling' | 'encounters' | 'notes' | 'billing' | 'codes' | 'migration' | 'audit'
  | 'access' | 'approvals' | 'devices' | 'network' | 'inventory' | 'medications' | 'favourites' | 'rooms' | 'roster' | 'tasks' | 'calls' | 'consents' | 'flow'

/** Which feed a row of this capability belongs to once several machines share the records. */
export type Scope = 'admin' | 'clinical' | 'host'

/**
 * What becomes of a command when another machine has done something about the same thing meanwhile
 * (docs/sync.conflicts.md says it for each domain).
 */
export const conflictClasses = [
  /** Each field by itself; whatever somebody else has changed meanwhile is named. */
  'field-merge',
  /** A new row under an id of its own: nothing stands in its way. */
  'insert',
  /** A step that is taken from one state only: whoever comes second and finds another is refused with it. */
  'from-state',
  /** A time, a room: one at a time may have it. */
  'exclusive',
  /** Words of a person: both versions stay, and their author puts them together. */
  'append-only',
  /** Takes a number of a series without gaps: only the host gives them. */
  'host-numbered',
  /** Lines of money and moves of stock, which are only ever added. */
  'ledger',
  /** What everybody goes by: judged and written at the host while the person waits. */
  'host-only',
  /** Of this machine alone; it never travels. */
  'own',
] as const
export type Conflict = (typeof conflictClasses)[number]

type Shape = z.ZodType
export interface Procedure<K extends Kind = Kind, I extends Shape = Shape, O extends Shape = Shape> {
  readonly kind: K
  /** The right that the signed-in person needs; `public` is open before sign-in and `signed-in` to everyone after it. */
  readonly can: Permission | 'public' | 'signed-in'
  readonly scope: Scope
  readonly input: I
  readonly output: O
  /** Declared refusals: code to the shape of its data. */
  readonly errors: Readonly<Record<string, Shape>>
  readonly topics: readonly Topic[]
  /** The audit event's name. A query has one only when looking is itself an event (a chart was opened). */
  readonly audit?: string
  /**
   * The event of this query is written when the typing rests, at most two seconds after the first answer. Only for lists of
   * names that are asked for at each letter (a search): opening what was found is an event of its own, before its answer.
   */
  readonly auditGrouped?: boolean
  /** May run while the host is out of reach. */
  readonly offline: boolean
  /** Of a command, and of nothing else. */
  readonly conflict?: Conflict
  /**
   * How fresh the proof of identity must be, or the call is refused with REAUTH (R31). `full`: the window was opened with
   * the password, not the PIN, and has not been left since. `recent`: that proof is at most five minutes old.
   */
  readonly fresh?: 'full' | 'recent'
  /** Open to somebody who may do nothing but enrol a second factor (R10). */
  readonly whileEnrolling?: boolean
  /** Answers as well on a machine whose lease has ended: it says how things stand and how to go on. */
  readonly whileLeaseEnded?: boolean
  /** Answers at the door of a waiting-room display, where nobody is signed in; such a door is answered nothing else. */
  readonly onDisplay?: boolean
  /** Passwords, second factors and invitations are the host's: at any other machine it is refused before anything is written. */
  readonly atHost?: boolean
  /**
   * A "2" in the permission matrix: called directly it is refused with NEEDS_SECOND_PERSON; it runs once somebody else,
   * who holds `approve`, has said yes (domain approvals). `unless` names an input flag that makes the call harmless,
   * `onlyWith` the field of the input without which it takes one person.
   */
  readonly secondPerson?: SecondPerson
}

export interface SecondPerson {
  readonly approve: Permission
  readonly unless?: string
  readonly onlyWith?: readonly string[]
}

export interface Declaration<I extends Shape, O extends Shape> {
  can: Procedure['can']
  input: I
  output: O
  scope?: Scope
  errors?: Readonly<Record<string, Shape>>
  topics?: readonly Topic[]
  audit?: string
  auditGrouped?: boolean
  offline?: boolean
  conflict?: Conflict
  fresh?: NonNullable<Procedure['fresh']>
  whileEnrolling?: boolean
  whileLeaseEnded?: boolean
  onDisplay?: boolean
  atHost?: boolean
  secondPerson?: SecondPerson
}

export const query = <I extends Shape, O extends Shape>(declared: Declaration<I, O>) => declare('query', declared)
export const command = <I extends Shape, O extends Shape>(declared: Declaration<I, O> & { audit: string; conflict: Conflict }) => declare('command', declared)
export const action = <I extends Shape, O extends Shape>(declared: Declaration<I, O>) => declare('action', declared)
export const stream = <I extends Shape, O extends Shape>(declared: Declaration<I, O>) => declare('stream', declared)

function declare<K extends Kind, I extends Shape, O extends Shape>(kind: K, declared: Declaration<I, O>): Procedure<K, I, O> {
  return { scope: 'admin', errors: {}, topics: [], offline: true, ...declared, kind }
}

export interface ContractTree {
  readonly [name: string]: Procedure | ContractTree
}

export function isProcedure(node: Procedure | ContractTree | undefined): node is Procedure {
  return node !== undefined && typeof (node as Procedure).kind === 'string' // A tree has no string members.
}

/** The procedure called "scheduling.book", or undefined; looks only at own members, so "__proto__" finds nothing. */
export function findProcedure(tree: ContractTree, path: readonly string[]): Procedure | undefined {
  let node: Procedure | ContractTree | undefined = tree
  for (const name of path) {
    if (node === undefined || isProcedure(node) || !Object.hasOwn(node, name)) return undefined
    node = node[name]
  }
  return isProcedure(node) ? node : undefined
}

export function listProcedures(tree: ContractTree, prefix: readonly string[] = []): { path: string; procedure: Procedure }[] {
  return Object.entries(tree).flatMap(([name, node]) =>
    isProcedure(node) ? [{ path: [...prefix, name].join('.'), procedure: node }] : listProcedures(node, [...prefix, name]),
  )
}

/** The platform's AbortSignal, as far as shared code (no DOM, no Node) can say it. */
export interface CancelSignal {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void): void
}

/** What a caller sees: plain functions, the same over every door. */
export interface CallOptions<S extends CancelSignal = CancelSignal> {
  signal?: S
  /** The seat the call is made for; see `Call` in the core's pipeline. */
  seat?: string
}
export type ClientOf<T> = T extends Procedure<infer K, infer I, infer O>
  ? K extends 'stream'
    ? (input: z.input<I>, options?: CallOptions) => Promise<AsyncIterable<z.output<O>>>
    : (input: z.input<I>, options?: CallOptions) => Promise<z.output<O>>
  : { readonly [K in keyof T]: ClientOf<T[K]> }
