import type { CairnClient } from '#shared/rpc/client.ts'
import type { Invited } from '#shared/domains/clinic/contract.ts'

/** The invited person chooses this password at a window of theirs, which is then signed in. */
export const redeem = ({ account, invite }: Invited, at: CairnClient, newPassword: string) =>
  at.session.redeemInvite({ userName: account.userName, code: invite.code, newPassword })
