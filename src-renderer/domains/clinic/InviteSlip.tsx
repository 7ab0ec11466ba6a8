import type { Invited } from '#shared/domains/clinic/contract.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { dateTime, spokenName } from '#renderer/ui/format.ts'
import { FormSection } from '#renderer/ui/form.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import styles from './Clinic.module.css'

/** The one place where the code is ever seen: it is neither kept nor asked for again. */
export function InviteSlip({ invited: { account, invite }, onDone }: { invited: Invited; onDone: () => void }) {
  const zone = useZone()
  const today = useToday()
  return (
    <section className={styles['panel']} aria-label="Invitation">
      <FormSection title={`Invitation for ${spokenName(account.staff)}`} line />
      <p className={styles['inviteCode']}>
        <span>User name</span>
        <strong className="code">{account.userName}</strong>
        <span>Code</span>
        <strong className="unmistakable">{invite.code}</strong>
      </p>
      <Notice tone="info">
        Write it down or read it out now: it is shown once. On the sign-in screen “I have an invitation” takes it, once, until {dateTime(invite.expiresAt, zone, today)}. Whoever types it chooses the password; nobody else learns it.
      </Notice>
      <ActionButton variant="filled" data-autofocus onClick={onDone}>
        Done, it is handed over
      </ActionButton>
    </section>
  )
}
