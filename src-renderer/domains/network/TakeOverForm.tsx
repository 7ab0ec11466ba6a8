import { Checkbox, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { parseRecoveryKey } from '#shared/kernel/recovery-key.ts'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import styles from './Network.module.css'

const KEY_SYMBOLS = 56

/** Which machine must stay off, the printed key, and the one act that cannot be taken back. */
export function TakeOverForm({ hostName, silent, onDone }: { hostName: string; silent: readonly string[]; onDone: () => void }) {
  const [isOff, setOff] = useState(false)
  const [recoveryKey, setKey] = useState('')
  const [wasLeft, setLeft] = useState(false)
  const promote = useCommand('network.promote')
  const symbols = recoveryKey.replace(/[\s-]/g, '').length
  const isMisread = symbols >= KEY_SYMBOLS && parseRecoveryKey(recoveryKey) === undefined
  const missing = !isOff ? `Switch ${hostName} off first.` : symbols < KEY_SYMBOLS ? `${Math.ceil((KEY_SYMBOLS - symbols) / 4)} groups of the key are missing.` : isMisread ? 'One symbol of the key was misread.' : undefined
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (missing || promote.isRunning) return
    if (await promote.run({ recoveryKey, oldHostIsOff: true }).catch(() => undefined)) onDone()
  }
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <Card title="3. This computer takes over" tone="warn">
        <div className={styles['part']}>
          <p><strong>{hostName} must stay off.</strong> If it goes on while others think it is the host, two machines give the same times and the same numbers. What only it knew, and nobody else has, is read from it later.</p>
          {silent.length > 0 && <Notice tone="warn" title={`${silent.join(', ')} could not be asked.`}>Switch it on first if you can: should it have taken more from the old host, it is the one that takes over.</Notice>}
          <Checkbox label={`${hostName} is switched off or destroyed, and stays so`} checked={isOff} onChange={(event) => setOff(event.currentTarget.checked)} />
          <Textarea
            label="Printed recovery key" description="The newest sheet from the safe: 14 groups of four. Capital letters and spaces do not matter." className="unmistakable" rows={3}
            autoComplete="off" spellCheck={false} value={recoveryKey} error={wasLeft && isMisread ? 'One symbol was misread: the last group is a check and it does not fit.' : undefined}
            onBlur={() => setLeft(true)} onChange={(event) => setKey(event.currentTarget.value)}
          />
          {promote.refusal && <div role="alert"><Notice tone="bad">{errorText(promote.refusal)}</Notice></div>}
          <div className={styles['acts']}>
            <ActionButton variant="filled" color="clay" type="submit" running={promote.isRunning} disabledReason={missing}>Let this computer be the host</ActionButton>
          </div>
        </div>
      </Card>
    </form>
  )
}
