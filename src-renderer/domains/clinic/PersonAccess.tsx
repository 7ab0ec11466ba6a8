import { useState } from 'react'
import type { Account } from '#shared/domains/clinic/contract.ts'
import { useActor } from '#renderer/app/actor.tsx'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { ConfirmAction } from '#renderer/ui/ConfirmAction.tsx'
import { FormSection } from '#renderer/ui/form.tsx'
import { spokenName } from '#renderer/ui/format.ts'
import { Notice } from '#renderer/ui/states.tsx'
import type { HandedOut } from './InviteCard.tsx'
import styles from './Clinic.module.css'

/** In again with a new code, or out for good; neither for oneself. */
export function PersonAccess({ account, onInvited }: { account: Account; onInvited: (handedOut: HandedOut) => void }) {
  const isOwn = useActor().userId === account.userId
  const [asking, setAsking] = useState<'reset' | 'off'>()
  const name = spokenName(account.staff)
  const own = isOwn ? 'This is your own account. Another administrator can do this.' : undefined
  return (
    <div className={styles['panel']}>
      <FormSection title="Access" note="a lost password is replaced" line />
      <ActionButton disabledReason={own} onClick={() => setAsking('reset')}>{account.disabledAt ? 'Let in again' : 'Reset the access'}</ActionButton>
      {!account.disabledAt && <ActionButton disabledReason={own} reasonAt="hidden" onClick={() => setAsking('off')}>Switch the account off</ActionButton>}
      {asking === 'reset' && <ResetDialog account={account} name={name} onInvited={onInvited} onClose={() => setAsking(undefined)} />}
      {asking === 'off' && <SwitchOffDialog account={account} name={name} onClose={() => setAsking(undefined)} />}
    </div>
  )
}

interface DialogProps { account: Account; name: string; onClose: () => void }

function ResetDialog({ account, name, onInvited, onClose }: DialogProps & { onInvited: (handedOut: HandedOut) => void }) {
  const reset = useCommand('clinic.resetAccess')
  const isBack = account.disabledAt !== null
  return (
    <ConfirmAction
      title={isBack ? `Let ${name} in again?` : `Reset the access of ${name}?`} confirmLabel={isBack ? 'Let in again' : 'Reset'} cancelLabel={isBack ? 'Keep it switched off' : 'Keep the password'} onClose={onClose}
      onConfirm={async () => {
        const done = await reset.run({ userId: account.userId }).catch(() => undefined)
        if (done) onInvited(done)
      }}
    >
      {isBack ? 'A one-time code is made for you to hand over.' : 'The password opens nothing from now on and every open window of this person ends. A one-time code is made for you to hand over.'}
      {reset.refusal && <Notice tone="bad">{errorText(reset.refusal)}</Notice>}
    </ConfirmAction>
  )
}

function SwitchOffDialog({ account, name, onClose }: DialogProps) {
  const disable = useCommand('clinic.disablePerson')
  return (
    <ConfirmAction
      title={`Switch off ${name}?`} confirmLabel="Switch off" cancelLabel="Keep the account" onClose={onClose}
      onConfirm={async () => {
        if (await disable.run({ userId: account.userId }).catch(() => undefined)) onClose()
      }}
    >
      The password opens nothing from now on and every open window of this person ends. What they wrote and signed stays under their name.
      {disable.refusal && <Notice tone="bad">{errorText(disable.refusal)}</Notice>}
    </ConfirmAction>
  )
}
