import { useMemo, useState } from 'react'
import type { Day } from '#shared/domains/scheduling/contract.ts'
import type { OfferOutcome, WaitListRow } from '#shared/domains/scheduling/model.wait-list.ts'
import type { Match } from '#shared/domains/scheduling/rules.wait-list.ts'
import { useNow, useZone } from '#renderer/app/actor.tsx'
import { api, useApiQuery } from '#renderer/rpc/api.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { listName } from '#renderer/ui/format.ts'
import type { Steps } from './useSteps.ts'
import { holesOf, offersOf, type Hole } from './view.wait-list.ts'

const NO_ROWS: readonly WaitListRow[] = []

export interface WaitList {
  query: Pick<ReturnType<typeof useApiQuery<'scheduling.listWaitList'>>, 'isPending' | 'isError' | 'error' | 'refetch'>
  rows: readonly WaitListRow[]
  /** Free times of the day that is shown, with those who fit. */
  holes: readonly Hole[]
  /** Where the panel looks: one free time, or the whole day. */
  chosen: Hole | undefined
  choose: (hole: Hole | undefined) => void
  /** What each who fits can be offered, by entry. */
  offers: ReadonlyMap<string, Match<WaitListRow>>
  fill: (match: Match<WaitListRow>) => Promise<boolean>
  noteOffer: (row: WaitListRow, outcome: OfferOutcome) => Promise<boolean>
  withdraw: (row: WaitListRow) => Promise<boolean>
}

export function useWaitList(day: Day | undefined, steps: Steps): WaitList {
  const zone = useZone()
  const now = useNow()
  const query = useApiQuery('scheduling.listWaitList', {}, { keepPrevious: true })
  const [chosenAt, setChosen] = useState<string>()
  const rows = query.data ?? NO_ROWS
  // Once a minute and for each change, not while something is dragged over the day.
  const holes = useMemo(() => (day && rows.length > 0 ? holesOf(day, rows, { zone, now }) : []), [day, rows, zone, now])
  const chosen = holes.find((hole) => keyOf(hole) === chosenAt)
  return {
    query, rows, holes, chosen,
    choose: (hole) => setChosen(hole && keyOf(hole)),
    offers: offersOf(holes, chosen),
    fill: ({ entry, startsAt, providerId }) => steps.fill({ id: entry.id, version: entry.version, bookingId: newId(), providerId, startsAt }, listName(entry.patient)),
    noteOffer: ({ id, version }, outcome) => steps.attempt(() => api.scheduling.noteOffer({ id, version, outcome })),
    withdraw: ({ id, version }) => steps.attempt(() => api.scheduling.withdrawFromWaitList({ id, version })),
  }
}

/** A hole that begins now moves with the clock: it is known by its provider and its end. */
const keyOf = ({ slot }: Hole): string => `${slot.providerId} ${slot.endsAt}`
