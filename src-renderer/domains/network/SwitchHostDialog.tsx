import { useState } from 'react'
import type { Member } from '#shared/domains/network/model.ts'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ConfirmAction } from '#renderer/ui/ConfirmAction.tsx'
import { ChoiceField } from '#renderer/ui/form.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { switchProblem } from './view.machines.ts'
import styles from './Network.module.css'

/** The planned change: the standby takes the last changes and this machine becomes a member. */
export function SwitchHostDialog({ candidates, onClose }: { candidates: readonly Member[]; onClose: () => void }) {
  const [toId, setTo] = useState(candidates.find((one) => switchProblem(one) === undefined)?.id)
  const change = useCommand('network.switchHost')
  const to = candidates.find((one) => one.id === toId) ?? candidates[0]
  const run = async () => {
    if (!to || !(await change.run({ toDeviceId: to.id }).catch(() => undefined))) return
    showToast({ text: 'The host is now', strong: to.name })
    onClose()
  }
  return (
    <ConfirmAction
      title={to ? `Let ${to.name} be the host?` : 'Let another machine be the host?'} confirmLabel="Let it be the host" cancelLabel="Stay the host"
      disabledReason={switchProblem(to)} onConfirm={run} onClose={onClose}
    >
      <div className={styles['dialog']}>
        <p>For a few seconds nothing is confirmed; nobody has to stop working. The standby takes the last changes, then the others go to it by themselves, and this computer becomes an ordinary machine.</p>
        {candidates.length > 1 && <ChoiceField label="Which one" data={candidates.map(({ id, name }) => ({ value: id, label: name }))} value={to?.id ?? ''} onChange={setTo} />}
        {change.refusal && <Notice tone="bad">{errorText(change.refusal)}</Notice>}
      </div>
    </ConfirmAction>
  )
}
