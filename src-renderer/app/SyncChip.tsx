import { Popover } from '@mantine/core'
import { useState } from 'react'
import type { NetworkState } from '#shared/domains/network/model.ts'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { useDelayed } from '#renderer/ui/use-delayed.ts'
import { useMay, useNow } from './actor.tsx'
import { useLinkState } from './link-state.ts'
import { type Chip, type ChipKind, chipOf } from './network/chip.ts'
import { active, isHere } from './network/machines.ts'
import { useFollowOutage } from './network/outage.ts'
import { useNetwork } from './network/state.ts'
import { SyncPopover } from './SyncPopover.tsx'
import styles from './Shell.module.css'

/** A healthy network confirms a change before anybody could read that it is being sent. */
const PATIENCE_MS = 3_000

/** Says in people's words whether work is safe and where. Live only when the kind changes, not each minute. */
export function SyncChip() {
  const network = useNetwork()
  const chip = useChip(network)
  const [isOpen, setOpen] = useState(false)
  useFollowOutage(network)
  return (
    <Popover position="bottom-end" width={370} returnFocus trapFocus opened={isOpen} onChange={setOpen}>
      <Popover.Target>
        <button type="button" className={styles['chip']} data-kind={chip.kind} onClick={() => setOpen(!isOpen)}>
          <span className={styles['dot']} aria-hidden />
          {chip.text}
          <span className="visually-hidden" role="status">
            {kindWords[chip.kind]}
          </span>
        </button>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        <SyncPopover network={network} kind={chip.kind} onLeave={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  )
}

function useChip(network: NetworkState): Chip {
  const isReconnecting = useLinkState() === 'reconnecting'
  const mayCount = useMay('clinic.manage') && network.role === 'host'
  const members = useApiQuery('network.members', {}, { enabled: mayCount })
  const machines = mayCount ? members.data && active(members.data).filter(isHere).length : undefined
  const isSlow = useDelayed(network.unsent > 0, PATIENCE_MS, network.unsentSince)
  const isBehind = useDelayed(network.behind > 0, PATIENCE_MS)
  return chipOf({ network, isReconnecting, isSlow, isBehind, machines, now: useNow() })
}

/** What is said aloud when it becomes so. Coming and going of a second is no news. */
const kindWords: Record<ChipKind, string> = {
  'in-sync': '',
  host: '',
  sending: '',
  'catching-up': '',
  connecting: '',
  clock: 'The clocks of this computer and the host differ',
  attention: 'Something the clinic did not accept needs you',
  reconnecting: 'Reconnecting to the records on this computer',
  offline: 'Host not reachable, work goes on',
  stale: 'Host not reachable for a long time',
  stopped: 'This computer does not take part any more',
}
