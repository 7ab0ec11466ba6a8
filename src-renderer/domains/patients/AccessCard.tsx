import { useState } from 'react'
import { staffName, useMay } from '#renderer/app/actor.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { QueryState } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { LiftDialog, LinkDialog, RestrictDialog, UnlinkDialog } from './AccessDialogs.tsx'
import styles from './Patient.module.css'

type Act = 'restrict' | 'lift' | 'link' | 'unlink'

/** Who may know that this patient is here: everybody, or a few named colleagues. */
export function AccessCard({ patientId }: { patientId: string }) {
  const access = useApiQuery('access.patientAccess', { patientId })
  const mayLink = useMay('clinic.manage')
  const [act, setAct] = useState<Act>()
  const { restriction, isStaff } = access.data ?? { restriction: null, isStaff: null }
  const dialog = { patientId, onClose: () => setAct(undefined) }
  return (
    <Card title="Access" note={restriction ? <Tag tone="bad">Restricted</Tag> : 'the whole clinic finds this patient'}>
      <QueryState query={access} what="The access of this patient" />
      {access.data && (
        <div className={styles['access']}>
          {restriction && <p>{restriction.reason}. Found only by {restriction.allowed.map(staffName).join(', ')}.</p>}
          {isStaff && <p>{staffName(isStaff)} is this patient and cannot write in this record.</p>}
          <div className={styles['accessActs']}>
            {restriction ? <ActionButton onClick={() => setAct('lift')}>Lift the restriction</ActionButton> : <ActionButton onClick={() => setAct('restrict')}>Restrict …</ActionButton>}
            {mayLink && (isStaff ? <ActionButton variant="subtle" onClick={() => setAct('unlink')}>Not a colleague</ActionButton> : <ActionButton variant="subtle" onClick={() => setAct('link')}>This is a colleague …</ActionButton>)}
          </div>
        </div>
      )}
      {act === 'restrict' && <RestrictDialog {...dialog} />}
      {act === 'lift' && <LiftDialog {...dialog} />}
      {act === 'link' && <LinkDialog {...dialog} />}
      {act === 'unlink' && <UnlinkDialog {...dialog} />}
    </Card>
  )
}
