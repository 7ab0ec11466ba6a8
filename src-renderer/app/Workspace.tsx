import { MantineThemeProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, RouterProvider } from '@tanstack/react-router'
import { Activity, useEffect, useInsertionEffect, useMemo, useState } from 'react'
import { createPortal } from 'react-dom'
import type { Clinic } from '#shared/domains/clinic/model.ts'
import type { Person } from '#shared/domains/session/model.ts'
import { queryClientOf } from '#renderer/rpc/api.ts'
import { clearToasts } from '#renderer/ui/toast-store.ts'
import { ActorProvider, actorOf } from './actor.tsx'
import { contributions as domains } from './contributions.ts'
import { LockContext } from './lock.ts'
import { ContributionsContext } from './places.ts'
import { ProofDialog } from './ProofDialog.tsx'
import { makeRouter } from './router.tsx'
import { createSeatStage, type SeatStage } from './seat-stage.ts'
import { shellContribution } from './shell-contribution.ts'

const contributions = [...domains, shellContribution]

interface WorkspaceProps {
  /** One seat, one workspace: the same person signed in anew begins anew. */
  seat: string
  person: Person
  clinic: Clinic
  /** False while the window is locked or somebody else sits here: the work is out of the document and everything in it rests. */
  isShown: boolean
  onLock: () => Promise<unknown> | void
}

/** Everything after sign-in, for one of the people who share this window. */
export function Workspace({ seat, person, clinic, isShown, onLock }: WorkspaceProps) {
  const [stage] = useState(() => createSeatStage(seat))
  // Before anything in it looks for its place in the document.
  useInsertionEffect(() => {
    if (!isShown) return
    stage.show()
    return stage.hide
  }, [stage, isShown])
  useEffect(() => stage.follow(), [stage])
  return createPortal(
    <Activity mode={isShown ? 'visible' : 'hidden'}>
      <Work seat={seat} person={person} clinic={clinic} onLock={onLock} stage={stage} />
    </Activity>,
    stage.root,
  )
}

function Work({ seat, person, clinic, onLock, stage }: Omit<WorkspaceProps, 'isShown'> & { stage: SeatStage }) {
  const [router] = useState(() => makeRouter(contributions, createMemoryHistory({ initialEntries: [firstAddress(seat)] })))
  const actor = useMemo(() => actorOf(person, clinic), [person, clinic])
  const overlays = useMemo(() => ({ components: { Portal: { defaultProps: { target: stage.overlays } } } }), [stage])
  useAddress(seat, router)
  useEffect(() => clearToasts, [])
  // The last effect of all: what the screens do when they come back is done by now.
  useEffect(() => stage.restore(), [stage])
  return (
    <QueryClientProvider client={queryClientOf(seat)}>
      <MantineThemeProvider theme={overlays} inherit>
        <ActorProvider actor={actor}>
          <ContributionsContext value={contributions}>
            <LockContext value={onLock}>
              <RouterProvider router={router} />
              <ProofDialog />
            </LockContext>
          </ContributionsContext>
        </ActorProvider>
      </MantineThemeProvider>
    </QueryClientProvider>
  )
}

/** A page that was loaded again goes on at the address it had, for the person who was there; everyone else begins at home. */
function firstAddress(seat: string): string {
  const state: unknown = window.history.state
  const owner = typeof state === 'object' && state !== null && 'seat' in state ? state.seat : undefined
  const address = window.location.hash.slice(1)
  return address && (owner === undefined || owner === seat) ? address : '/'
}

/** The window's own address follows whoever sits here, so that a crash of the page comes back to it. */
function useAddress(seat: string, router: ReturnType<typeof makeRouter>): void {
  useEffect(() => {
    const write = (): void => window.history.replaceState({ seat }, '', `#${router.history.location.href}`)
    const read = (): void => {
      const wanted = window.location.hash.slice(1)
      if (wanted && wanted !== router.history.location.href) router.history.push(wanted)
    }
    write()
    const stop = router.history.subscribe(write)
    window.addEventListener('hashchange', read)
    return () => {
      stop()
      window.removeEventListener('hashchange', read)
    }
  }, [seat, router])
}
