import type { Invited } from '#shared/domains/clinic/contract.ts'
import { useActor, useToday, useZone } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Fact, FactList } from '#renderer/ui/Card.tsx'
import { dateTime, spokenName } from '#renderer/ui/format.ts'
import { IconPrinter } from '#renderer/ui/icons.ts'
import { Notice } from '#renderer/ui/states.tsx'
import styles from './Clinic.module.css'

export type HandedOut = Invited

/** The code, once: large enough to be copied by hand, and on half a page to be handed over. Closed, it is gone. */
export function InviteCard({ handedOut, onPrint, onClose }: { handedOut: HandedOut; onPrint: () => void; onClose: () => void }) {
  const { account, invite } = handedOut
  const { clinic } = useActor()
  const zone = useZone()
  const today = useToday()
  useKeys([{ id: 'invite.print', keys: 'Ctrl+P', label: 'Print the invitation', where: 'Staff', run: onPrint }])
  return (
    <SidePanel title={`Way in for ${spokenName(account.staff)}`} onClose={onClose}>
      <div className={styles['panel']}>
        <p>Hand this to {spokenName(account.staff)} in person. With it they sign in at {clinic.name} and choose a password that nobody else knows.</p>
        <p className={`${styles['code'] ?? ''} unmistakable`} aria-label="One-time code" data-code>{invite.code}</p>
        <FactList>
          <Fact label="User name"><span className="code">{account.userName}</span></Fact>
          <Fact label="Worth something until">{dateTime(invite.expiresAt, zone, today)}</Fact>
        </FactList>
        <Notice tone="warn" title="Shown this once.">It is stored nowhere. When it is lost, reset the access: the old code is worth nothing then.</Notice>
        <ActionButton variant="filled" keyId="invite.print" icon={<IconPrinter size={16} stroke={1.7} />} onClick={onPrint}>Print half a page</ActionButton>
        <ActionButton onClick={onClose}>Handed over</ActionButton>
      </div>
    </SidePanel>
  )
}
