import { type FormEvent, useState } from 'react'
import type { Decision } from '#shared/domains/approvals/contract.ts'
import type { Approval } from '#shared/domains/approvals/model.ts'
import { Refusal } from '#shared/rpc/errors.ts'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import styles from './Approvals.module.css'

/** Yes does it at once; no says why. */
export function DecideCard({ approval }: { approval: Approval }) {
  const [problem, setProblem] = useState<string>()
  const [isDeclining, setDeclining] = useState(false)
  const approve = useCommand('approvals.approve')
  const settle = (decision: Decision) => {
    if (decision.refusal) setProblem(errorText(new Refusal(decision.refusal.code, decision.refusal.data)))
    else showToast({ text: decision.outcome === 'done' ? 'Approved and done for' : 'Approved for', strong: approval.requestedBy.name })
  }
  const say = async () => {
    setProblem(undefined)
    try {
      settle(await approve.run({ id: approval.id }))
    } catch (error) {
      setProblem(errorText(error))
    }
  }
  useKeys([
    { id: 'approvals.approve', keys: 'Ctrl+Enter', label: 'Approve', where: 'Approvals', run: () => void say() },
    { id: 'approvals.decline', keys: 'X', label: 'Decline', where: 'Approvals', run: () => setDeclining(true) },
  ])
  return (
    <Card title="Your answer">
      <div className={styles['answer']}>
        {problem && <Notice tone="bad" title="Not done.">{problem}</Notice>}
        {isDeclining && <DeclineForm approval={approval} onClose={() => setDeclining(false)} />}
        {!isDeclining && (
          <div className={styles['acts']}>
            <ActionButton keyId="approvals.decline" onClick={() => setDeclining(true)}>Decline</ActionButton>
            <ActionButton variant="filled" keyId="approvals.approve" running={approve.isRunning} onClick={() => void say()}>Approve</ActionButton>
          </div>
        )}
      </div>
    </Card>
  )
}

function DeclineForm({ approval, onClose }: { approval: Approval; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const decline = useCommand('approvals.decline')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (reason.trim() === '') return
    if (await decline.run({ id: approval.id, reason: reason.trim() }).catch(() => undefined)) showToast({ text: 'Declined for', strong: approval.requestedBy.name })
  }
  return (
    <form className={styles['answer']} noValidate onSubmit={(event) => void submit(event)}>
      <TextField label="Why not" autoFocus maxLength={200} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      {decline.refusal && <Notice tone="bad">{errorText(decline.refusal)}</Notice>}
      <div className={styles['acts']}>
        <ActionButton onClick={onClose}>Back</ActionButton>
        <ActionButton variant="filled" type="submit" keys="Enter" running={decline.isRunning} disabledReason={reason.trim() === '' && 'Say why, in a few words.'} reasonAt="left">Decline</ActionButton>
      </div>
    </form>
  )
}
