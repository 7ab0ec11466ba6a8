import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { Role, roles as allRoles, type StaffRole } from '#shared/access/roles.ts'
import { UserName } from '#shared/domains/clinic/model.ts'
import { isGenericUserName } from '#shared/domains/clinic/rules.user-name.ts'
import { roleWords } from '#renderer/app/Header.tsx'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { optional, TextField } from '#renderer/ui/fields.tsx'
import { FieldRow, Form, FormSection } from '#renderer/ui/form.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import type { HandedOut } from './InviteCard.tsx'
import { proposedUserName } from './setup-draft.ts'
import { userNameAdvice } from './view.ts'
import styles from './Clinic.module.css'

interface AddPersonPanelProps {
  /** Another administrator exists, so making one more takes two people. */
  hasSecondAdministrator: boolean
  onInvited: (handedOut: HandedOut) => void
  onClose: () => void
}

export function AddPersonPanel({ hasSecondAdministrator, onInvited, onClose }: AddPersonPanelProps) {
  return (
    <SidePanel title="Invite a person" onClose={onClose}>
      <AddPersonForm hasSecondAdministrator={hasSecondAdministrator} onInvited={onInvited} />
    </SidePanel>
  )
}

const nothing = { givenName: '', familyName: '', title: '', credentials: '', userName: '' }

function AddPersonForm({ hasSecondAdministrator, onInvited }: Omit<AddPersonPanelProps, 'onClose'>) {
  const [ids] = useState(() => ({ userId: newId(), staffId: newId() }))
  const [fields, setFields] = useState(nothing)
  const [roles, setRoles] = useState<readonly StaffRole[]>([])
  const [isProvider, setProvider] = useState(false)
  const add = useCommand('clinic.addPerson')
  const set = (more: Partial<typeof nothing>) => setFields({ ...fields, ...more })
  const missing = missingIn(fields, roles)
  const submit = async () => {
    if (missing) return
    const { title, credentials, ...names } = fields
    const done = await add.run({ ...ids, ...names, title: title.trim() || null, credentials: credentials.trim() || null, isProvider, roles: [...roles] }).catch(() => undefined)
    if (done) onInvited(done)
  }
  const toggle = (role: StaffRole, isOn: boolean) => {
    setRoles(isOn ? [...roles, role] : roles.filter((one) => one !== role))
    if (role === Role.doctor) setProvider(isOn)
  }
  return (
    <Form where="Staff" submitLabel="Invite the person" onSubmit={() => void submit()}>
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
        <RoleChecks roles={roles} onToggle={toggle} withoutAdministrator={hasSecondAdministrator} />
        {hasSecondAdministrator && <p className={styles['quiet']}>Administrator: invite with another role, then change it with a second administrator.</p>}
        <Checkbox label="Has a column on the day" checked={isProvider} onChange={(event) => setProvider(event.currentTarget.checked)} />
        <FormSection title="Signs in with" note="a code that you hand over" line />
        <TextField
          label="User name" description="Theirs alone, and never given to anybody else" autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={40} value={fields.userName}
          error={isGenericUserName(fields.userName) ? userNameAdvice(fields.userName) : undefined} onChange={(event) => set({ userName: event.currentTarget.value.toLowerCase() })}
        />
        {add.refusal && <Notice tone="bad">{errorText(add.refusal)}</Notice>}
        <ActionButton variant="filled" type="submit" keyId="form.submit" running={add.isRunning} disabledReason={missing}>
          Invite the person
        </ActionButton>
      </div>
    </Form>
  )
}

interface RoleChecksProps { roles: readonly Role[]; onToggle: (role: StaffRole, isOn: boolean) => void; withoutAdministrator?: boolean }

export function RoleChecks({ roles, onToggle, withoutAdministrator = false }: RoleChecksProps) {
  return (
    <div className={styles['checks']} role="group" aria-label="Roles">
      {allRoles.filter((role) => !(withoutAdministrator && role === Role.administrator)).map((role) => (
        <Checkbox key={role} label={roleWords[role]} checked={roles.includes(role)} onChange={(event) => onToggle(role, event.currentTarget.checked)} />
      ))}
    </div>
  )
}

function missingIn({ givenName, familyName, userName }: typeof nothing, roles: readonly Role[]): string | undefined {
  if (givenName.trim() === '' || familyName.trim() === '') return 'The name is missing.'
  if (roles.length === 0) return 'Choose at least one role.'
  return UserName.safeParse(userName).success && !isGenericUserName(userName) ? undefined : userNameAdvice(userName)
}
