import { useEffect } from 'react'
import { useSession } from '#renderer/rpc/session.ts'
import { DoorDesk } from './SignInPage.tsx'

/** While it stands nothing of anybody's work is in the document; the window's title names no place and no patient. */
export function LockPage() {
  const { phase } = useSession()
  useEffect(() => {
    document.title = 'Locked · Cairn'
  }, [])
  return <DoorDesk title={phase === 'second-factor' ? 'Second factor' : 'Locked'} />
}
