import { type FormEvent, useState } from 'react'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { ConfirmAction } from '#renderer/ui/ConfirmAction.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { optional, TextField } from '#renderer/ui/fields.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import styles from './Network.module.css'

const [PORT_MIN, PORT_MAX] = [1_024, 65_535]

/** One switch; what it means stands before it. */
export function BecomeHostDialog({ onClose }: { onClose: () => void }) {
  const [port, setPort] = useState('')
  const become = useCommand('network.becomeHost')
  const number = port.trim() === '' ? null : Number(port)
  const problem = number !== null && (!Number.isInteger(number) || number < PORT_MIN || number > PORT_MAX) ? `A port is a number from ${PORT_MIN} to ${PORT_MAX}.` : undefined
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (problem || !(await become.run({ port: number }).catch(() => undefined))) return
    showToast({ text: 'This computer is now the', strong: 'clinic’s host' })
    onClose()
  }
  return (
    <Dialog title="Let this computer be the host?" onClose={onClose} size={520}>
      <form className={styles['dialog']} noValidate onSubmit={(event) => void submit(event)}>
        <ul className={styles['meaning']}>
          <li>It opens one encrypted port on this network. Only machines that you let in with a code can talk to it.</li>
          <li>It should stand still, be on while the clinic works, and be on the wire rather than on Wi-Fi.</li>
          <li>Nothing changes for whoever works at it. It can be undone while no other machine has joined.</li>
        </ul>
        <TextField label={optional('Port')} description="Leave it empty unless somebody told you a number" inputMode="numeric" maxLength={5} w={220} value={port} error={problem} onChange={(event) => setPort(event.currentTarget.value)} />
        {become.refusal && <Notice tone="bad">{errorText(become.refusal)}</Notice>}
        <div className={styles['acts']}>
          <ActionButton onClick={onClose} keys="Esc">Leave it as it is</ActionButton>
          <ActionButton variant="filled" type="submit" data-autofocus running={become.isRunning}>Be the host</ActionButton>
        </div>
      </form>
    </Dialog>
  )
}

export function StopHostDialog({ onClose }: { onClose: () => void }) {
  const stop = useCommand('network.stopHost')
  return (
    <ConfirmAction
      title="Stop being the host?" confirmLabel="Stop" cancelLabel="Go on being it" onClose={onClose}
      onConfirm={async () => {
        if (await stop.run({}).catch(() => undefined)) onClose()
      }}
    >
      The port is closed and this computer works on its own again. No other machine is paired, so nobody is left behind.
      {stop.refusal && <Notice tone="bad">{errorText(stop.refusal)}</Notice>}
    </ConfirmAction>
  )
}
