import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'
import { Profile } from '../../sync/messages.ts'

/** What a machine is to the clinic. Alone it is its own host and needs no network. */
export const nodeRoles = ['alone', 'host', 'member'] as const
export type NodeRole = (typeof nodeRoles)[number]

/**
 * Whether a copy may go on as what it is. `needs-copy`: it lies on a branch that ended, and work goes on until the new copy
 * is here. `fenced`: it was the host, and another one has taken its place. `restored`: a host that is behind its own
 * members, because it was restored from an older copy. `revoked`: it belongs to the clinic no more.
 */
export const standings = ['good', 'needs-copy', 'fenced', 'restored', 'revoked'] as const
export type Standing = (typeof standings)[number]

/**
 * How a member stands to its host. `offline`: out of reach, work goes on. `stopped`: it needs a person (revoked, too old,
 * another branch), and `stoppedBy` says why.
 */
export const linkStates = ['none', 'connecting', 'connected', 'offline', 'stopped'] as const

/** A row that this machine has changed and the host has not confirmed: shown hatched. */
export const PendingRow = z.object({ table: z.string(), id: z.string() })
export type PendingRow = z.infer<typeof PendingRow>

export const NetworkState = z.object({
  role: z.enum(nodeRoles),
  /** Null on a machine that is not a member. */
  profile: Profile.nullable(),
  link: z.enum(linkStates),
  /** Since when the host is out of reach. */
  offlineSince: Instant.nullable(),
  stoppedBy: z.string().nullable(),
  hostName: z.string().nullable(),
  epoch: z.int(),
  /** The last transaction of the host that is here. */
  cursor: z.int(),
  /** On a host: how many machines are connected now. */
  connected: z.int(),
  /** Commands that the host has not confirmed, and when the oldest was given. */
  unsent: z.int(),
  unsentSince: Instant.nullable(),
  /** What the host refused and nobody has settled yet. */
  attention: z.int(),
  /** How far the host is ahead, in transactions; 0 when nothing waits. */
  behind: z.int(),
  pending: z.array(PendingRow),
  /** How long this machine has been without its host, in days, and whether that locks its data; absent while the host is in reach. */
  lease: z.object({ days: z.int(), warning: z.int().nullable(), hasEnded: z.boolean() }).optional(),
  /** Whether this copy may go on as what it is; absent while it may. */
  standing: z.enum(standings).optional(),
  /** Two machines' clocks differ by more than two minutes: in seconds, else null. */
  clockOffBySeconds: z.int().nullable(),
})
export type NetworkState = z.infer<typeof NetworkState>

export const attentionKinds = ['refused', 'quarantined', 'merged', 'salvaged'] as const

/** One thing the host refused or changed. Nothing leaves this list by itself. */
export const AttentionItem = z.object({
  id: Id,
  kind: z.enum(attentionKinds),
  /** "scheduling.book": the screen has its words. */
  procedure: z.string(),
  /** The refusal's code, and its data: alternatives, ids, versions. */
  code: z.string(),
  data: z.unknown(),
  /** What had been asked for. */
  input: z.unknown(),
  patient: z.object({ id: Id, name: z.string(), mrn: z.string() }).nullable(),
  byName: z.string(),
  doneAt: Instant,
  refusedAt: Instant,
  /** Whose machine; null for this one. Administrators see those of others on the host. */
  deviceName: z.string().nullable(),
})
export type AttentionItem = z.infer<typeof AttentionItem>

/** The data of a 'merged' item: what was saved, and which fields somebody else had changed meanwhile, as they stand now. */
export const MergedFields = z.object({ saved: z.array(z.string()), changed: z.array(z.object({ field: z.string(), theirs: z.unknown(), mine: z.unknown() })) })
export type MergedFields = z.infer<typeof MergedFields>

/** A machine of the clinic as the host knows it. */
export const Member = z.object({
  id: Id,
  name: z.string(),
  profile: Profile.nullable(),
  os: z.string(),
  appVersion: z.string(),
  isThis: z.boolean(),
  isHost: z.boolean(),
  isConnected: z.boolean(),
  pairedAt: Instant,
  lastSeenAt: Instant,
  /** Transactions it has not taken yet, and since when, as last reported. */
  behind: z.int(),
  unsent: z.int(),
  unsentSince: Instant.nullable(),
  attention: z.int(),
  revokedAt: Instant.nullable(),
  /** Until when it may work without having seen the host. */
  leaseEndsAt: Instant.nullable(),
})
export type Member = z.infer<typeof Member>

/** What is shown at the host while a machine is being paired. */
export const PairingStep = z.discriminatedUnion('is', [
  /** Says the code in groups, the QR text and until when both are good. */
  z.object({ is: z.literal('waiting'), code: z.string(), qr: z.string(), addresses: z.array(z.string()), until: Instant }),
  /** A machine has the right code: both screens show the same six digits, and a person here allows it. */
  z.object({ is: z.literal('asking'), requestId: Id, name: z.string(), os: z.string(), profile: Profile, digits: z.string() }),
  z.object({ is: z.literal('wrong'), triesLeft: z.int() }),
  z.object({ is: z.literal('paired'), name: z.string() }),
  z.object({ is: z.literal('over'), why: z.enum(['expired', 'locked', 'declined', 'closed']) }),
])
export type PairingStep = z.infer<typeof PairingStep>

/** What is shown at the machine that joins. */
export const JoinStep = z.discriminatedUnion('is', [
  z.object({ is: z.literal('connecting') }),
  z.object({ is: z.literal('asking'), digits: z.string() }),
  z.object({ is: z.literal('copying'), doneBytes: z.int(), ofBytes: z.int() }),
  z.object({ is: z.literal('checking') }),
  z.object({ is: z.literal('done'), clinicName: z.string() }),
])
export type JoinStep = z.infer<typeof JoinStep>

export const FoundHost = z.object({ clinicName: z.string().nullable(), name: z.string(), address: z.string() })
export type FoundHost = z.infer<typeof FoundHost>

/** A replica that could become the host, as the promotion wizard lists it. */
export const Candidate = z.object({ deviceId: Id, name: z.string(), epoch: z.int(), cursor: z.int(), isThis: z.boolean(), isStandby: z.boolean(), isReachable: z.boolean() })
export type Candidate = z.infer<typeof Candidate>
