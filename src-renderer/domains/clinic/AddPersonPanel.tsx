import { Checkbox, PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { Role, roles as allRoles, type StaffRole } from '#shared/access/roles.ts'
import { UserName } from '#shared/domains/clinic/model.ts'
import { passwordProblem } from '#shared/domains/clinic/rules.password.ts'
import { useActor } from '#renderer/app/actor.tsx'
import { roleWords } from '#renderer/app/Header.tsx'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { optional, TextField } from '#renderer/ui/fields.tsx'
import { FieldRow, Form, FormSection } from '#renderer/ui/form.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { proposedUserName } from './setup-draft.ts'
import { passwordAdvice } from './view.password.ts'
import styles from './Clinic.module.css'

export function AddPersonPanel({ onClose }: { onClose: () => void }) {
  return (
    <SidePanel title="Add a person" onClose={onClose}>
      <AddPersonForm onDone={onClose} />
    </SidePanel>
  )
}

const nothing = { givenName: '', familyName: '', title: '', credentials: '', userName: '' }

function AddPersonForm({ onDone }: { onDone: () => void }) {
  const { clinic } = useActor()
  const [ids] = useState(() => ({ userId: newId(), staffId: newId() }))
  const [fields, setFields] = useState(nothing)
  const [roles, setRoles] = useState<readonly StaffRole[]>([])
  const [isProvider, setProvider] = useState(false)
  const [password, setPassword] = useState('')
  const add = useCommand('clinic.addPerson')
  const set = (more: Partial<typeof nothing>) => setFields({ ...fields, ...more })
  const weak = passwordProblem(password, [clinic.name, fields.userName, fields.familyName, fields.givenName])
  const missing = missingIn(fields, roles) ?? (weak && passwordAdvice(weak))
  const submit = async () => {
    if (missing) return
    const { title, credentials, ...names } = fields
    const done = await add.run({ ...ids, ...names, title: title.trim() || null, credentials: credentials.trim() || null, isProvider, roles: [...roles], password }).catch(() => undefined)
    if (!done) return
    showToast({ text: 'Added', strong: `${fields.givenName} ${fields.familyName}` })
    onDone()
  }
  const toggle = (role: StaffRole, isOn: boolean) => {
    setRoles(isOn ? [...roles, role] : roles.filter((one) => one !== role))
    if (role === Role.doctor) setProvider(isOn)
  }
  return (
    <Form where="Staff" submitLabel="Add the person" onSubmit={() => void submit()}>
      <div className={styles['panel']}>
        <FieldRow>
          <TextField label="First name" data-autofocus maxLength={80} value={fields.givenName} onChange={(event) => set({ givenName: event.currentTarget.value })} />
          <TextField
            label="Family name" maxLength={80} value={fields.familyName}
            onChange={(event) => set({ familyName: event.currentTarget.value, ...(fields.userName === proposedUserName(fields.familyName) ? { userName: proposedUserName(event.currentTarget.value) } : {}) })}
          />
        </FieldRow>
        <FieldRow>
          <TextField label={optional('Title')} maxLength={20} value={fields.title} onChange={(event) => set({ title: event.currentTarget.value })} />
          <TextField label={optional('Credentials')} maxLength={40} value={fields.credentials} onChange={(event) => set({ credentials: event.currentTarget.value })} />
        </FieldRow>
        <FormSection title="May do" line />
        <div className={styles['checks']} role="group" aria-label="Roles">
          {allRoles.map((role) => (
            <Checkbox key={role} label={roleWords[role]} checked={roles.includes(role)} onChange={(event) => toggle(role, event.currentTarget.checked)} />
          ))}
        </div>
        <Checkbox label="Has a column on the day" checked={isProvider} onChange={(event) => setProvider(event.currentTarget.checked)} />
        <FormSection title="Signs in with" note="the new person types the password here" line />
        <TextField label="User name" autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={40} value={fields.userName} onChange={(event) => set({ userName: event.currentTarget.value.toLowerCase() })} />
        <PasswordInput label="Password" description={passwordAdvice('too-short')} autoComplete="off" value={password} error={weak && [...password].length >= 12 ? passwordAdvice(weak) : undefined} onChange={(event) => setPassword(event.currentTarget.value)} />
        {add.refusal && <Notice tone="bad">{errorText(add.refusal)}</Notice>}
        <ActionButton variant="filled" type="submit" keyId="form.submit" running={add.isRunning} disabledReason={missing}>
          Add the person
        </ActionButton>
      </div>
    </Form>
  )
}

function missingIn({ givenName, familyName, userName }: typeof nothing, roles: readonly Role[]): string | undefined {
  if (givenName.trim() === '' || familyName.trim() === '') return 'The name is missing.'
  if (roles.length === 0) return 'Choose at least one role.'
  return UserName.safeParse(userName).success ? undefined : 'The user name takes letters, digits, dot and dash, and starts with a letter.'
}
