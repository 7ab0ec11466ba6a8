import { type ReactNode, useEffect, useRef } from 'react'
import type { NetworkState } from '#shared/domains/network/model.ts'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { count, nearTime } from '#renderer/ui/format.ts'
import { IconCalendarPlus, IconCash, IconCloudOff, IconDeviceDesktop, IconHeartbeat, IconNotes, IconPill, IconReceipt2, IconUserPlus } from '#renderer/ui/icons.ts'
import { useMay, useToday, useZone } from './actor.tsx'
import type { IconType } from './contribution.ts'
import { useGo } from './navigation.ts'
import { type ChipKind, clockWords, daysToLock, waitingGroups } from './network/chip.ts'
import { isAway } from './network/reach.ts'
import { stillWords, waitingWords } from './network/words.ts'
import { paths } from './paths.ts'
import styles from './SyncPopover.module.css'

interface SyncPopoverProps {
  network: NetworkState
  kind: ChipKind
  /** The person goes elsewhere from here. */
  onLeave: () => void
}

/** That work is safe, what waits and since when, who is reachable, and what can be done about it. */
export function SyncPopover({ network, kind, onLeave }: SyncPopoverProps) {
  const { title, text } = useHead(network, kind)
  const box = useRef<HTMLDivElement>(null)
  // "Try now" goes away once it has worked, and the focus with it: Esc would close nothing any more.
  useEffect(() => {
    if (document.activeElement === document.body) box.current?.focus()
  }, [kind])
  return (
    <div ref={box} className={styles['popover']} tabIndex={-1} data-autofocus>
      <div className={styles['head']} data-tone={kind}>
        {title && <strong>{title}</strong>}
        <p>{text}</p>
        {network.clockOffBySeconds !== null && <p>This computer’s clock and the host’s differ by {clockWords(network.clockOffBySeconds)}. Set this computer’s time right: the times of what is done here are off.</p>}
      </div>
      {network.unsent > 0 && <Waiting network={network} />}
      {network.role === 'member' && kind !== 'reconnecting' && <Host network={network} />}
      <Foot network={network} onLeave={onLeave} />
    </div>
  )
}

function useHead(network: NetworkState, kind: ChipKind): { title: string | undefined; text: string } {
  const zone = useZone()
  const today = useToday()
  const { offlineSince, unsent, attention, behind } = network
  const days = daysToLock(network)
  const since = offlineSince && nearTime(offlineSince, zone, today)
  const safe = unsent > 0 ? `Your ${count(unsent, 'change')} ${unsent === 1 ? 'is' : 'are'} safe on this computer and ${unsent === 1 ? 'leaves by itself' : 'leave by themselves'}.` : 'What you do is safe on this computer and leaves by itself.'
  switch (kind) {
    case 'reconnecting':
      return { title: undefined, text: 'The records on this computer are being opened again. What you type is kept and saved as soon as they are back.' }
    case 'stopped':
      return { title: stillWords(network).title, text: `${stillWords(network).todo}${unsent > 0 ? ` ${count(unsent, 'change')} of this computer ${unsent === 1 ? 'is' : 'are'} kept.` : ''}` }
    case 'offline':
      return { title: since ? `Host not reachable since ${since}` : 'Host not reachable', text: `Go on working. ${safe}` }
    case 'stale':
      return { title: since ? `Host not reachable since ${since}` : 'Host not reachable', text: `${safe} This has lasted long: tell an administrator, because the others do not see what is done here.${days === undefined ? '' : ` In ${count(days, 'day')} this computer locks its records until it has met the host, because a machine that is away so long may be in other hands.`}` }
    case 'attention':
      return { title: `${count(attention, 'thing')} the clinic did not accept`, text: 'Nothing is lost: each stands in Attention with the reason and what to do next.' }
    case 'sending':
      return { title: undefined, text: 'Saved on this computer; the host has not confirmed these changes yet.' }
    case 'catching-up':
      if (network.standing === 'needs-copy') return { title: undefined, text: 'This computer takes a whole new copy of the records from the host. Work goes on meanwhile, and what is unsent is kept.' }
      return { title: undefined, text: `The host knows ${count(behind, 'change')} that this computer has not taken yet. They come by themselves.` }
    case 'connecting':
      return { title: undefined, text: 'This computer is looking for the host. What you do is saved here and sent as soon as it answers.' }
    case 'host':
      return { title: 'This computer is the clinic’s host', text: 'The other machines send their work here and get everybody’s. Leave it switched on while the clinic works.' }
    case 'clock':
      return { title: 'Two clocks differ', text: 'Work goes on; the order of what people did is the host’s.' }
    case 'in-sync':
      return { title: undefined, text: network.role === 'member' ? 'Everything done here is at the host, and everything the others did is here.' : 'Everything is saved on this computer the moment you do it. Other windows show it at once.' }
  }
}

const icons: Readonly<Record<string, IconType>> = {
  appointments: IconCalendarPlus, payments: IconCash, charges: IconReceipt2, patients: IconUserPlus, clinical_notes: IconNotes, note_addenda: IconNotes, observations: IconHeartbeat, medication_statements: IconPill,
}

function Waiting({ network }: { network: NetworkState }) {
  const zone = useZone()
  const today = useToday()
  const groups = waitingGroups(network.pending)
  return (
    <ul role="list" className={styles['rows']} aria-label="Waiting for the host">
      {groups.map((group) => {
        const { text, note } = waitingWords(group)
        const Icon = icons[group.table] ?? IconCloudOff
        return (
          <Row key={group.table} icon={<Icon size={17} stroke={1.6} />} title={text}>
            {note}
          </Row>
        )
      })}
      {network.unsentSince && <li className={styles['since']}>The oldest is from {nearTime(network.unsentSince, zone, today)}.</li>}
    </ul>
  )
}

function Host({ network }: { network: NetworkState }) {
  const isGone = isAway(network)
  const words = network.link === 'connected' ? 'reachable' : network.link === 'stopped' ? 'refuses this computer' : isGone ? 'no answer, trying again' : 'connecting'
  return (
    <div className={styles['host']} data-link={network.link}>
      <IconDeviceDesktop size={16} stroke={1.6} aria-hidden />
      <span>{network.hostName ?? 'The host'} (host)</span>
      <strong>{words}</strong>
    </div>
  )
}

/** Trying at once, and for administrators the way to let another machine take over. */
function Foot({ network, onLeave }: Pick<SyncPopoverProps, 'network' | 'onLeave'>) {
  const go = useGo()
  const isAdministrator = useMay('clinic.manage')
  const tryNow = useCommand('network.tryNow')
  const isGone = isAway(network)
  const leave = (path: string) => {
    onLeave()
    go(path)
  }
  const acts = [
    network.attention > 0 && <ActionButton key="attention" onClick={() => leave(paths.attention())}>Open Attention</ActionButton>,
    isAdministrator && network.role !== 'alone' && <ActionButton key="machines" onClick={() => leave(paths.devices())}>Machines</ActionButton>,
    isGone && <ActionButton key="try" variant="filled" running={tryNow.isRunning} onClick={() => void tryNow.run({}).catch(() => undefined)}>Try now</ActionButton>,
  ].filter(Boolean)
  if (acts.length === 0) return null
  return (
    <div className={styles['foot']}>
      <span role="status">{tryNow.refusal ? errorText(tryNow.refusal) : isGone && (isAdministrator ? 'Host gone for good? Let another machine take over.' : 'Host gone for good? An administrator can let another machine take over.')}</span>
      {acts}
    </div>
  )
}

function Row({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <li className={styles['row']}>
      {icon}
      <span>
        <strong>{title}</strong>
        <small>{children}</small>
      </span>
    </li>
  )
}
