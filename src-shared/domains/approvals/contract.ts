import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { action, command, query } from '../../rpc/define.ts'
import { Approval } from './model.ts'

const topics = ['approvals'] as const
/** Names of people stand in the lists, and who may decide follows their roles. */
const listTopics = ['approvals', 'staff'] as const
const line = z.string().trim().min(1).max(limits.line_chars)
const none = z.strictObject({})
const settled = { APPROVAL_SETTLED: z.undefined() }
const deciding = { ...settled, APPROVAL_EXPIRED: z.undefined(), OWN_REQUEST: z.undefined(), NOT_INDEPENDENT: z.undefined() }

export const RequestInput = z.strictObject({
  id: Id,
  /** "billing.voidInvoice". */
  procedure: z.string().max(80),
  /** The procedure's own input, whole; read by its own schema at once and again when it is carried out. */
  input: z.unknown(),
  /** What the second person should know. */
  reason: line,
})
export type RequestInput = z.infer<typeof RequestInput>

/** `refused`: approved, but the act itself could not be done now; the request stays open with the code. */
export const Decision = z.object({
  approval: Approval,
  outcome: z.enum(['done', 'permitted', 'refused']),
  /** What the act answered, for whoever may do it themselves. */
  result: z.unknown(),
  refusal: z.object({ code: z.string(), data: z.unknown() }).nullable(),
})
export type Decision = z.infer<typeof Decision>

export const approvals = {
  /** Asks a second person. What would be refused anyway is refused now; nothing of it is done yet. */
  request: command({
    conflict: 'insert', can: 'signed-in', audit: 'approval.requested', topics, fresh: 'full', input: RequestInput, output: Approval,
    errors: {
      /** No such act, or one that a single person does. */
      NOT_TWO_PERSON: z.undefined(),
      /** Nobody else here holds the right to approve it: it goes through alone, with the password. */
      NOBODY_ELSE: z.undefined(),
      WOULD_BE_REFUSED: z.object({ code: z.string(), data: z.unknown() }),
      ID_USED: z.undefined(),
    },
  }),
  /** What the caller may decide, and what the caller waits for; oldest first. */
  listOpen: query({ can: 'signed-in', topics: listTopics, input: none, output: z.array(Approval).max(limits.page_rows) }),
  /** What the caller asked for lately, with what became of it; newest first. */
  listMine: query({ can: 'signed-in', topics: listTopics, input: none, output: z.array(Approval).max(limits.page_rows) }),
  /** Says yes. A command runs at once, in the name of whoever asked, in the same transaction. */
  approve: command({ conflict: 'host-only', offline: false, can: 'signed-in', audit: 'approval.approved', topics, fresh: 'recent', input: z.strictObject({ id: Id }), output: Decision, errors: deciding }),
  /** The second person proves who they are at the window of the first and says yes there; the window stays the first one's. */
  approveHere: action({
    can: 'signed-in', topics: [], output: Decision,
    input: z.strictObject({ id: Id, userName: z.string().max(limits.name_chars), password: z.string().max(limits.password_chars_max), code: z.string().trim().min(1).max(20).optional() }),
    errors: {
      ...deciding, SIGN_IN_REFUSED: z.undefined(), SIGN_IN_WAIT: z.object({ seconds: z.int() }), SIGN_IN_STOPPED: z.undefined(), KEYRING_DAMAGED: z.undefined(), DEVICE_SECRET_MISSING: z.undefined(),
      NOT_AN_APPROVER: z.undefined(), CODE_REFUSED: z.undefined(), CLOCK_BEHIND: z.undefined(),
      /** The second person has a second factor: its code is asked like at a sign-in. */
      CODE_NEEDED: z.undefined(),
    },
  }),
  decline: command({ conflict: 'host-only', offline: false, can: 'signed-in', audit: 'approval.declined', topics, input: z.strictObject({ id: Id, reason: line }), output: Approval, errors: deciding }),
  withdraw: command({ conflict: 'host-only', offline: false, can: 'signed-in', audit: 'approval.withdrawn', topics, input: z.strictObject({ id: Id }), output: Approval, errors: { ...settled, NOT_YOUR_REQUEST: z.undefined() } }),

  /** Acts that went through without a second person and that nobody has looked at since. */
  listAlone: query({ can: 'clinic.manage', topics: listTopics, input: none, output: z.array(Approval).max(limits.page_rows) }),
  /** Somebody has looked at it; the person who did it only where nobody else could. */
  markReviewed: command({
    conflict: 'host-only', offline: false, can: 'clinic.manage', audit: 'approval.reviewed', topics, input: z.strictObject({ id: Id }), output: Approval, errors: { ...settled, OWN_REQUEST: z.undefined() },
  }),
}
