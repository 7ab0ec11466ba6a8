import { PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { passwordProblem } from '#shared/domains/clinic/rules.password.ts'
import { useActor } from '#renderer/app/actor.tsx'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { passwordAdvice } from './view.password.ts'
import styles from './SecondFactor.module.css'

/** A person's own password, changed by nobody else: an administrator only ever gives a code to choose a new one with. */
export function OwnPasswordCard({ userName }: { userName: string }) {
  const { name, clinic } = useActor()
  const change = useCommand('session.changePassword')
  const [oldPassword, setOld] = useState('')
  const [newPassword, setNew] = useState('')
  const weak = newPassword === '' ? undefined : passwordProblem(newPassword, [userName, clinic.name, ...name.split(' ')])
  const missing = oldPassword === '' ? 'Your present password is missing.' : newPassword === '' ? 'A new password is missing.' : weak && passwordAdvice(weak)
  const save = async () => {
    if (missing || change.isRunning) return
    const isDone = await change.run({ oldPassword, newPassword }).then(() => true, () => false)
    setOld('')
    if (!isDone) return
    setNew('')
    showToast({ text: 'Your password is changed; your other windows have ended' })
  }
  return (
    <Card title="Password" note="nobody else knows it or can read it">
      <form className={styles['steps']} aria-label="Password" noValidate onSubmit={(event) => { event.preventDefault(); void save() }}>
        <PasswordInput label="Present password" autoComplete="off" value={oldPassword} onChange={(event) => setOld(event.currentTarget.value)} />
        <PasswordInput
          label="New password" description={passwordAdvice('too-short')} autoComplete="off" value={newPassword}
          error={weak !== undefined && weak !== 'too-short' ? passwordAdvice(weak) : undefined} onChange={(event) => setNew(event.currentTarget.value)}
        />
        {change.refusal && <Notice tone="bad" title="Not changed.">{errorText(change.refusal)}</Notice>}
        <div className={styles['acts']}>
          <ActionButton type="submit" variant="filled" running={change.isRunning} disabledReason={missing} reasonAt={oldPassword === '' || newPassword === '' ? 'hidden' : 'left'}>Change the password</ActionButton>
        </div>
      </form>
    </Card>
  )
}
