import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { Instant } from '../../kernel/time.ts'
import { action, query, stream } from '../../rpc/define.ts'
import { Profile } from '../../sync/messages.ts'
import { DeviceName } from '../devices/model.ts'
import { AttentionItem, Candidate, FoundHost, JoinStep, Member, NetworkState, PairingStep } from './model.ts'

const none = z.strictObject({})
const topics = ['network'] as const
const Address = z.string().trim().min(1).max(limits.line_chars)
const joinErrors = {
  ADDRESS_UNREADABLE: z.undefined(), HOST_UNREACHABLE: z.undefined(), CODE_WRONG: z.undefined(), CODE_OVER: z.undefined(), PAIRING_LOCKED: z.undefined(),
  PAIRING_DECLINED: z.undefined(), HOST_IS_OTHER: z.undefined(), VERSIONS_DIFFER: z.object({ here: z.string(), isOlder: z.boolean() }), SNAPSHOT_BROKEN: z.undefined(), SNAPSHOT_CUT: z.undefined(), COPY_NOT_MADE: z.object({ isDiskFull: z.boolean() }), ALREADY_SET_UP: z.undefined(), DISK_FULL: z.undefined(),
}

/** The clinic's machines as one (docs/network.md): who is host, how this machine stands to it, and what it refused. */
export const network = {
  state: query({ can: 'signed-in', whileLeaseEnded: true, topics: ['network', 'session'], input: none, output: NetworkState }),
  /** What this person's machine could not get through, newest first; on the host also what waits for an administrator. */
  attention: query({ can: 'signed-in', topics: ['network', 'patients'], input: z.strictObject({ limit: z.int().min(1).max(limits.page_rows).default(limits.page_rows) }), output: z.array(AttentionItem).max(limits.page_rows) }),
  /** Somebody has read it and done what was to be done: it leaves the list and stays in the log. */
  settle: action({ can: 'signed-in', topics, input: z.strictObject({ id: Id, how: z.enum(['done-again', 'not-needed', 'told']) }), output: none, errors: { SETTLED_ALREADY: z.undefined() } }),
  /** Tries to reach the host at once instead of at the next turn. */
  tryNow: action({ can: 'signed-in', whileLeaseEnded: true, input: none, output: none }),

  members: query({ can: 'clinic.manage', scope: 'host', topics: ['network', 'devices'], input: none, output: z.array(Member) }),
  /** Makes this machine the host: from now on it keeps the feed and serves the others. */
  becomeHost: action({ can: 'clinic.manage', scope: 'host', topics, fresh: 'recent', input: z.strictObject({ port: z.int().min(1_024).max(65_535).nullable().default(null) }), output: NetworkState, errors: { NOT_ALONE: z.undefined(), PORT_TAKEN: z.undefined() } }),
  /** Only while no other machine is paired. */
  stopHost: action({ can: 'clinic.manage', scope: 'host', topics, fresh: 'recent', input: none, output: NetworkState, errors: { NOT_HOST: z.undefined(), HAS_MEMBERS: z.undefined() } }),
  /** Shows a code for five minutes and what happens with it; ends with the stream. */
  pair: stream({ can: 'clinic.manage', scope: 'host', topics, fresh: 'recent', input: none, output: PairingStep, errors: { NOT_HOST: z.undefined(), PAIRING_RUNNING: z.undefined() } }),
  answerPairing: action({ can: 'clinic.manage', scope: 'host', topics, input: z.strictObject({ requestId: Id, allow: z.boolean(), name: DeviceName.nullable().default(null), profile: Profile.nullable().default(null) }), output: none, errors: { REQUEST_OVER: z.undefined() } }),
  /** Closes the machine's connection at once and ends its lease; what it did after this moment changes nothing. */
  revoke: action({ can: 'clinic.manage', scope: 'host', topics, fresh: 'recent', input: z.strictObject({ deviceId: Id, reason: z.enum(['lost', 'stolen', 'replaced', 'other']) }), output: none, errors: { NOT_HOST: z.undefined(), IS_HOST: z.undefined(), REVOKED_ALREADY: z.undefined() } }),

  /** On a machine with no records: hosts that answer on this network, and joining one. */
  findHosts: stream({ can: 'public', scope: 'host', input: none, output: z.array(FoundHost) }),
  join: stream({ can: 'public', scope: 'host', input: z.strictObject({ address: Address, code: z.string().trim().min(1).max(limits.line_chars), name: DeviceName, profile: Profile }), output: JoinStep, errors: joinErrors }),

  /** The planned change of hosts: the standby takes over, this machine becomes a member. */
  switchHost: action({ can: 'clinic.manage', scope: 'host', topics, fresh: 'recent', input: z.strictObject({ toDeviceId: Id }), output: NetworkState, errors: { NOT_HOST: z.undefined(), NOT_STANDBY: z.undefined(), STANDBY_BEHIND: z.undefined(), HOST_UNREACHABLE: z.undefined() } }),
  /** This host was restored from an older copy and is behind its own machines: what is here is where a new time begins. */
  beginAnew: action({ can: 'clinic.manage', scope: 'host', topics, fresh: 'recent', input: none, output: NetworkState, errors: { NOT_HOST: z.undefined(), NOT_RESTORED: z.undefined() } }),
  /** What the wizard shows before the unplanned one: whether the old host answers, and who is furthest. */
  candidates: action({ can: 'clinic.manage', scope: 'host', input: none, output: z.object({ hostAnswers: z.boolean(), hostName: z.string(), lastSeenAt: Instant.nullable(), machines: z.array(Candidate) }), errors: { NOT_MEMBER: z.undefined() } }),
  /** The host is gone: this machine takes its place with the printed recovery key and a higher epoch. */
  promote: action({
    can: 'clinic.manage', scope: 'host', topics, fresh: 'recent', input: z.strictObject({ recoveryKey: z.string().trim().min(1).max(limits.line_chars), oldHostIsOff: z.literal(true) }), output: NetworkState,
    errors: { SIGN_IN_WAIT: z.object({ seconds: z.int() }), SIGN_IN_STOPPED: z.undefined(), NOT_MEMBER: z.undefined(), HOST_ANSWERS: z.undefined(), RECOVERY_KEY_WRONG: z.undefined(), NOT_A_FULL_COPY: z.undefined(), OLDER_THAN_HOST: z.undefined(), OTHER_IS_AHEAD: z.object({ deviceId: Id, name: z.string() }) },
  }),
}
