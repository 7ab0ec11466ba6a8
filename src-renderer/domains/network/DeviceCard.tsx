import type { Device } from '#shared/domains/devices/model.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { useNetwork } from '#renderer/app/network/state.ts'
import { Card, Fact, FactList } from '#renderer/ui/Card.tsx'
import { dateTime } from '#renderer/ui/format.ts'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { NameForm } from './NameForm.tsx'
import { systemWords } from './view.ts'
import { holdingWords } from './words.ts'
import styles from './Network.module.css'

export function DeviceCard({ device }: { device: Device }) {
  const zone = useZone()
  const today = useToday()
  const { role, profile } = useNetwork()
  return (
    <Card title={device.name} note={holdingWords({ profile, isHost: role === 'host' })} aside={device.isThis && <Tag tone="ok">This computer</Tag>}>
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
