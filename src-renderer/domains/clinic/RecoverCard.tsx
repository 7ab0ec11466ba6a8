import { PasswordInput, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { passwordProblem } from '#shared/domains/clinic/rules.password.ts'
import { parseRecoveryKey } from '#shared/kernel/recovery-key.ts'
import { api } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { enter } from '#renderer/rpc/session.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { passwordAdvice } from './view.password.ts'
import styles from './Door.module.css'

/** The printed sheet lets an administrator in again; the others get a new password from them. */
export function RecoverCard({ onBack }: { onBack: () => void }) {
  const [recoveryKey, setRecoveryKey] = useState('')
  const [userName, setUserName] = useState('')
  const [newPassword, setNewPassword] = useState('')
  const [wasLeft, setLeft] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [isRunning, setRunning] = useState(false)
  const weak = newPassword === '' ? undefined : passwordProblem(newPassword, [userName])
  const symbols = recoveryKey.replace(/[\s-]/g, '').length
  const isMisread = wasLeft && symbols === 56 && parseRecoveryKey(recoveryKey) === undefined
  const missing = symbols < 56 ? `${Math.ceil((56 - symbols) / 4)} groups of the key are missing.` : userName === '' ? 'The user name is missing.' : newPassword === '' ? 'A new password is missing.' : undefined
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (missing || weak) return
    setRunning(true)
    try {
      enter(await api.session.recover({ recoveryKey, userName, newPassword }))
    } catch (error) {
      setProblem(errorText(error))
    } finally {
      setRunning(false)
    }
  }
  return (
    <section className={styles['card']} data-wide aria-labelledby="recover-title">
      <form onSubmit={(event) => void submit(event)} noValidate>
        <h2 id="recover-title">Open with the printed key</h2>
        <p>For an administrator whose password is lost. The sheet has 14 groups of four and lies in the safe.</p>
        <Textarea
          label="Recovery key"
          description="Capital letters and spaces do not matter. There is no letter I or O and no digit 0 or 1."
          className="unmistakable"
          rows={3}
          autoFocus
          autoComplete="off"
          spellCheck={false}
          value={recoveryKey}
          error={isMisread ? 'One symbol was misread: the last group is a check and it does not fit.' : undefined}
          onBlur={() => setLeft(true)}
          onChange={(event) => setRecoveryKey(event.currentTarget.value)}
        />
        <TextField label="User name of an administrator" value={userName} autoComplete="off" autoCapitalize="none" spellCheck={false} onChange={(event) => setUserName(event.currentTarget.value)} />
        <PasswordInput label="New password" autoComplete="off" value={newPassword} description={passwordAdvice('too-short')} error={weak && newPassword.length >= 12 ? passwordAdvice(weak) : undefined} onChange={(event) => setNewPassword(event.currentTarget.value)} />
        {problem && <Notice tone="bad">{problem}</Notice>}
        <ActionButton type="submit" variant="filled" keys="Enter" running={isRunning} disabledReason={missing ?? (weak && passwordAdvice(weak))} fullWidth>
          Open and set the new password
        </ActionButton>
        <ActionButton onClick={onBack} fullWidth>
          Back to the password
        </ActionButton>
      </form>
    </section>
  )
}
