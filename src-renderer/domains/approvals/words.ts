import type { Approval } from '#shared/domains/approvals/model.ts'
import { Refusal } from '#shared/rpc/errors.ts'
import { errorText, registerErrorTexts, type ErrorTexts } from '#renderer/rpc/error-text.ts'

const errorTexts: ErrorTexts = {
  NOT_TWO_PERSON: 'This needs nobody’s approval. Do it directly.',
  NOBODY_ELSE: 'Nobody else here may approve this, so it goes through with your password alone. Do it directly.',
  WOULD_BE_REFUSED: (data) => errorText(innerOf(data)),
  APPROVAL_SETTLED: 'This has been settled already. Look at the list.',
  APPROVAL_EXPIRED: 'Nobody answered within seven days. Ask again.',
  OWN_REQUEST: 'Nobody approves what they asked for themselves. Somebody else has to.',
  NOT_INDEPENDENT: 'This person was let in anew by whoever asks, less than seven days ago. Somebody else has to approve it.',
  NOT_AN_APPROVER: 'This person’s role does not include approving it. Choose somebody else.',
  CODE_NEEDED: 'This person has a second factor. Its code is asked here too.',
  NOT_YOUR_REQUEST: 'Only the person who asked can take this back.',
}

registerErrorTexts(errorTexts)

/** The refusal of the act inside the refusal of the request. */
function innerOf(data: unknown): Refusal | undefined {
  if (typeof data !== 'object' || data === null || !('code' in data) || typeof data.code !== 'string') return undefined
  return new Refusal(data.code, 'data' in data ? data.data : undefined)
}

export function stateWords({ status, isExpired }: Pick<Approval, 'status' | 'isExpired'>): string {
  if (isExpired) return status === 'open' ? 'Nobody answered' : 'Approved, not used in time'
  return { open: 'Waits', done: 'Done', permitted: 'Approved, to be done', used: 'Done', declined: 'Declined', withdrawn: 'Taken back', alone: 'Done alone' }[status]
}

export function stateTone({ status, isExpired }: Pick<Approval, 'status' | 'isExpired'>): 'plain' | 'ok' | 'warn' {
  if (isExpired || status === 'declined') return 'warn'
  return status === 'done' || status === 'used' || status === 'permitted' ? 'ok' : 'plain'
}
