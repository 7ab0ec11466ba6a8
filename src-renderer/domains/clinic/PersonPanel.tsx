import { Checkbox, PasswordInput } from '@mantine/core'
import { useState } from 'react'
import type { Account } from '#shared/domains/clinic/contract.ts'
import { passwordProblem } from '#shared/domains/clinic/rules.password.ts'
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
import { PersonSignIn } from './PersonSignIn.tsx'
import { passwordAdvice } from './view.password.ts'
import { rolesOf } from './view.ts'
import styles from './Clinic.module.css'

export function PersonPanel({ account, onClose }: { account: Account; onClose: () => void }) {
  return (
    <SidePanel title={spokenName(account.staff)} headNote={rolesOf(account.roles)} onClose={onClose}>
      <PersonForm account={account} onDone={onClose} />
      <PasswordForm account={account} />
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

function PasswordForm({ account }: { account: Account }) {
  const { clinic } = useActor()
  const [password, setPassword] = useState('')
  const give = useCommand('clinic.setPassword')
  const weak = passwordProblem(password, [clinic.name, account.userName, account.staff.familyName, account.staff.givenName])
  const submit = async () => {
    if (weak || !(await give.run({ userId: account.userId, password }).catch(() => undefined))) return
    setPassword('')
    showToast({ text: 'New password for', strong: spokenName(account.staff) })
  }
  return (
    <form
      className={styles['panel']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <FormSection title={account.disabledAt ? 'Let in again' : 'New password'} note="typed here by the person" line />
      <PasswordInput label="Password" description={passwordAdvice('too-short')} autoComplete="off" value={password} error={weak && [...password].length >= 12 ? passwordAdvice(weak) : undefined} onChange={(event) => setPassword(event.currentTarget.value)} />
      {give.refusal && <Notice tone="bad">{errorText(give.refusal)}</Notice>}
      <ActionButton type="submit" running={give.isRunning} disabledReason={weak ? 'A password is missing.' : undefined}>
        {account.disabledAt ? 'Let in again' : 'Set the new password'}
      </ActionButton>
    </form>
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
