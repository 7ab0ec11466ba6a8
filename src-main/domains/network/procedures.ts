import type { network } from '#shared/domains/network/contract.ts'
import type { Handlers } from '#main/core/rpc/context.ts'
import { becomeHost, revoke, stopHost } from './service.hosting.ts'
import { join } from './service.joining.ts'
import { answerPairing, findHosts, pair } from './service.pairing.ts'
import { listAttention, listMembersOf, settle, stateOf, tryNow } from './service.ts'
import { beginAnew, candidates, promote, switchHost } from './service.succession.ts'

export const networkProcedures: Handlers<typeof network> = {
  state: (context) => stateOf(context),
  attention: (context, input) => listAttention(context, input.limit),
  settle: (context, input) => settle(context, input),
  tryNow: (context) => tryNow(context),
  members: (context) => listMembersOf(context),
  becomeHost: (context, input) => becomeHost(context, input.port),
  stopHost: (context) => stopHost(context),
  pair: (context) => pair(context),
  answerPairing: (context, input) => answerPairing(context, input),
  revoke: (context, input) => revoke(context, input),
  findHosts: (context) => findHosts(context),
  join: (context, input) => join(context, input),
  switchHost: (context, input) => switchHost(context, input),
  beginAnew: (context) => beginAnew(context),
  candidates: (context) => candidates(context),
  promote: (context, input) => promote(context, input),
}
