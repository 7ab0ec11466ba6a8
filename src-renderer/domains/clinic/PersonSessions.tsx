import type { Account } from '#shared/domains/clinic/contract.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { FormSection } from '#renderer/ui/form.tsx'
import { dateTime, spokenName } from '#renderer/ui/format.ts'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import styles from './Clinic.module.css'

const SHOWN = 6

/** Where the person is signed in now, and the last times they were. */
export function PersonSessions({ account }: { account: Account }) {
  const query = useApiQuery('devices.sessions', { userId: account.userId, limit: SHOWN })
  const end = useCommand('devices.endSession')
  const zone = useZone()
  const today = useToday()
  const stop = async (id: string) => {
    if (await end.run({ id }).catch(() => undefined)) showToast({ text: 'Signed out', strong: spokenName(account.staff) })
  }
  return (
    <div className={styles['panel']}>
      <FormSection title="Sign-ins" note={query.data?.some((one) => one.isLive) ? 'signed in now' : ''} line />
      <QueryState query={query} what="The list of sign-ins" />
      {query.data?.length === 0 && <p className={styles['quiet']}>Never signed in so far.</p>}
      <ul role="list" className={styles['sessions']}>
        {query.data?.map((session) => (
          <li key={session.id}>
            <span>{dateTime(session.startedAt, zone, today)}</span>
            <span>{session.isLive ? (session.isLocked ? 'Signed in, locked' : 'Signed in') : session.endedAt ? `until ${dateTime(session.endedAt, zone, today)}` : 'Cut off'}</span>
            {session.isLive && !session.isOwn && (
              <ActionButton size="compact-xs" running={end.isRunning} onClick={() => void stop(session.id)} aria-label={`End the session of ${dateTime(session.startedAt, zone, today)}`}>End</ActionButton>
            )}
          </li>
        ))}
      </ul>
      {end.refusal && <Notice tone="bad">{errorText(end.refusal)}</Notice>}
    </div>
  )
}
