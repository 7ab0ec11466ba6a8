import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { count } from '#renderer/ui/format.ts'
import { QueryState } from '#renderer/ui/states.tsx'
import { DeviceCard } from './DeviceCard.tsx'
import { SessionsCard } from './SessionsCard.tsx'
import styles from './Devices.module.css'

/** The machines that hold these records, and who is signed in at them. */
export function DevicesPage() {
  const devices = useApiQuery('devices.list', {})
  const sessions = useApiQuery('devices.sessions', {})
  const live = sessions.data?.filter((one) => one.isLive) ?? []
  return (
    <Screen title="Devices" meta={devices.data && `${count(devices.data.length, 'computer')}, ${count(live.length, 'session')} open`}>
      <QueryState query={devices} what="The list of computers" />
      <div className={styles['page']}>
        <div className={styles['devices']}>{devices.data?.map((device) => <DeviceCard key={device.id} device={device} />)}</div>
        <QueryState query={sessions} what="The list of sessions" />
        {sessions.data && <SessionsCard live={live} past={sessions.data.filter((one) => !one.isLive)} />}
      </div>
    </Screen>
  )
}
