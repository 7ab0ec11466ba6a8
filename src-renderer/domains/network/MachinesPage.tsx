import { useState } from 'react'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { connectedText } from '#renderer/app/network/machines.ts'
import { useNetwork } from '#renderer/app/network/state.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { count } from '#renderer/ui/format.ts'
import { IconPlus } from '#renderer/ui/icons.ts'
import { QueryState } from '#renderer/ui/states.tsx'
import { AddMachine } from './AddMachine.tsx'
import { DeviceCard } from './DeviceCard.tsx'
import { HostCard } from './HostCard.tsx'
import { MachinePanel } from './MachinePanel.tsx'
import { MachinesTable } from './MachinesTable.tsx'
import { SessionsCard } from './SessionsCard.tsx'
import styles from './Network.module.css'

/** The machines that hold these records, which of them is the host, and who is signed in at this one. */
export function MachinesPage() {
  const network = useNetwork()
  const isAlone = network.role === 'alone'
  const isHost = network.role === 'host'
  const devices = useApiQuery('devices.list', {})
  const sessions = useApiQuery('devices.sessions', {})
  const members = useApiQuery('network.members', {}, { enabled: !isAlone })
  const [openId, setOpen] = useState<string>()
  const [isAdding, setAdding] = useState(false)
  useKeys(isHost ? [{ id: 'machines.add', keys: 'N', label: 'Add a machine', where: 'Machines', run: () => setAdding(true) }] : [])
  const live = sessions.data?.filter((one) => one.isLive) ?? []
  const all = members.data ?? []
  const shown = all.find((one) => one.id === openId)
  return (
    <Screen
      title="Machines" meta={[isAlone ? devices.data && count(devices.data.length, 'computer') : members.data && connectedText(all), sessions.data && `${count(live.length, 'session')} open here`].filter(Boolean).join(', ')}
      footer={isHost && <ActionButton variant="filled" keyId="machines.add" icon={<IconPlus size={16} stroke={1.8} />} onClick={() => setAdding(true)}>Add a machine</ActionButton>}
    >
      <div className={styles['page']}>
        {!isAlone && <QueryState query={members} what="The list of machines" />}
        {members.data && <MachinesTable members={all} openId={openId} onOpen={(one) => setOpen(one.id)} />}
        <HostCard network={network} members={all} />
        <QueryState query={devices} what="The list of computers" />
        {devices.data?.filter((device) => isAlone || device.isThis).map((device) => <DeviceCard key={device.id} device={device} />)}
        <QueryState query={sessions} what="The list of sessions" />
        {sessions.data && <SessionsCard letterKeys={isAlone} live={live} past={sessions.data.filter((one) => !one.isLive)} />}
      </div>
      {shown && <MachinePanel key={shown.id} member={shown} mayRevoke={isHost} onClose={() => setOpen(undefined)} />}
      {isAdding && <AddMachine onClose={() => setAdding(false)} />}
    </Screen>
  )
}
