import { lazy, Suspense, useState } from 'react'
import { type SessionView, useSession } from '#renderer/rpc/session.ts'
import { useDoorZone } from './door-zone.ts'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { ModalKeys } from './keys/keys.tsx'

const SetupPage = lazy(async () => ({ default: (await import('#renderer/domains/clinic/SetupPage.tsx')).SetupPage }))
const SignInPage = lazy(async () => ({ default: (await import('#renderer/domains/clinic/SignInPage.tsx')).SignInPage }))
const LockPage = lazy(async () => ({ default: (await import('#renderer/domains/clinic/LockPage.tsx')).LockPage }))
const EnrolPage = lazy(async () => ({ default: (await import('#renderer/domains/clinic/EnrolPage.tsx')).EnrolPage }))
const Workspace = lazy(async () => ({ default: (await import('./Workspace.tsx')).Workspace }))

/**
 * Chooses by the phase of the session. Each phase is a part of its own, so that the sign-in field takes keys
 * before the rest of the program is read. The work of everyone who has a seat here stays beside it, out of the document
 * while they do not sit at it.
 */
export function App() {
  const session = useSession()
  useDoorZone(session.clinic)
  return (
    <ErrorBoundary what="Cairn">
      <Suspense>
        <Door session={session} />
      </Suspense>
      {/* A boundary of its own: while a door is read from the disk, nobody's work must be taken apart. */}
      <Suspense>
        <Workspaces session={session} />
      </Suspense>
    </ErrorBoundary>
  )
}

/** Whatever stands before the work; nothing while somebody is at it. */
function Door({ session }: { session: SessionView }) {
  // The printed codes are still on the screen when the core has let the person in already.
  const [isEnrolling, setEnrolling] = useState(false)
  if (session.phase === 'enrol' && !isEnrolling) setEnrolling(true)
  switch (session.phase) {
    case 'first-run':
      return <SetupPage />
    case 'closed':
    case 'revoked':
    case 'signed-out':
      return <SignInPage />
    case 'second-factor':
    case 'locked':
      return (
        <ModalKeys>
          <LockPage />
        </ModalKeys>
      )
    case 'enrol':
    case 'active':
      return isEnrolling && <ModalKeys><EnrolPage onDone={() => setEnrolling(false)} /></ModalKeys>
    default:
      return null
  }
}

function Workspaces({ session }: { session: SessionView }) {
  const { clinic, people, phase, seat: front } = session
  const [opened, setOpened] = useState<readonly string[]>([])
  const isActive = phase === 'active'
  if (isActive && front !== null && !opened.includes(front)) setOpened([...opened, front])
  const kept = people.filter((tile) => tile.seat !== null && opened.includes(tile.seat))
  return clinic && kept.map((person) => person.seat !== null && (
    <Workspace key={person.seat} seat={person.seat} person={person} clinic={clinic} isShown={isActive && person.seat === front} onLock={session.lock} />
  ))
}
