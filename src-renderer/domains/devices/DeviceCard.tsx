import { useState } from 'react'
import type { Device } from '#shared/domains/devices/model.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card, Fact, FactList } from '#renderer/ui/Card.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { dateTime } from '#renderer/ui/format.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { systemWords } from './view.ts'
import { profileWords } from './words.ts'
import styles from './Devices.module.css'

export function DeviceCard({ device }: { device: Device }) {
  const zone = useZone()
  const today = useToday()
  return (
    <Card title={device.name} note={profileWords[device.profile]} aside={device.isThis && <Tag tone="ok">This computer</Tag>}>
      <div className={styles['device']}>
        <NameForm key={device.name} device={device} />
        <FactList>
          <Fact label="System">{systemWords(device.os)}</Fact>
          <Fact label="Cairn">{device.appVersion || 'command line only'}</Fact>
          <Fact label="First seen">{dateTime(device.firstSeenAt, zone, today)}</Fact>
          <Fact label="Last seen">{dateTime(device.lastSeenAt, zone, today)}</Fact>
          <Fact label="Id"><span className="code">{device.id}</span></Fact>
        </FactList>
      </div>
    </Card>
  )
}

/** The name people know it by: "Front desk 1". The log keeps the id. */
function NameForm({ device }: { device: Device }) {
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
