import { PasswordInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useId, useRef, useState } from 'react'
import type { Person } from '#shared/domains/session/model.ts'
import { Refusal } from '#shared/rpc/errors.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { CardHead } from './CardHead.tsx'
import { useWait } from './useWait.ts'
import { countdown, waitWords } from './view.door.ts'
import styles from './Door.module.css'

interface PasswordCardProps {
  /** Undefined: the user name is typed. */
  person: Person | undefined
  /** "locked 9:58 am". */
  note?: string | undefined
  /** Why the password and not the PIN. */
  reason?: string | undefined
  submitLabel: string
  onSubmit: (given: { userName: string; password: string }) => Promise<void>
  /** Refusals that are no matter of a wrong password: the screen shows the way out. */
  onTrouble: (code: string) => void
  comeBack?: ReactNode
  more: ReactNode
}

const troubles = new Set(['DATABASE_DAMAGED', 'DATABASE_NEWER', 'KEYRING_DAMAGED', 'DISK_FULL'])

export function PasswordCard({ person, note, reason, submitLabel, onSubmit, onTrouble, comeBack, more }: PasswordCardProps) {
  const [userName, setUserName] = useState('')
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<string>()
  const [isRunning, setRunning] = useState(false)
  const wait = useWait()
  const titleId = useId()
  const input = useRef<HTMLInputElement>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (isRunning || wait.seconds > 0) return
    setRunning(true)
    setProblem(undefined)
    try {
      await onSubmit({ userName: person?.userName ?? userName, password })
    } catch (error) {
      if (error instanceof Refusal && troubles.has(error.code)) onTrouble(error.code)
      else if (!wait.take(error)) setProblem(errorText(error))
      setPassword('')
      input.current?.focus()
    } finally {
      setRunning(false)
    }
  }
  return (
    <section className={styles['card']} aria-labelledby={titleId}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        {person ? <CardHead person={person} note={note} titleId={titleId} /> : <h2 id={titleId}>Sign in</h2>}
        {reason && <p className={styles['hint']}>{reason}</p>}
        {!person && (
          <TextField label="User name" value={userName} autoComplete="off" autoCapitalize="none" spellCheck={false} autoFocus onChange={(event) => setUserName(event.currentTarget.value)} />
        )}
        <PasswordInput
          ref={input}
          label="Password"
          value={password}
          autoComplete="off"
          autoFocus={person !== undefined}
          error={wait.seconds > 0 ? waitWords(wait.seconds) : problem}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {comeBack}
        <ActionButton type="submit" variant="filled" keys="Enter" running={isRunning} fullWidth {...(wait.seconds > 0 ? { disabledReason: `In ${countdown(wait.seconds)}`, reasonAt: 'hidden' as const } : {})}>
          {submitLabel}
        </ActionButton>
        <div className={styles['more']}>{more}</div>
      </form>
    </section>
  )
}
