import { MultiSelect, Select } from '@mantine/core'
import { useState } from 'react'
import { limits } from '#shared/kernel/limits.ts'
import { staffName, useActor } from '#renderer/app/actor.tsx'
import { SecondPerson } from '#renderer/app/approval/SecondPerson.tsx'
import { useTwoPerson } from '#renderer/app/approval/two-person.ts'
import { useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { ConfirmAction } from '#renderer/ui/ConfirmAction.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { Form } from '#renderer/ui/form.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import styles from './Patient.module.css'

// The acts of the access card. A restriction takes two people, both ways; whose own record this is takes one.

interface DialogProps { patientId: string; onClose: () => void }

/** Everybody who has an account, as choices. */
function useNames(): { value: string; label: string }[] {
  return (useApiQuery('access.listPeople', {}).data ?? []).map((one) => ({ value: one.userId, label: staffName(one.staff) }))
}

export function RestrictDialog({ patientId, onClose }: DialogProps) {
  const { userId } = useActor()
  const names = useNames()
  const command = useTwoPerson('access.restrictPatient')
  const [id] = useState(newId)
  const [allowed, setAllowed] = useState<string[]>([userId])
  const [reason, setReason] = useState('')
  const missing = allowed.length === 0 ? 'Name at least one colleague.' : reason.trim() === '' ? 'Say why, in a few words.' : undefined
  const done = () => {
    showToast({ text: 'Restricted: found only by the people you named' })
    onClose()
  }
  const run = async () => {
    if (!missing && (await command.run({ id, patientId, reason: reason.trim(), allowedUserIds: allowed })) !== undefined) done()
  }
  return (
    <Dialog title="Restrict this patient" size={560} onClose={onClose}>
      {command.waiting ? (
        <SecondPerson waiting={command.waiting} act="Restricting a patient" reason={reason.trim()} onApproved={done} onAsked={onClose} onCancel={command.stopWaiting} />
      ) : (
        <Form submitLabel="Restrict" where="Restrict this patient" onSubmit={() => void run()}>
          <p>Everybody else will not find this patient. On the day their time is shown as taken, without a name. In an emergency the chart can still be opened, and that is reviewed.</p>
          <MultiSelect label="Who still finds this patient" searchable data={names} value={allowed} onChange={setAllowed} comboboxProps={{ withinPortal: false }} />
          <TextField label="Why" data-autofocus autoComplete="off" maxLength={limits.line_chars} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
          {command.refusal && <Notice tone="bad" title="Not done.">{errorText(command.refusal)}</Notice>}
          <div className={styles['dialogActs']}>
            <ActionButton onClick={onClose} keys="Esc">Leave it</ActionButton>
            <ActionButton type="submit" variant="filled" keyId="form.submit" running={command.isRunning} disabledReason={missing} reasonAt="left">Restrict</ActionButton>
          </div>
        </Form>
      )}
    </Dialog>
  )
}

export function LiftDialog({ patientId, onClose }: DialogProps) {
  const command = useTwoPerson('access.unrestrictPatient')
  const done = () => {
    showToast({ text: 'The restriction is lifted' })
    onClose()
  }
  const run = async () => {
    if ((await command.run({ patientId })) !== undefined) done()
  }
  if (command.waiting) {
    return (
      <Dialog title="Lift the restriction?" size={560} onClose={onClose}>
        <SecondPerson waiting={command.waiting} act="Lifting a restriction" reason="" onApproved={done} onAsked={onClose} onCancel={command.stopWaiting} />
      </Dialog>
    )
  }
  return (
    <ConfirmAction title="Lift the restriction?" confirmLabel="Lift it" cancelLabel="Keep it" onConfirm={run} onClose={onClose}>
      The whole clinic finds this patient again, in the search and on the day.
      {command.refusal && <Notice tone="bad" title="Not done.">{errorText(command.refusal)}</Notice>}
    </ConfirmAction>
  )
}

export function LinkDialog({ patientId, onClose }: DialogProps) {
  const names = useNames()
  const command = useCommand('access.linkOwnChart')
  const [userId, setUserId] = useState<string | null>(null)
  const run = async () => {
    if (userId !== null && (await command.run({ userId, patientId }).then(() => true, () => false))) onClose()
  }
  return (
    <Dialog title="A colleague’s own record" onClose={onClose}>
      <Form submitLabel="Keep" where="A colleague’s own record" onSubmit={() => void run()}>
        <p>Nobody writes in their own record, and no emergency opens it for them.</p>
        <Select label="Colleague" data-autofocus searchable data={names} value={userId} onChange={setUserId} comboboxProps={{ withinPortal: false }} />
        {command.refusal && <Notice tone="bad" title="Not kept.">{errorText(command.refusal)}</Notice>}
        <div className={styles['dialogActs']}>
          <ActionButton onClick={onClose} keys="Esc">Leave it</ActionButton>
          <ActionButton type="submit" variant="filled" keyId="form.submit" running={command.isRunning} disabledReason={userId === null ? 'Choose the colleague.' : undefined} reasonAt="left">Keep</ActionButton>
        </div>
      </Form>
    </Dialog>
  )
}

export function UnlinkDialog({ patientId, onClose }: DialogProps) {
  const linked = useApiQuery('access.listPeople', {}).data?.find((one) => one.selfPatientId === patientId)
  const command = useCommand('access.linkOwnChart')
  const run = async () => {
    if (linked && (await command.run({ userId: linked.userId, patientId: null }).then(() => true, () => false))) onClose()
  }
  return (
    <ConfirmAction title="Not a colleague’s record?" confirmLabel="Take the link away" cancelLabel="Keep it" onConfirm={run} onClose={onClose}>
      {linked ? `${staffName(linked.staff)} may write in this record again.` : 'The colleague may write in this record again.'}
      {command.refusal && <Notice tone="bad" title="Not done.">{errorText(command.refusal)}</Notice>}
    </ConfirmAction>
  )
}
