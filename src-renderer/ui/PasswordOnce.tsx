import { PasswordInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { ActionButton } from './ActionButton.tsx'
import { Dialog } from './Dialog.tsx'
import { Form } from './form.tsx'
import { Notice } from './states.tsx'

interface PasswordOnceProps {
  title: string
  /** The button: "Restrict". */
  act: string
  children?: ReactNode
  problem: string | undefined
  onPassword: (password: string) => Promise<void>
  onClose: () => void
}

/** Asks for the password before an act that needs a fresh proof of who it is (R31). */
export function PasswordOnce({ title, act, children, problem, onPassword, onClose }: PasswordOnceProps) {
  const [password, setPassword] = useState('')
  const [isRunning, setRunning] = useState(false)
  const submit = async () => {
    if (password === '' || isRunning) return
    setRunning(true)
    await onPassword(password).finally(() => setRunning(false))
    setPassword('')
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <Form submitLabel={act} where={title} onSubmit={() => void submit()}>
        {children}
        <PasswordInput label="Your password" autoComplete="off" data-autofocus value={password} onChange={(event) => setPassword(event.currentTarget.value)} />
        {problem && <Notice tone="bad" title="Not done.">{problem}</Notice>}
        <ActionButton type="submit" variant="filled" keyId="form.submit" running={isRunning} disabledReason={password === '' ? 'Type your password.' : undefined} reasonAt="left">{act}</ActionButton>
      </Form>
    </Dialog>
  )
}
