import type { Approval } from '#shared/domains/approvals/model.ts'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import styles from './Approvals.module.css'

export function WithdrawCard({ approval }: { approval: Approval }) {
  const withdraw = useCommand('approvals.withdraw')
  const run = async () => {
    if (await withdraw.run({ id: approval.id }).catch(() => undefined)) showToast({ text: 'Taken back' })
  }
  return (
    <Card title="Not needed any more?">
      <div className={styles['answer']}>
        {withdraw.refusal && <Notice tone="bad">{errorText(withdraw.refusal)}</Notice>}
        <div className={styles['acts']}>
          <ActionButton running={withdraw.isRunning} onClick={() => void run()}>Take the request back</ActionButton>
        </div>
      </div>
    </Card>
  )
}

/** An act that one person did where two would have been better: somebody looks at it afterwards. */
export function ReviewCard({ approval }: { approval: Approval }) {
  const review = useCommand('approvals.markReviewed')
  const run = async () => {
    if (await review.run({ id: approval.id }).catch(() => undefined)) showToast({ text: 'Looked at' })
  }
  return (
    <Card title="Looked at?">
      <div className={styles['answer']}>
        <p>Nobody else could have approved this when it was done. Check that it was meant so.</p>
        {review.refusal && <Notice tone="bad">{errorText(review.refusal)}</Notice>}
        <div className={styles['acts']}>
          <ActionButton variant="filled" running={review.isRunning} onClick={() => void run()}>I have looked at it</ActionButton>
        </div>
      </div>
    </Card>
  )
}
