import { useState } from 'react'
import type { Account } from '#shared/domains/clinic/contract.ts'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { ConfirmAction } from '#renderer/ui/ConfirmAction.tsx'
import { FormSection } from '#renderer/ui/form.tsx'
import { spokenName } from '#renderer/ui/format.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import styles from './Clinic.module.css'

/** Help at the door: a lost phone, or a name that was guessed at too often. */
export function PersonSignIn({ account }: { account: Account }) {
  const [isAsking, setAsking] = useState(false)
  const remove = useCommand('session.removeSecondFactor')
  const again = useCommand('session.allowAgain')
  const { userId } = account
  const allow = async () => {
    if (await again.run({ userId }).catch(() => undefined)) showToast({ text: 'May try again:', strong: spokenName(account.staff) })
  }
  if (account.disabledAt) return null
  return (
    <div className={styles['panel']}>
      <FormSection title="At the door" line />
      <ActionButton running={again.isRunning} onClick={() => void allow()}>
        Let try again after too many attempts
      </ActionButton>
      <ActionButton onClick={() => setAsking(true)}>Remove the second factor</ActionButton>
      {again.refusal && <Notice tone="bad">{errorText(again.refusal)}</Notice>}
      {isAsking && (
        <ConfirmAction
          title={`Remove the second factor of ${spokenName(account.staff)}?`} confirmLabel="Remove it" cancelLabel="Keep it" onClose={() => setAsking(false)}
          onConfirm={async () => {
            if (await remove.run({ userId }).catch(() => undefined)) setAsking(false)
          }}
        >
          Their app and their printed codes open nothing any more, and their open windows end. Make sure that it is they who ask.
          {remove.refusal && <Notice tone="bad">{errorText(remove.refusal)}</Notice>}
        </ConfirmAction>
      )}
    </div>
  )
}
