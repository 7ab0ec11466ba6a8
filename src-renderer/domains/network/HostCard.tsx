import { type ReactNode, useState } from 'react'
import type { Member, NetworkState } from '#shared/domains/network/model.ts'
import { active } from '#renderer/app/network/machines.ts'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
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
      return <Host members={members} />
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

function Guest({ network }: { network: NetworkState }) {
  const go = useGo()
  return (
    <Part title={`The host is ${network.hostName ?? 'another machine'}`} note={network.link === 'connected' ? 'reachable' : 'not reachable now'} act={<ActionButton onClick={() => go(paths.hostGone())}>The host is gone for good …</ActionButton>}>
      <p>Machines are added and taken out there. If it is broken, stolen or burnt, a standby takes its place with the printed recovery key.</p>
    </Part>
  )
}

function Part({ title, note, act, children }: { title: string; note: string; act: ReactNode; children: ReactNode }) {
  return (
    <Card title={title} note={note}>
      <div className={styles['part']}>
        {children}
        <div className={styles['acts']}>{act}</div>
      </div>
    </Card>
  )
}
