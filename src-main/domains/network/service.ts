import type { AttentionItem, NetworkState } from '#shared/domains/network/model.ts'
import type { ReadContext } from '#main/core/rpc/context.ts'

export const stateOf = (_: ReadContext): NetworkState => ({
  role: 'alone', profile: null, link: 'none', offlineSince: null, stoppedBy: null, hostName: null, epoch: 0, unsent: 0, unsentSince: null, attention: 0, behind: 0, pending: [], clockOffBySeconds: null,
})

export const listAttention = (_: ReadContext, _limit: number): AttentionItem[] => []
