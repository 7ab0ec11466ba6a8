import { lazy, Suspense } from 'react'
import { type SessionView, useSession } from '#renderer/rpc/session.ts'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { ModalKeys } from './keys/keys.tsx'

const SetupPage = lazy(async () => ({ default: (await import('#renderer/domains/clinic/SetupPage.tsx')).SetupPage }))
const SignInPage = lazy(async () => ({ default: (await import('#renderer/domains/clinic/SignInPage.tsx')).SignInPage }))
const LockPage = lazy(async () => ({ default: (await import('#renderer/domains/clinic/LockPage.tsx')).LockPage }))
const Workspace = lazy(async () => ({ default: (await import('./Workspace.tsx')).Workspace }))

/**
 * Chooses by the phase of the session. Each phase is a part of its own, so that the sign-in field takes keys
 * before the rest of the program is read. Locking lays itself over the workspace, which stays as it was.
 */
export function App() {
  const session = useSession()
  return (
    <ErrorBoundary what="Cairn">
      <Suspense>
        <Phase session={session} />
      </Suspense>
    </ErrorBoundary>
  )
}

function Phase({ session }: { session: SessionView }) {
  switch (session.phase) {
    case 'first-run':
      return <SetupPage />
    case 'closed':
    case 'signed-out':
      return <SignInPage />
    case 'locked':
    case 'active':
      return (
        <>
          {session.person && session.clinic && (
            <Workspace person={session.person} clinic={session.clinic} isLocked={session.phase === 'locked'} onLock={session.lock} />
          )}
          {session.phase === 'locked' && (
            // A boundary of its own: while the lock is read from the disk, the workspace must not be taken apart.
            <Suspense>
              <ModalKeys>
                <LockPage />
              </ModalKeys>
            </Suspense>
          )}
        </>
      )
    case undefined:
      return null
  }
}
