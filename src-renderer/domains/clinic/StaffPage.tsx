import { useState } from 'react'
import type { Account } from '#shared/domains/clinic/contract.ts'
import { isActiveAdministrator } from '#shared/domains/clinic/rules.people.ts'
import { staffName, useActor, useToday, useZone } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { useCarried, useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { DataTable } from '#renderer/ui/DataTable.tsx'
import { count, dateTime, listName } from '#renderer/ui/format.ts'
import { IconUserPlus } from '#renderer/ui/icons.ts'
import { QueryState } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { AddPersonPanel } from './AddPersonPanel.tsx'
import { InviteCard, type HandedOut } from './InviteCard.tsx'
import { PersonPanel } from './PersonPanel.tsx'
import { rolesOf } from './view.ts'
import styles from './Clinic.module.css'

/** Who works here, what they may do, and whether they can still sign in. */
export function StaffPage() {
  const query = useApiQuery('clinic.listAccounts', {})
  const carried = useCarried()
  const go = useGo()
  const { userId } = useActor()
  const [open, setOpen] = useState<string | undefined>(carried['act'] === 'add' ? 'new' : undefined)
  const [printed, setPrinted] = useState(carried['act'] === 'invited' ? carried : undefined)
  const [handedOut, setHandedOut] = useState<HandedOut>()
  const [activeId, setActiveId] = useState<string>()
  const zone = useZone()
  const today = useToday()
  useKeys([{ id: 'staff.add', keys: 'N', label: 'Invite a person', where: 'Staff', run: () => setOpen('new') }])
  const rows = (query.data ?? []).map((account) => ({ ...account, id: account.userId }))
  const shown = rows.find((row) => row.userId === open)
  // Back from the printer the code is still here; it goes when the panel is closed.
  const back = rows.find((row) => row.userId === printed?.['userId'])
  const invited = handedOut ?? (back && printed ? { account: back, invite: { code: printed['code'] ?? '', expiresAt: printed['expiresAt'] ?? '' } } : undefined)
  const close = () => {
    setOpen(undefined)
    setHandedOut(undefined)
    setPrinted(undefined)
  }
  const print = ({ account, invite }: HandedOut) =>
    go(paths.printInvite(), { userId: account.userId, name: staffName(account.staff), userName: account.userName, code: invite.code, expiresAt: invite.expiresAt })
  const lastSignIn = (row: Account) => (row.lastSignInAt ? dateTime(row.lastSignInAt, zone, today) : 'never')
  return (
    <Screen
      title="Staff" meta={query.data && count(rows.filter((row) => !row.disabledAt).length, 'person can sign in', 'people can sign in')} body="fill"
      footer={<ActionButton variant="filled" keyId="staff.add" icon={<IconUserPlus size={16} stroke={1.8} />} onClick={() => setOpen('new')}>Invite a person</ActionButton>}
    >
      <div className={styles['list']}>
        <QueryState query={query} what="The staff list" />
        {query.data && (
          <DataTable
            label="Staff" rows={rows} activeId={activeId} onActiveChange={(row) => setActiveId(row.id)} onOpen={(row) => setOpen(row.id)}
            columns={[
              { accessor: 'name', title: 'Name', render: ({ staff, disabledAt }) => <span className={disabledAt ? styles['off'] : styles['name']}>{listName(staff)}{staff.credentials && `, ${staff.credentials}`}</span> },
              { accessor: 'roles', title: 'Roles', width: 170, render: (row) => rolesOf(row.roles) },
              { accessor: 'column', title: 'On the day', width: 110, render: ({ staff }) => (staff.isProvider ? 'Own column' : '') },
              { accessor: 'user', title: 'User name', width: 110, render: (row) => <span className="code">{row.userName}</span> },
              { accessor: 'last', title: 'Last sign-in', width: 140, render: lastSignIn },
              { accessor: 'state', title: 'Account', width: 110, render: (row) => (row.disabledAt ? <Tag tone="warn">Switched off</Tag> : row.isPrivacyOfficer && <Tag>Privacy</Tag>) },
            ]}
          />
        )}
      </div>
      {invited && <InviteCard key={invited.invite.code} handedOut={invited} onPrint={() => print(invited)} onClose={close} />}
      {!invited && open === 'new' && <AddPersonPanel hasSecondAdministrator={rows.some((row) => row.userId !== userId && isActiveAdministrator(row))} onInvited={setHandedOut} onClose={close} />}
      {!invited && shown && <PersonPanel key={shown.userId} account={shown} onInvited={setHandedOut} onClose={close} />}
    </Screen>
  )
}
