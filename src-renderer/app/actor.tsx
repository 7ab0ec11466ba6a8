import { can, type Permission } from '#shared/access/permissions.ts'
import type { Role } from '#shared/access/roles.ts'
import type { Clinic } from '#shared/domains/clinic/model.ts'
import type { Person } from '#shared/domains/session/contract.ts'
import { dateInZone, type PlainDate, toInstant } from '#shared/kernel/time.ts'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { nowMs } from './clock.ts'

/** Who is at this window, and for which clinic: what screens may know of the session. */
export interface Actor {
  userId: string
  /** The provider column, the signer: staff, not the login. */
  staffId: string
  /** As the header names them: "Dr. Amira Haddad". */
  name: string
  roles: readonly Role[]
  isPrivacyOfficer: boolean
  clinic: Clinic
}

export function actorOf(person: Person, clinic: Clinic): Actor {
  const { userId, staffId, roles, isPrivacyOfficer } = person
  return { userId, staffId, roles, isPrivacyOfficer, name: staffName(person), clinic }
}

/** "Dr. Amira Haddad", "Tom Okafor". */
export function staffName(person: { title: string | null; givenName: string; familyName: string }): string {
  return [person.title, person.givenName, person.familyName].filter(Boolean).join(' ')
}

const ActorContext = createContext<Actor | undefined>(undefined)

export function ActorProvider({ actor, children }: { actor: Actor; children: ReactNode }) {
  return <ActorContext value={actor}>{children}</ActorContext>
}

export function useActor(): Actor {
  const actor = useContext(ActorContext)
  if (!actor) throw new Error('useActor outside a signed-in window')
  return actor
}

/** True when this person's roles grant it. Only for showing; the core decides again. */
export function useMay(permission: Permission | undefined): boolean {
  const actor = useActor()
  return permission === undefined || can(actor, permission)
}

export const useZone = (): string => useActor().clinic.timeZone

/** Whole minutes are all that the window's timers show, so the clock ticks once a minute, on the minute. */
export function useNow(): string {
  const [now, setNow] = useState(nowMs)
  useEffect(() => {
    const timer = setTimeout(() => setNow(nowMs()), 60_000 - (nowMs() % 60_000) + 5)
    return () => clearTimeout(timer)
  }, [now])
  return toInstant(now)
}

/** Today on the clinic's wall calendar; changes by itself at midnight. */
export function useToday(): PlainDate {
  return dateInZone(useNow(), useZone())
}
