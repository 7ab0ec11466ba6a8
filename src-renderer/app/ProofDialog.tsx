import { PasswordInput } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { api, seats } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { useActor } from './actor.tsx'
import styles from './ProofDialog.module.css'

/**
 * R31: an act that asks for a fresh proof waits while the password is typed, then goes on by itself; what was typed on the
 * screen stays. Several that wait at once are answered by one password.
 */
export function ProofDialog() {
  const [isAsking, setAsking] = useState(false)
  const waiting = useRef<((isProved: boolean) => void)[]>([])
  useEffect(() => {
    seats.askWith(() => new Promise((resolve) => {
      waiting.current.push(resolve)
      setAsking(true)
    }))
    return () => seats.askWith(undefined)
  }, [])
  const answer = (isProved: boolean) => {
    setAsking(false)
    for (const resolve of waiting.current.splice(0)) resolve(isProved)
  }
  return isAsking && <Question onAnswer={answer} />
}

function Question({ onAnswer }: { onAnswer: (isProved: boolean) => void }) {
  const { name } = useActor()
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<string>()
  const [isRunning, setRunning] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (isRunning || password === '') return
    setRunning(true)
    try {
      await api.session.prove({ password })
      onAnswer(true)
    } catch (error) {
      setProblem(errorText(error))
      setPassword('')
    } finally {
      setRunning(false)
    }
  }
  return (
    <Dialog title="Your password, once more" onClose={() => onAnswer(false)}>
      <form className={styles['form']} noValidate onSubmit={(event) => void submit(event)}>
        <p>This is done in the name of {name} and needs a fresh sign of it. What you typed stays.</p>
        <PasswordInput label="Password" data-autofocus autoComplete="off" value={password} error={problem} onChange={(event) => setPassword(event.currentTarget.value)} />
        <div className={styles['acts']}>
          <ActionButton type="submit" variant="filled" keys="Enter" running={isRunning}>
            Go on
          </ActionButton>
          <ActionButton keys="Esc" onClick={() => onAnswer(false)}>
            Leave it
          </ActionButton>
        </div>
      </form>
    </Dialog>
  )
}
