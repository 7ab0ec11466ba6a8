import type { Role } from '#shared/access/roles.ts'
import type { Id } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { ContractTree, Procedure } from '#shared/rpc/define.ts'
import type * as z from 'zod'
import type { ReadDb, WriteDb } from '../db/types.ts'
import type { Core } from '../core.ts'
import type { Scope } from '../access/scope.ts'
import type { NoteKeyring } from '../keys/note-cipher.ts'

/** The signed-in person on whose behalf something runs. It comes from the door's session, never from input. */
export interface Actor {
  readonly sessionId: Id
  readonly userId: Id
  readonly staffId: Id
  readonly name: string
  readonly roles: readonly Role[]
}

export interface Session extends Actor {
  readonly isLocked: boolean
  readonly startedAt: Instant
  /** How the person proved who they are when this window was last opened or unlocked. */
  readonly proof: Proof
  /** The last full proof (password, and the second factor where there is one) at this door; a PIN does not move it. */
  readonly provedAt: Instant
}

/** `pin` opens a shared desk quickly and is no full proof: what binds the person or leaves the clinic asks for the password. */
export type Proof = 'full' | 'pin'

/** One way in: a window's port, a socket, the command line, a test. It carries at most one session. */
export interface Door {
  readonly id: string
  readonly kind: 'window' | 'socket' | 'cli' | 'test'
  session: Session | null
}

/** What an event is about. Ids only. */
export interface Subject {
  patientId?: Id
  entityId?: string
}

interface Common {
  readonly actor: Actor
  /** For whom rows are read: every repository that reads rows of patients asks for it. */
  readonly scope: Scope
  /** The keys by which this person's psychotherapy notes open; only the author of such a note asks. */
  readonly noteKeys: NoteKeyring
  readonly now: Instant
  /** The clinic's time zone. */
  readonly zone: string
  /** Names the patient and row that this call is about in the activity log. */
  audit(subject: Subject): void
}

export interface ReadContext extends Common {
  readonly db: ReadDb
}

/** A command's handler is synchronous and reads no clock and no random source: ids derive from the command's own id. */
export interface WriteContext extends Common {
  readonly db: WriteDb
  readonly commandId: Id
  newId(): Id
}

/** An action runs on this machine only, may wait, and writes through `transact`. */
export interface ActionContext {
  readonly core: Core
  readonly door: Door
  readonly actor: Actor | null
  readonly now: Instant
  /** One audited transaction in the name of `actor` (by default the door's person). */
  transact<T>(audit: string, work: (context: WriteContext) => T, options?: { actor?: Actor; topics?: Procedure['topics'] }): T
  read<T>(work: (context: ReadContext) => T): T
}

export interface StreamContext extends ActionContext {
  readonly signal: AbortSignal
}

type Handler<P> = P extends Procedure<infer K, infer I, infer O>
  ? K extends 'query' ? (context: ReadContext, input: z.output<I>) => z.input<O>
    : K extends 'command' ? (context: WriteContext, input: z.output<I>) => z.input<O>
      : K extends 'action' ? (context: ActionContext, input: z.output<I>) => Promise<z.input<O>>
        : (context: StreamContext, input: z.output<I>) => AsyncIterable<z.input<O>>
  : never

/** One handler for each procedure of a domain's contract; a missing or extra one does not compile. */
export type Handlers<T extends ContractTree> = { readonly [K in keyof T]: T[K] extends Procedure ? Handler<T[K]> : T[K] extends ContractTree ? Handlers<T[K]> : never }
