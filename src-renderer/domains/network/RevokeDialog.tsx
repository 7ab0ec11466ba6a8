import { useState } from 'react'
import type { Member } from '#shared/domains/network/model.ts'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ConfirmAction } from '#renderer/ui/ConfirmAction.tsx'
import { ChoiceField } from '#renderer/ui/form.tsx'
import { count } from '#renderer/ui/format.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { type RevokeReason, revokeReasons } from './words.ts'
import styles from './Network.module.css'

interface RevokeDialogProps {
  member: Member
  onClose: () => void
  onRevoked: (reason: RevokeReason) => void
}

export function RevokeDialog({ member, onClose, onRevoked }: RevokeDialogProps) {
  const [reason, setReason] = useState<RevokeReason>()
  const revoke = useCommand('network.revoke')
  const run = async () => {
    if (!reason || !(await revoke.run({ deviceId: member.id, reason }).catch(() => undefined))) return
    showToast({ text: 'Taken out:', strong: member.name })
    onRevoked(reason)
  }
  return (
    <ConfirmAction title={`Take ${member.name} out of the clinic?`} confirmLabel="Take it out" cancelLabel="Leave it in" disabledReason={reason ? undefined : 'Choose why.'} onConfirm={run} onClose={onClose}>
      <div className={styles['dialog']}>
        <p>Its connection closes at once, and it opens no records any more once it has noticed or its time without the host is over. What it does from now on changes nothing here.</p>
        {member.unsent > 0 && <Notice tone="warn">{`${count(member.unsent, 'change')} made there ${member.unsent === 1 ? 'has' : 'have'} not reached the clinic. Let it send first, if you have it.`}</Notice>}
        <ChoiceField label="Why" data={[...revokeReasons]} value={reason ?? ''} onChange={(value) => setReason(revokeReasons.find((one) => one.value === value)?.value)} />
        {revoke.refusal && <Notice tone="bad">{errorText(revoke.refusal)}</Notice>}
      </div>
    </ConfirmAction>
  )
}
