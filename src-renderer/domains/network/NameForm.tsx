import { useState } from 'react'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import styles from './Network.module.css'

/** The name people know it by: "Front desk 1". The log keeps the id. */
export function NameForm({ device }: { device: { id: string; name: string } }) {
  const [name, setName] = useState(device.name)
  const rename = useCommand('devices.rename')
  const missing = name.trim() === '' ? 'The name is missing.' : name.trim() === device.name ? 'This is its name already.' : undefined
  const submit = async () => {
    if (missing || !(await rename.run({ id: device.id, name: name.trim() }).catch(() => undefined))) return
    showToast({ text: 'Renamed to', strong: name.trim() })
  }
  return (
    <form
      className={styles['name']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <TextField label="Name of the computer" description="Where it stands, as everybody calls it" maxLength={80} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      {rename.refusal && <Notice tone="bad">{errorText(rename.refusal)}</Notice>}
      <ActionButton type="submit" running={rename.isRunning} disabledReason={missing}>Rename</ActionButton>
    </form>
  )
}
