import { type FormEvent, useId, useRef, useState } from 'react'
import type { Person } from '#shared/domains/session/model.ts'
import { Refusal } from '#shared/rpc/errors.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { CardHead } from './CardHead.tsx'
import { useWait } from './useWait.ts'
import { countdown, waitWords } from './view.door.ts'
import styles from './Door.module.css'

const APP_DIGITS = 6

/** The second step: what the app shows, or one of the printed codes. Six digits go by themselves. */
export function CodeCard({ person, onCode, onLeave }: { person: Person; onCode: (code: string) => Promise<void>; onLeave: () => void }) {
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<string>()
  const [isRunning, setRunning] = useState(false)
  const wait = useWait()
  const titleId = useId()
  const input = useRef<HTMLInputElement>(null)
  const give = async (typed: string) => {
    if (isRunning || wait.seconds > 0 || typed.trim() === '') return
    setRunning(true)
    setProblem(undefined)
    try {
      await onCode(typed)
    } catch (error) {
      setCode('')
      if (error instanceof Refusal && error.code === 'NO_SIGN_IN_PENDING') return onLeave()
      if (!wait.take(error)) setProblem(errorText(error))
      input.current?.focus()
    } finally {
      setRunning(false)
    }
  }
  const type = (typed: string) => {
    setCode(typed)
    if (new RegExp(`^\\d{${APP_DIGITS}}$`).test(typed.trim())) void give(typed)
  }
  return (
    <section className={styles['card']} aria-labelledby={titleId}>
      <form noValidate onSubmit={(event: FormEvent) => { event.preventDefault(); void give(code) }}>
        <CardHead person={person} note="password right" titleId={titleId} />
        <TextField
          ref={input} label="Code" description="Six digits from your app, or one of your printed codes" autoComplete="off" autoCapitalize="characters" spellCheck={false} autoFocus maxLength={20} className="code"
          value={code} error={wait.seconds > 0 ? waitWords(wait.seconds) : problem} onChange={(event) => type(event.currentTarget.value)}
        />
        <ActionButton type="submit" variant="filled" keys="Enter" running={isRunning} fullWidth {...(wait.seconds > 0 ? { disabledReason: `In ${countdown(wait.seconds)}`, reasonAt: 'hidden' as const } : {})}>
          Sign in
        </ActionButton>
        <ActionButton keys="Esc" fullWidth onClick={onLeave}>
          Not me
        </ActionButton>
        <p className={styles['hint']}>Phone lost and no printed codes? An administrator removes your second factor; then you set up a new one.</p>
      </form>
    </section>
  )
}
