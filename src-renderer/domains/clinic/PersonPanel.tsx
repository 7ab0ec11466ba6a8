import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import type { Account, Invited } from '#shared/domains/clinic/contract.ts'
import { useActor } from '#renderer/app/actor.tsx'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { ConfirmAction } from '#renderer/ui/ConfirmAction.tsx'
import { optional, TextField } from '#renderer/ui/fields.tsx'
import { FieldRow, Form, FormSection } from '#renderer/ui/form.tsx'
import { spokenName } from '#renderer/ui/format.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { InviteSlip } from './InviteSlip.tsx'
import { PersonSignIn } from './PersonSignIn.tsx'
import { rolesOf } from './view.ts'
import styles from './Clinic.module.css'

export function PersonPanel({ account, onClose }: { account: Account; onClose: () => void }) {
  return (
    <SidePanel title={spokenName(account.staff)} headNote={rolesOf(account.roles)} onClose={onClose}>
      <PersonForm account={account} onDone={onClose} />
      <AccessForm account={account} />
      <PersonSignIn account={account} />
      <SwitchOff account={account} />
    </SidePanel>
  )
}

function PersonForm({ account, onDone }: { account: Account; onDone: () => void }) {
  const { isActive: _isActive, ...before } = account.staff
  const [staff, setStaff] = useState(before)
  const save = useCommand('clinic.saveStaff')
  const missing = staff.givenName.trim() === '' || staff.familyName.trim() === '' ? 'The name is missing.' : undefined
  const set = (more: Partial<typeof staff>) => setStaff({ ...staff, ...more })
  const submit = async () => {
    if (missing || !(await save.run(staff).catch(() => undefined))) return
    showToast({ text: 'Saved', strong: spokenName(staff) })
    onDone()
  }
  return (
    <Form where="Staff" submitLabel="Save" onSubmit={() => void submit()}>
      <div className={styles['panel']}>
        <FieldRow>
          <TextField label="First name" data-autofocus maxLength={80} value={staff.givenName} onChange={(event) => set({ givenName: event.currentTarget.value })} />
          <TextField label="Family name" maxLength={80} value={staff.familyName} onChange={(event) => set({ familyName: event.currentTarget.value })} />
        </FieldRow>
        <FieldRow>
          <TextField label={optional('Title')} maxLength={20} value={staff.title ?? ''} onChange={(event) => set({ title: event.currentTarget.value || null })} />
          <TextField label={optional('Credentials')} maxLength={40} value={staff.credentials ?? ''} onChange={(event) => set({ credentials: event.currentTarget.value || null })} />
        </FieldRow>
        <Checkbox label="Has a column on the day" checked={staff.isProvider} onChange={(event) => set({ isProvider: event.currentTarget.checked })} />
        {save.refusal && <Notice tone="bad">{errorText(save.refusal)}</Notice>}
        <ActionButton variant="filled" type="submit" keyId="form.submit" running={save.isRunning} disabledReason={missing}>
          Save
        </ActionButton>
      </div>
    </Form>
  )
}

/** The administrator hands over a code and never learns the password (NIST SP 800-63B-4; R22). */
function AccessForm({ account }: { account: Account }) {
  const actor = useActor()
  const [isAsking, setAsking] = useState(false)
  const [invited, setInvited] = useState<Invited>()
  const reset = useCommand('clinic.resetAccess')
  const own = account.userId === actor.userId ? 'Your own password is changed from your name, at the top of the window.' : undefined
  const label = account.disabledAt ? 'Let in again' : 'Give a new invitation'
  if (invited) return <InviteSlip invited={invited} onDone={() => setInvited(undefined)} />
  return (
    <div className={styles['panel']}>
      <FormSection title={account.disabledAt ? 'Let in again' : 'Password lost'} note="with a one-time code" line />
      <ActionButton disabledReason={own} onClick={() => setAsking(true)}>
        {label}
      </ActionButton>
      {isAsking && (
        <ConfirmAction
          title={`A new invitation for ${spokenName(account.staff)}?`} confirmLabel={label} cancelLabel="Leave it" onClose={() => setAsking(false)}
          onConfirm={async () => {
            await reset.run({ userId: account.userId }).then(
              (given) => {
                setInvited(given)
                setAsking(false)
              },
              () => undefined,
            )
          }}
        >
          The password of today opens nothing any more and open windows of this person end. A code is shown once; with it the person chooses a new password within 24 hours.
          {reset.refusal && <Notice tone="bad">{errorText(reset.refusal)}</Notice>}
        </ConfirmAction>
      )}
    </div>
  )
}

function SwitchOff({ account }: { account: Account }) {
  const actor = useActor()
  const [isAsking, setAsking] = useState(false)
  const disable = useCommand('clinic.disablePerson')
  if (account.disabledAt) return null
  const own = account.userId === actor.userId ? 'This is your own account. Another administrator can switch it off.' : undefined
  return (
    <div className={styles['panel']}>
      <FormSection title="Leaves the clinic" line />
      <ActionButton disabledReason={own} onClick={() => setAsking(true)}>
        Switch the account off
      </ActionButton>
      {isAsking && (
        <ConfirmAction
          title={`Switch off ${spokenName(account.staff)}?`} confirmLabel="Switch off" cancelLabel="Keep the account" onClose={() => setAsking(false)}
          onConfirm={async () => {
            if (await disable.run({ userId: account.userId }).catch(() => undefined)) setAsking(false)
          }}
        >
          The password opens nothing from now on and every open window of this person ends. What they wrote and signed stays under their name.
          {disable.refusal && <Notice tone="bad">{errorText(disable.refusal)}</Notice>}
        </ConfirmAction>
      )}
    </div>
  )
}
