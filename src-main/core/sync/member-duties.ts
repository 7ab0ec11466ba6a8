import type { Core } from '../core.ts'
import type { LinkDuties } from './link.ts'

/** What a member does about news that are no rows. */
export const memberDuties = (_core: Core): LinkDuties => ({ snapshotNeeded: () => {}, other: () => {}, revoked: () => {} })
