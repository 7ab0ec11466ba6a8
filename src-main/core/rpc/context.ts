import type { Role } from '#shared/access/roles.ts'
import type { NetworkState } from '#shared/domains/network/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { ContractTree, Procedure } from '#shared/rpc/define.ts'
import type * as z from 'zod'
import type { ReadDb, WriteDb } from '../db/types.ts'
import type { Core } from '../core.ts'
import type { AuditDetails } from './audit-writer.ts'
import type { Scope } from '../access/scope.ts'
import type { NoteKeyring } from '../keys/note-cipher.ts'

/** The signed-in person on whose behalf something runs. It comes from the door's session, never from input. */
export interface Actor {
  readonly sessionId: Id
  readonly userId: Id
  readonly staffId: Id
  readonly name: string
  readonly roles: readonly Role[]
  /** The flag beside the roles; absent is no. */
  readonly isPrivacyOfficer?: boolean
}

export interface Session extends Actor {
  readonly isLocked: boolean
  readonly startedAt: Instant
  /** How the person proved who they are when this window was last opened or unlocked. */
  readonly proof: Proof
  /** The last full proof (password, and the second factor where there is one) at this door; a PIN does not move it. */
  readonly provedAt: Instant
  /** The last sign-in here with everything that is asked of the person, the second factor included. */
  readonly fullSignInAt: Instant
  /** May do nothing but enrol a second factor. */
  readonly mustEnrol: boolean
  readonly lockedAt: Instant | null
  /** 256 random bits that give the session back to its door after a crash. Only the shell is told; the database has the hash. */
  readonly token: string
}

/** Somebody whose password was right and whose code is still to come. It can do nothing else. */
export interface PendingSignIn {
  readonly userId: Id
  readonly userName: string
  readonly until: Instant
}

/** `pin` opens a shared desk quickly and is no full proof: what binds the person or leaves the clinic asks for the password. */
export type Proof = 'full' | 'pin'

/**
 * One way in: a window's port, a socket, the command line, a test. One session stands at it; those of other people who
 * share the desk wait behind it, locked, each with a seat of its own.
 */
export interface Door {
  readonly id: string
  readonly kind: 'window' | 'socket' | 'cli' | 'test' | 'display'
  session: Session | null
  /** Locked sessions by user. */
  readonly waiting: Map<Id, Session>
  pending: PendingSignIn | null
  /** Of a display: somebody who may call patients has opened it. */
  mayShowCalls: boolean
  /** The last sign of life of the person at the door. */
  lastSeenMs: number
}

/** What an event is about: ids, and what else it says (`audit-writer.ts`). */
export interface Subject extends AuditDetails {
  patientId?: Id
  entityId?: string
}

export interface Machine {
  deviceId: Id
  /** By session id. */
  live: ReadonlyMap<Id, { isLocked: boolean; proof: Proof; lastSeenAt: Instant }>
  network: NetworkView
}

/** How this machine stands in the network right now. */
export interface NetworkView extends Pick<NetworkState, 'link' | 'offlineSince' | 'stoppedBy' | 'behind' | 'lease'> {
  /** By how much the host's clock is ahead. */
  clockOffMs: number
  /** Machines that are connected to this one. */
  connected: ReadonlySet<Id>
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
  /** This machine, and who is signed in at it: what no table knows. Nothing that is written may follow from it. */
  machine(): Machine
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
  /**
   * It was given on another machine, or before newer rows came, and its person was told that it is saved: what can be kept
   * of it is kept. False while the person waits at the form and hears a refusal there.
   */
  readonly isCarried: boolean
  /** It is done, and still its person has to look at something: where nobody waits at a form this goes to Attention. */
  notice(notice: Notice): void
  /** Runs another command inside this transaction: what somebody asked for and a second person has approved. */
  execute(one: Execution): Executed
}

/** A code and its data, like a refusal's: ids and names of fields, never what stands in them. */
export interface Notice {
  code: string
  data: unknown
}

export interface Execution {
  procedure: string
  input: unknown
  actor: Actor
  /** Only tried out: whatever it writes is taken back. */
  isRehearsal?: boolean
  /** Where the command has an id already: it was given on another machine. */
  commandId?: Id
  /** Written with the command itself, in its name: what admitted it. */
  also?: (context: WriteContext) => void
}

export type Executed = { isDone: true; output: unknown; notice?: Notice | undefined } | { isDone: false; code: string; data: unknown }

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
