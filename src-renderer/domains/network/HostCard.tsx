import { type ReactNode, useState } from 'react'
import type { Member, NetworkState } from '#shared/domains/network/model.ts'
import { daysToLock } from '#renderer/app/network/chip.ts'
import { active } from '#renderer/app/network/machines.ts'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { count } from '#renderer/ui/format.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { BeginAnewDialog } from './BeginAnewDialog.tsx'
import { BecomeHostDialog, StopHostDialog } from './HostDialogs.tsx'
import { SwitchHostDialog } from './SwitchHostDialog.tsx'
import { standbys, switchProblem } from './view.machines.ts'
import styles from './Network.module.css'

/** What this machine is to the clinic, what that means, and how it changes. */
export function HostCard({ network, members }: { network: NetworkState; members: readonly Member[] }) {
  switch (network.role) {
    case 'alone':
      return <Alone />
    case 'host':
      return network.standing === 'restored' ? <Restored /> : <Host members={members} />
    case 'member':
      return <Guest network={network} />
  }
}

function Alone() {
  const [isAsking, setAsking] = useState(false)
  return (
    <Part title="One computer" note="no network needed" act={<ActionButton onClick={() => setAsking(true)}>Be the host …</ActionButton>}>
      <p>Everything is on this computer. To work at several, let this one be the host: the others join it with a code, get their own copies, and go on when it is out of reach.</p>
      {isAsking && <BecomeHostDialog onClose={() => setAsking(false)} />}
    </Part>
  )
}

function Host({ members }: { members: readonly Member[] }) {
  const [open, setOpen] = useState<'switch' | 'stop'>()
  const candidates = standbys(members)
  const others = active(members).filter((one) => !one.isThis).length
  const problem = switchProblem(candidates.find((one) => one.isConnected && one.behind === 0) ?? candidates[0])
  return (
    <Part
      title="This computer is the host" note="leave it on while the clinic works"
      act={
        <>
          <ActionButton disabledReason={problem} onClick={() => setOpen('switch')}>Let another machine be the host …</ActionButton>
          {others === 0 && <ActionButton onClick={() => setOpen('stop')}>Stop being the host …</ActionButton>}
        </>
      }
    >
      <p>The others send their work here, and here it is decided who was first. When this computer is off, everyone goes on with their own copy, and bills wait for their numbers.</p>
      {candidates.length === 0 && others > 0 && <p>No machine is a standby: if this disk fails, what was done since the last copy is gone. Add one as standby.</p>}
      {open === 'switch' && <SwitchHostDialog candidates={candidates} onClose={() => setOpen(undefined)} />}
      {open === 'stop' && <StopHostDialog onClose={() => setOpen(undefined)} />}
    </Part>
  )
}

function Restored() {
  const [isAsking, setAsking] = useState(false)
  return (
    <Part title="This host is behind its own machines" note="nobody is served now" tone="warn" act={<ActionButton variant="filled" onClick={() => setAsking(true)}>Begin anew with what is here …</ActionButton>}>
      <p>A machine knows more than this computer does: its records were put back to an older state. Until somebody decides it takes nothing and gives nothing; everyone goes on with their own copy.</p>
      <p>Is there a newer backup, or a standby that has everything? Use that instead. If this is the newest there is, begin anew: the machines take over what is here and send again what only they have.</p>
      {isAsking && <BeginAnewDialog onClose={() => setAsking(false)} />}
    </Part>
  )
}

function Guest({ network }: { network: NetworkState }) {
  const go = useGo()
  const days = daysToLock(network)
  return (
    <Part title={`The host is ${network.hostName ?? 'another machine'}`} note={network.link === 'connected' ? 'reachable' : 'not reachable now'} act={<ActionButton onClick={() => go(paths.hostGone())}>The host is gone for good …</ActionButton>}>
      <p>Machines are added and taken out there. If it is broken, stolen or burnt, a standby takes its place with the printed recovery key.</p>
      {days !== undefined && <Notice tone="warn" title={days > 0 ? `Locks in ${count(days, 'day')}.` : 'Locked.'}>This computer has not met the host for {count(network.lease?.days ?? 0, 'day')}. After two weeks its records lock until it has; they open again by themselves.</Notice>}
    </Part>
  )
}

function Part({ title, note, tone, act, children }: { title: string; note: string; tone?: 'warn'; act: ReactNode; children: ReactNode }) {
  return (
    <Card title={title} note={note} {...(tone ? { tone } : {})}>
      <div className={styles['part']}>
        {children}
        <div className={styles['acts']}>{act}</div>
      </div>
    </Card>
  )
}
