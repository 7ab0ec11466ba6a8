import { can } from '#shared/access/permissions.ts'
import { placeIdsFor } from '#renderer/roles/places.ts'
import { createContext, useContext, useMemo } from 'react'
import { useActor } from './actor.tsx'
import type { Contribution, PlaceContribution } from './contribution.ts'

export const ContributionsContext = createContext<readonly Contribution[]>([])

export const useContributions = (): readonly Contribution[] => useContext(ContributionsContext)

/** The places of this person's rail, home first. */
export function usePlaces(): readonly PlaceContribution[] {
  const actor = useActor()
  const contributions = useContributions()
  return useMemo(() => {
    const all = contributions.flatMap((contribution) => contribution.places ?? [])
    const allowed = new Map(all.filter((place) => !place.may || can(actor, place.may)).map((place) => [place.id, place]))
    return placeIdsFor(actor.roles, new Set(allowed.keys())).flatMap((id) => allowed.get(id) ?? [])
  }, [actor, contributions])
}
