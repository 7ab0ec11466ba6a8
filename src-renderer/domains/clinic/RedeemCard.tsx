import { PasswordInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { passwordProblem } from '#shared/domains/clinic/rules.password.ts'
import { parseInviteCode } from '#shared/kernel/invite-code.ts'
import { api } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { enter } from '#renderer/rpc/session.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { passwordAdvice } from './view.password.ts'
import styles from './Door.module.css'

/** A new person, or one whose password is lost, chooses it here with the code that an administrator has handed over. */
export function RedeemCard({ onBack }: { onBack: () => void }) {
  const [userName, setUserName] = useState('')
  const [code, setCode] = useState('')
  const [newPassword, setNewPassword] = useState('')
  const [wasLeft, setLeft] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [isRunning, setRunning] = useState(false)
  const weak = newPassword === '' ? undefined : passwordProblem(newPassword, [userName])
  const symbols = code.replace(/[\s-]/g, '').length
  const isWhole = parseInviteCode(code) !== undefined
  const missing = userName.trim() === '' ? 'The user name is missing.' : !isWhole ? 'The code is not complete: four groups of four.' : newPassword === '' ? 'A new password is missing.' : undefined
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (missing || weak || isRunning) return
    setRunning(true)
    setProblem(undefined)
    try {
      enter(await api.session.redeemInvite({ userName, code, newPassword }))
    } catch (error) {
      setProblem(errorText(error))
    } finally {
      setRunning(false)
    }
  }
  return (
    <section className={styles['card']} data-wide aria-labelledby="redeem-title">
      <form onSubmit={(event) => void submit(event)} noValidate>
        <h2 id="redeem-title">Sign in with an invitation</h2>
        <p>The code from your administrator works once and for 24 hours. The password you choose now is known to you alone.</p>
        <TextField label="User name" value={userName} autoFocus autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={80} onChange={(event) => setUserName(event.currentTarget.value)} />
        <TextField
          label="Code" description="Four groups of four. Capital letters and dashes do not matter." className="unmistakable" autoComplete="off" spellCheck={false} maxLength={40} value={code}
          error={wasLeft && symbols >= 16 && !isWhole ? 'One symbol was misread: there is no letter I or O and no digit 0 or 1.' : undefined}
          onBlur={() => setLeft(true)} onChange={(event) => setCode(event.currentTarget.value)}
        />
        <PasswordInput label="New password" autoComplete="off" value={newPassword} description={passwordAdvice('too-short')} error={weak && [...newPassword].length >= 12 ? passwordAdvice(weak) : undefined} onChange={(event) => setNewPassword(event.currentTarget.value)} />
        {problem && <Notice tone="bad">{problem}</Notice>}
        <ActionButton type="submit" variant="filled" keys="Enter" running={isRunning} disabledReason={missing ?? (weak && passwordAdvice(weak))} fullWidth>
          Choose this password and sign in
        </ActionButton>
        <ActionButton onClick={onBack} fullWidth>
          Back to the password
        </ActionButton>
      </form>
    </section>
  )
}
