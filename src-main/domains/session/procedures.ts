import type { session } from '#shared/domains/session/contract.ts'
import type { Handlers } from '#main/core/rpc/context.ts'
import { changePassword } from './service.password.ts'
import { recover } from './service.recover.ts'
import { redeemInvite } from './service.redeem.ts'
import { changes, lock, sessionState, signIn, signOut, unlock } from './service.ts'

export const sessionProcedures: Handlers<typeof session> = {
  state: async (context) => sessionState(context.core, context.door),
  signIn: (context, input) => signIn(context, input),
  unlock: (context, input) => unlock(context, input),
  lock: async (context) => lock(context),
  signOut: async (context) => signOut(context),
  recover: (context, input) => recover(context, input),
  changePassword: (context, input) => changePassword(context, input),
  redeemInvite: (context, input) => redeemInvite(context, input),
  changes: (context) => changes(context),
}
