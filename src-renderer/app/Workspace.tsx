import { RouterProvider } from '@tanstack/react-router'
import { type FocusEvent, useEffect, useMemo, useRef } from 'react'
import type { Clinic } from '#shared/domains/clinic/model.ts'
import type { Person } from '#shared/domains/session/contract.ts'
import { clearToasts } from '#renderer/ui/toast-store.ts'
import { ActorProvider, actorOf } from './actor.tsx'
import { contributions as domains } from './contributions.ts'
import { LockContext } from './lock.ts'
import { ContributionsContext } from './places.ts'
import { makeRouter } from './router.tsx'
import { shellContribution } from './shell-contribution.ts'

const contributions = [...domains, shellContribution]

interface WorkspaceProps {
  person: Person
  clinic: Clinic
  /** The lock lies over the work: nothing behind it can be seen, reached or read out. */
  isLocked: boolean
  onLock: () => Promise<unknown> | void
}

/** Everything after sign-in. A different person gets a fresh one, so nothing of the last one's work shows. */
export function Workspace(props: WorkspaceProps) {
  return <WorkspaceOf key={props.person.userId} {...props} />
}

let lastUserId: string | undefined

/** Another person at this window begins at their own home: the address left open would open somebody's chart in their name. */
function beginAtHome(userId: string): void {
  if (lastUserId !== undefined && lastUserId !== userId) window.history.replaceState(null, '', '#/')
  lastUserId = userId
}

function WorkspaceOf({ person, clinic, isLocked, onLock }: WorkspaceProps) {
  const router = useMemo(() => {
    beginAtHome(person.userId)
    return makeRouter(contributions)
  }, [person.userId])
  const actor = useMemo(() => actorOf(person, clinic), [person, clinic])
  useEffect(() => clearToasts, [])
  useEffect(() => {
    // Modals and menus hang on the body, outside of the hidden workspace.
    document.body.toggleAttribute('data-locked', isLocked)
    return () => document.body.removeAttribute('data-locked')
  }, [isLocked])
  const lastFocused = useRef<HTMLElement>(null)
  useEffect(() => {
    // Unlocking comes back to the same field with the cursor where it was.
    if (!isLocked && lastFocused.current?.isConnected) lastFocused.current.focus({ preventScroll: true })
  }, [isLocked])
  const remember = ({ target }: FocusEvent<HTMLElement>) => {
    lastFocused.current = target
  }
  return (
    <div hidden={isLocked} inert={isLocked} onFocus={remember}>
      <ActorProvider actor={actor}>
        <ContributionsContext value={contributions}>
          <LockContext value={onLock}>
            <RouterProvider router={router} />
          </LockContext>
        </ContributionsContext>
      </ActorProvider>
    </div>
  )
}
