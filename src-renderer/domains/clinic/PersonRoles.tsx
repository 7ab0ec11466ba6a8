import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { roles as allRoles, type StaffRole } from '#shared/access/roles.ts'
import type { Account } from '#shared/domains/clinic/contract.ts'
import { useActor } from '#renderer/app/actor.tsx'
import { SecondPerson } from '#renderer/app/approval/SecondPerson.tsx'
import { useTwoPerson } from '#renderer/app/approval/two-person.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { FormSection } from '#renderer/ui/form.tsx'
import { spokenName } from '#renderer/ui/format.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { RoleChecks } from './AddPersonPanel.tsx'
import { rolesOf } from './view.ts'
import styles from './Clinic.module.css'

/** What a person may do is changed by two people, and never by the person. */
export function PersonRoles({ account }: { account: Account }) {
  const { userId, staff } = account
  const isOwn = useActor().userId === userId
  const [roles, setRoles] = useState<readonly StaffRole[]>(allRoles.filter((role) => account.roles.includes(role)))
  const change = useTwoPerson('clinic.changeRoles')
  const officer = useTwoPerson('clinic.setPrivacyOfficer')
  if (isOwn || account.disabledAt) {
    return (
      <div className={styles['panel']}>
        <FormSection title="May do" line />
        <p>{rolesOf(account.roles)}{account.isPrivacyOfficer && ', privacy officer'}</p>
        <p className={styles['quiet']}>{isOwn ? 'This is your own account. Another administrator changes what you may do.' : 'The account is switched off.'}</p>
      </div>
    )
  }
  const waiting = change.waiting ?? officer.waiting
  const stop = change.waiting ? change.stopWaiting : officer.stopWaiting
  const changed = () => {
    stop()
    showToast({ text: 'Changed what may be done by', strong: spokenName(staff) })
  }
  if (waiting) {
    return (
      <div className={styles['panel']}>
        <FormSection title="May do" line />
        <SecondPerson waiting={waiting} act={`Changing what ${spokenName(staff)} may do`} reason={change.waiting ? `Roles: ${rolesOf([...roles])}` : 'Privacy officer'} onApproved={changed} onAsked={stop} onCancel={stop} />
      </div>
    )
  }
  const isSame = roles.length === account.roles.length && roles.every((role) => account.roles.includes(role))
  const missing = roles.length === 0 ? 'Choose at least one role.' : isSame ? 'Nothing is changed yet.' : undefined
  const run = async (act: Promise<unknown>) => {
    if (await act) changed()
  }
  const refusal = change.refusal ?? officer.refusal
  return (
    <div className={styles['panel']}>
      <FormSection title="May do" note="two people change it" line />
      <RoleChecks roles={roles} onToggle={(role, isOn) => setRoles(allRoles.filter((one) => (one === role ? isOn : roles.includes(one))))} />
      <Checkbox
        label="Privacy officer" description="Looks through everybody’s activity and reviews emergency access" checked={account.isPrivacyOfficer}
        onChange={(event) => void run(officer.run({ userId, isPrivacyOfficer: event.currentTarget.checked }))}
      />
      {refusal && <Notice tone="bad">{errorText(refusal)}</Notice>}
      <ActionButton running={change.isRunning} disabledReason={missing} onClick={() => void run(change.run({ userId, roles: [...roles] }))}>Change the roles</ActionButton>
    </div>
  )
}
