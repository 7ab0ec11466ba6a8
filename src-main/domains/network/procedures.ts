import type { network } from '#shared/domains/network/contract.ts'
import type { Handlers } from '#main/core/rpc/context.ts'
import { listAttention, stateOf } from './service.ts'
import { candidates, promote, switchHost } from './service.succession.ts'
import { notHere, notHereStream } from './service.pending.ts'

export const networkProcedures: Handlers<typeof network> = {
  state: (context) => stateOf(context),
  attention: (context, input) => listAttention(context, input.limit),
  settle: notHere,
  tryNow: notHere,
  members: () => [],
  becomeHost: notHere,
  stopHost: notHere,
  pair: notHereStream,
  answerPairing: notHere,
  revoke: notHere,
  findHosts: notHereStream,
  join: notHereStream,
  switchHost: (context, input) => switchHost(context, input),
  candidates: (context) => candidates(context),
  promote: (context, input) => promote(context, input),
}
