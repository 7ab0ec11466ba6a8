import { PasswordInput, Select } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { Decision } from '#shared/domains/approvals/contract.ts'
import { limits } from '#shared/kernel/limits.ts'
import { Refusal } from '#shared/rpc/errors.ts'
import { api } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { FormSection } from '#renderer/ui/form.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { staffName } from '../actor.tsx'
import { useApprovers, type Waiting } from './two-person.ts'
import styles from './SecondPerson.module.css'

interface SecondPersonProps {
  waiting: Waiting
  /** "Void invoice A-2417". */
  act: string
  /** What the form has said already; the second person reads it. */
  reason: string
  /** Approved here: what the act answered, or a permit for it. */
  onApproved: (decision: Decision) => void
  /** Asked for, and left to whoever opens the list. */
  onAsked: () => void
  onCancel: () => void
}

/**
 * Stands where the act was: the second person types their password on the spot, or the wish goes onto their list. The
 * request is made once, whatever is pressed first, and taken back when this is cancelled.
 */
export function SecondPerson({ waiting, act, reason: givenReason, onApproved, onAsked, onCancel }: SecondPersonProps) {
  const approvers = useApprovers(waiting.procedure)
  const [reason, setReason] = useState(givenReason)
  const [chosen, setChosen] = useState<string | null>(null)
  const [password, setPassword] = useState('')
  /** Asked only of who has a second factor. */
  const [code, setCode] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const [running, setRunning] = useState<'here' | 'ask'>()
  const [ownId] = useState(newId)
  /** The id of the request once it is made; another one's when the same was asked for before. */
  const asked = useRef<string>(undefined)
  const passwordField = useRef<HTMLInputElement>(null)
  useEffect(() => passwordField.current?.focus(), [])
  const userName = chosen ?? approvers[0]?.userName ?? ''
  const missing = reason.trim() === '' ? 'Say why, in a few words.' : undefined

  const request = async () => {
    asked.current ??= (await api.approvals.request({ id: ownId, ...waiting, reason: reason.trim() })).id
    return asked.current
  }
  const attempt = async (kind: 'here' | 'ask', work: (id: string) => Promise<void>) => {
    if (missing || running) return
    setRunning(kind)
    setProblem(undefined)
    try {
      await work(await request())
    } catch (error) {
      setProblem(errorText(error))
      if (isAsking(error)) return setCode((typed) => typed ?? '')
      setPassword('')
      passwordField.current?.focus()
    } finally {
      setRunning(undefined)
    }
  }
  const approve = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    void attempt('here', async (id) => {
      const decision = await api.approvals.approveHere({ id, userName, password, ...(code?.trim() ? { code } : {}) })
      if (decision.refusal) throw new Refusal(decision.refusal.code, decision.refusal.data)
      onApproved(decision)
    })
  }
  const ask = () => void attempt('ask', async () => {
    showToast({ text: 'Asked for approval:', strong: act })
    onAsked()
  })
  const cancel = () => {
    if (asked.current !== undefined) void api.approvals.withdraw({ id: asked.current }).catch(() => undefined)
    onCancel()
  }
  return (
    <form className={styles['second']} noValidate onSubmit={approve} aria-label="A second person approves">
      <Notice tone="info" title="This takes two people.">{act} is done in your name once somebody else has said yes.</Notice>
      <TextField label="What they should know" value={reason} maxLength={limits.line_chars} onChange={(event) => setReason(event.currentTarget.value)} />
      <FormSection title="They are here" note="this window stays yours" line />
      <div className={styles['who']}>
        <Select
          label="Second person" searchable allowDeselect={false} value={userName} onChange={setChosen} nothingFoundMessage="Nobody of that name may approve this"
          data={approvers.map((person) => ({ value: person.userName, label: staffName(person) }))} comboboxProps={{ withinPortal: false }}
        />
        <PasswordInput ref={passwordField} label="Their password" data-autofocus autoComplete="off" value={password} onChange={(event) => setPassword(event.currentTarget.value)} />
        {code !== undefined && <TextField label="Their code" autoFocus autoComplete="off" inputMode="numeric" maxLength={20} value={code} onChange={(event) => setCode(event.currentTarget.value)} />}
      </div>
      {problem && <Notice tone="bad">{problem}</Notice>}
      <div className={styles['foot']}>
        <ActionButton onClick={cancel}>Cancel</ActionButton>
        <ActionButton onClick={ask} running={running === 'ask'} disabledReason={missing} reasonAt="hidden">Ask for approval</ActionButton>
        <ActionButton variant="filled" type="submit" keys="Enter" running={running === 'here'} disabledReason={missing ?? (userName === '' ? 'Nobody here may approve it.' : password === '' ? 'Their password is missing.' : undefined)} reasonAt="left">
          Approve here
        </ActionButton>
      </div>
    </form>
  )
}

/** The password was right; the code of the second factor is missing or was another one. */
const isAsking = (error: unknown): boolean => error instanceof Refusal && (error.code === 'CODE_NEEDED' || error.code === 'CODE_REFUSED')
