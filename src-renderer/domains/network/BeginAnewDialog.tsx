import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ConfirmAction } from '#renderer/ui/ConfirmAction.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import styles from './Network.module.css'

/** A host that was restored from an older copy goes on with what it has. */
export function BeginAnewDialog({ onClose }: { onClose: () => void }) {
  const begin = useCommand('network.beginAnew')
  const run = async () => {
    if (!(await begin.run({}).catch(() => undefined))) return
    showToast({ text: 'This computer is the host again;', strong: 'the machines take a new copy' })
    onClose()
  }
  return (
    <ConfirmAction title="Begin anew with what is on this computer?" confirmLabel="Begin anew" cancelLabel="Wait" onConfirm={run} onClose={onClose}>
      <div className={styles['dialog']}>
        <p>Every machine takes a new copy from here by itself and sends again what it did since. What was typed at this computer after the copy was made, and nowhere else, is gone.</p>
        <p>Bills and receipts get a new letter and patients a new range of numbers, so no number is given twice. This cannot be taken back.</p>
        {begin.refusal && <Notice tone="bad">{errorText(begin.refusal)}</Notice>}
      </div>
    </ConfirmAction>
  )
}
