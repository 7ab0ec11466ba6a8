import { useMemo } from 'react'
import { useActor, useNow, useZone } from '#renderer/app/actor.tsx'
import { useCarried, useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { PrintNote } from '#renderer/app/print/parts.tsx'
import { PrintPreview } from '#renderer/app/print/PrintPreview.tsx'
import type { PrintDocument } from '#renderer/app/print/Sheets.tsx'
import { dateInZone } from '#shared/kernel/time.ts'
import { date, dateTime } from '#renderer/ui/format.ts'
import { EmptyState } from '#renderer/ui/states.tsx'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import styles from './Invite.module.css'

/** The invitation as it is handed over. What it says came in memory with the step here and is gone with it. */
export function InvitePrintPage() {
  const carried = useCarried()
  const go = useGo()
  const { name = '', userName = '', code, expiresAt = '' } = carried
  const { clinic, name: by } = useActor()
  const zone = useZone()
  const now = useNow()
  const page = useMemo((): PrintDocument => {
    const today = dateInZone(now, zone)
    return {
      clinic, title: 'Your way in', subtitle: date(today), foot: 'Destroy this sheet after the first sign-in', printed: `Printed ${dateTime(now, zone, today)} by ${by}`,
      blocks: [
        { key: 'who', node: <p className={styles['who']}>For {name}</p> },
        { key: 'code', node: <Codes userName={userName} code={code ?? ''} /> },
        { key: 'how', node: <div className={styles['note']}><PrintNote title="What to do">Sit down at a computer of the clinic, choose your name on the first screen, or “Another user name”, and type the code with its dashes. Then choose your own password: twelve symbols or more, nothing that is written down here.</PrintNote></div> },
        { key: 'until', node: <div className={styles['note']}><PrintNote title={`Worth something until ${expiresAt && dateTime(expiresAt, zone, today)}`}>It works once. Nobody at the clinic will ever ask you for your password; whoever does is to be told no. If the code does not work, somebody may have used it: tell an administrator at once.</PrintNote></div> },
      ],
    }
  }, [clinic, by, zone, now, name, userName, code, expiresAt])
  if (code === undefined) {
    return (
      <EmptyState title="This invitation is gone" action={<ActionButton onClick={() => go(paths.staff())}>Back to the staff</ActionButton>}>
        A code is shown once. Reset the access to make a new one.
      </EmptyState>
    )
  }
  return <PrintPreview documents={[page]} fileName="invitation" onClose={() => go(paths.staff(), { ...carried, act: 'invited' })} />
}

function Codes({ userName, code }: { userName: string; code: string }) {
  return (
    <dl className={styles['codes']}>
      <div>
        <dt>User name</dt>
        <dd className="code">{userName}</dd>
      </div>
      <div>
        <dt>One-time code</dt>
        <dd className="unmistakable">{code}</dd>
      </div>
    </dl>
  )
}
