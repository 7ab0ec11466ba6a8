import { useState } from 'react'
import type { Account } from '#shared/domains/clinic/contract.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { useCarried } from '#renderer/app/navigation.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { DataTable } from '#renderer/ui/DataTable.tsx'
import { count, dateTime, listName } from '#renderer/ui/format.ts'
import { IconUserPlus } from '#renderer/ui/icons.ts'
import { QueryState } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { AddPersonPanel } from './AddPersonPanel.tsx'
import { PersonPanel } from './PersonPanel.tsx'
import { rolesOf } from './view.ts'
import styles from './Clinic.module.css'

/** Who works here, what they may do, and whether they can still sign in. */
export function StaffPage() {
  const query = useApiQuery('clinic.listAccounts', {})
  const wantsToAdd = useCarried()['act'] === 'add'
  const [open, setOpen] = useState<string | undefined>(wantsToAdd ? 'new' : undefined)
  const [activeId, setActiveId] = useState<string>()
  const zone = useZone()
  const today = useToday()
  useKeys([{ id: 'staff.add', keys: 'N', label: 'Add a person', where: 'Staff', run: () => setOpen('new') }])
  const rows = (query.data ?? []).map((account) => ({ ...account, id: account.userId }))
  const shown = rows.find((row) => row.userId === open)
  const lastSignIn = (row: Account) => (row.lastSignInAt ? dateTime(row.lastSignInAt, zone, today) : 'never')
  return (
    <Screen
      title="Staff" meta={query.data && count(rows.filter((row) => !row.disabledAt).length, 'person can sign in', 'people can sign in')} body="fill"
      footer={<ActionButton variant="filled" keyId="staff.add" icon={<IconUserPlus size={16} stroke={1.8} />} onClick={() => setOpen('new')}>Add a person</ActionButton>}
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
              { accessor: 'state', title: 'Account', width: 110, render: (row) => row.disabledAt && <Tag tone="warn">Switched off</Tag> },
            ]}
          />
        )}
      </div>
      {open === 'new' && <AddPersonPanel onClose={() => setOpen(undefined)} />}
      {shown && <PersonPanel key={shown.userId} account={shown} onClose={() => setOpen(undefined)} />}
    </Screen>
  )
}
