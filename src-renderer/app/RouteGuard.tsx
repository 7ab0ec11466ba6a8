import type { Permission } from '#shared/access/permissions.ts'
import type { ReactNode } from 'react'
import { useMay } from './actor.tsx'
import { NotFoundScreen } from './fallbacks.tsx'

/** What a role may never do is not shown; an address kept from someone else's session leads to "not found". */
export function RouteGuard({ may, children }: { may: Permission | undefined; children: ReactNode }) {
  return useMay(may) ? children : <NotFoundScreen />
}
