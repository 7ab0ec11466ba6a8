import type { NetworkState } from '#shared/domains/network/model.ts'

type Link = Pick<NetworkState, 'role' | 'link' | 'offlineSince'>

/** Without its host: also while it tries once more, or the words would change with each attempt. */
export const isAway = ({ role, link, offlineSince }: Link): boolean => role === 'member' && (link === 'offline' || (link === 'connecting' && offlineSince !== null))

/** A machine that cannot ask its host now: what only the host may do has to wait. */
export const isOutOfReach = (network: Link): boolean => isAway(network) || network.link === 'stopped'
