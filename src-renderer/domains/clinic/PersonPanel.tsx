import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import type { Account } from '#shared/domains/clinic/contract.ts'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { optional, TextField } from '#renderer/ui/fields.tsx'
import { FieldRow, Form } from '#renderer/ui/form.tsx'
import { spokenName } from '#renderer/ui/format.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import type { HandedOut } from './InviteCard.tsx'
import { PersonAccess } from './PersonAccess.tsx'
import { PersonRoles } from './PersonRoles.tsx'
import { PersonSessions } from './PersonSessions.tsx'
import { PersonSignIn } from './PersonSignIn.tsx'
import { rolesOf } from './view.ts'
import styles from './Clinic.module.css'

interface PersonPanelProps {
  account: Account
  onInvited: (handedOut: HandedOut) => void
  onClose: () => void
}

/** One person: how they are named, what they may do, where they are signed in, and how they get in or out. */
export function PersonPanel({ account, onInvited, onClose }: PersonPanelProps) {
  return (
    <SidePanel title={spokenName(account.staff)} headNote={rolesOf(account.roles)} onClose={onClose} width={470}>
      <PersonForm account={account} />
      <PersonRoles key={account.roles.join()} account={account} />
      <PersonSessions account={account} />
      <PersonSignIn account={account} />
      <PersonAccess account={account} onInvited={onInvited} />
    </SidePanel>
  )
}

function PersonForm({ account }: { account: Account }) {
  const { isActive: _isActive, ...before } = account.staff
  const [staff, setStaff] = useState(before)
  const save = useCommand('clinic.saveStaff')
  const missing = staff.givenName.trim() === '' || staff.familyName.trim() === '' ? 'The name is missing.' : undefined
  const set = (more: Partial<typeof staff>) => setStaff({ ...staff, ...more })
  const submit = async () => {
    if (missing || !(await save.run(staff).catch(() => undefined))) return
    showToast({ text: 'Saved', strong: spokenName(staff) })
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
