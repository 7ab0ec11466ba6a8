import type { session } from '#shared/domains/session/contract.ts'
import type { Handlers } from '#main/core/rpc/context.ts'
import { cancelSignIn, changes, giveCode, lock, openByPin, prove, signIn, signOut, unlock } from './service.enter.ts'
import { beginSecondFactor, confirmSecondFactor, newOneTimeCodes, readPolicy, removeSecondFactor, setPolicy } from './service.factor.ts'
import { allowAgain, endOwn, mine, removePin, setIdle, setPin } from './service.own.ts'
import { changePassword } from './service.password.ts'
import { recover } from './service.recover.ts'
import { redeemInvite } from './service.redeem.ts'
import { sessionState } from './service.ts'

export const sessionProcedures: Handlers<typeof session> = {
  state: async (context) => sessionState(context.core, context.door),
  signIn: (context, input) => signIn(context, input),
  giveCode: (context, input) => giveCode(context, input),
  cancelSignIn: async (context) => cancelSignIn(context),
  unlock: (context, input) => unlock(context, input),
  openByPin: (context, input) => openByPin(context, input),
  lock: async (context) => lock(context),
  signOut: async (context) => signOut(context),
  seen: async () => ({}), // The pipeline notes every act of the person at the door; this one is only that.
  prove: (context, input) => prove(context, input),
  recover: (context, input) => recover(context, input),
  changePassword: (context, input) => changePassword(context, input),
  redeemInvite: (context, input) => redeemInvite(context, input),

  mine: (context) => mine(context),
  setPin: (context, input) => setPin(context, input),
  removePin: (context) => removePin(context),
  endOwn: (context, input) => endOwn(context, input),
  beginSecondFactor: (context) => beginSecondFactor(context),
  confirmSecondFactor: (context, input) => confirmSecondFactor(context, input),
  newOneTimeCodes: (context) => newOneTimeCodes(context),

  policy: (context) => readPolicy(context),
  setPolicy: (context, input) => setPolicy(context, input),
  setIdle: (context, input) => setIdle(context, input),
  removeSecondFactor: (context, input) => removeSecondFactor(context, input),
  allowAgain: (context, input) => allowAgain(context, input),
  changes: (context) => changes(context),
}
