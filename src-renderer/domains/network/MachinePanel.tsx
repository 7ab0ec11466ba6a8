import { useState } from 'react'
import type { Member } from '#shared/domains/network/model.ts'
import { useNow, useToday, useZone } from '#renderer/app/actor.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Fact, FactList } from '#renderer/ui/Card.tsx'
import { count, dateTime, time } from '#renderer/ui/format.ts'
import { IconDeviceDesktop } from '#renderer/ui/icons.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { NameForm } from './NameForm.tsx'
import { RevokeDialog } from './RevokeDialog.tsx'
import { systemWords } from './view.ts'
import { standingOf } from './view.machines.ts'
import { holdingWords, isWorrying } from './words.ts'
import styles from './Network.module.css'

/** All about one machine, and taking it out of the clinic. */
export function MachinePanel({ member, mayRevoke, onClose }: { member: Member; mayRevoke: boolean; onClose: () => void }) {
  const go = useGo()
  const now = useNow()
  const [isRevoking, setRevoking] = useState(false)
  const worksheet = () => go(paths.lostMachine(member.id))
  const { words, tone } = standingOf(member, now)
  const canRevoke = mayRevoke && !member.isHost && member.revokedAt === null
  return (
    <SidePanel
      title={member.name} icon={IconDeviceDesktop} onClose={onClose}
      footer={
        <>
          <ActionButton onClick={worksheet}>{member.revokedAt === null ? 'If it is lost' : 'Worksheet'}</ActionButton>
          {canRevoke && <ActionButton color="clay" onClick={() => setRevoking(true)}>Take it out …</ActionButton>}
        </>
      }
    >
      <div className={styles['panel']}>
        <Tag tone={tone}>{words}</Tag>
        {member.revokedAt === null && <NameForm key={member.name} device={member} />}
        <Facts member={member} />
        {member.unsent > 0 && <Notice tone="warn">{`${count(member.unsent, 'change')} of this machine ${member.unsent === 1 ? 'has' : 'have'} not reached the clinic, as it last reported. Taken out now, what it sends later changes nothing and waits for an administrator.`}</Notice>}
      </div>
      {isRevoking && (
        <RevokeDialog
          member={member} onClose={() => setRevoking(false)}
          onRevoked={(reason) => {
            setRevoking(false)
            if (isWorrying(reason)) worksheet()
          }}
        />
      )}
    </SidePanel>
  )
}

function Facts({ member }: { member: Member }) {
  const zone = useZone()
  const today = useToday()
  const at = (instant: string) => dateTime(instant, zone, today)
  return (
    <FactList>
      <Fact label="Holds">{holdingWords(member)}</Fact>
      <Fact label="System">{systemWords(member.os)}</Fact>
      <Fact label="Cairn">{member.appVersion}</Fact>
      <Fact label="Joined">{at(member.pairedAt)}</Fact>
      <Fact label="Last seen">{member.isConnected ? 'now' : at(member.lastSeenAt)}</Fact>
      <Fact label="Not taken yet">{member.behind === 0 ? 'nothing' : count(member.behind, 'change')}</Fact>
      <Fact label="Not sent yet">{member.unsent === 0 ? 'nothing' : `${count(member.unsent, 'change')}${member.unsentSince ? `, the oldest of ${time(member.unsentSince, zone)}` : ''}`}</Fact>
      <Fact label="In Attention there">{member.attention === 0 ? 'nothing' : count(member.attention, 'thing')}</Fact>
      {member.leaseEndsAt && <Fact label={member.revokedAt === null ? 'Works without the host until' : 'Locks itself, at the latest'}>{at(member.leaseEndsAt)}</Fact>}
      {member.revokedAt && <Fact label="Taken out">{at(member.revokedAt)}</Fact>}
      <Fact label="Id"><span className="code">{member.id}</span></Fact>
    </FactList>
  )
}
