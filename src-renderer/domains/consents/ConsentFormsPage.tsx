import { useState } from 'react'
import type { ConsentForm } from '#shared/domains/consents/model.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { DataTable } from '#renderer/ui/DataTable.tsx'
import { dateTime } from '#renderer/ui/format.ts'
import { IconPlus } from '#renderer/ui/icons.ts'
import { EmptyState, Notice, QueryState } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { ConsentFormPanel } from './ConsentFormPanel.tsx'
import styles from './Consents.module.css'
import { scopeWords, validityWords } from './words.ts'

/** What the clinic asks its patients to sign. */
export function ConsentFormsPage() {
  const zone = useZone()
  const today = useToday()
  const query = useApiQuery('consents.listForms', {})
  const [edited, setEdited] = useState<ConsentForm | 'new'>()
  const [activeId, setActiveId] = useState<string>()
  useKeys([{ id: 'consents.new-form', keys: 'N', label: 'New consent form', where: 'Consent forms', run: () => setEdited('new') }])
  return (
    <Screen
      title="Consent forms" meta="what patients sign" body="fill"
      footer={<ActionButton variant="filled" keyId="consents.new-form" icon={<IconPlus size={16} stroke={1.8} />} onClick={() => setEdited('new')}>New form</ActionButton>}
    >
      <div className={styles['list']}>
        <QueryState query={query} what="The forms" />
        {query.data && (
          <DataTable
            label="Consent forms" rows={query.data} activeId={activeId} onActiveChange={(row) => setActiveId(row.id)} onOpen={setEdited} empty={<NoForms />}
            columns={[
              { accessor: 'name', title: 'Form', render: (form) => <><span className={form.isActive ? styles['name'] : styles['inactive']}>{form.name}</span> {!form.isActive && <Tag>Not asked</Tag>} {!form.isReviewed && <Tag tone="warn">To be reviewed by a lawyer</Tag>}</> },
              { accessor: 'validity', title: 'Asked', width: 130, render: (form) => <span className={styles['quiet']}>{validityWords[form.validity]}</span> },
              { accessor: 'scope', title: 'At', width: 150, render: (form) => <span className={styles['quiet']}>{scopeWords[form.scope]}</span> },
              { accessor: 'version', title: 'Version', width: 80, textAlign: 'right', render: (form) => <span className="code">{form.version}</span> },
              { accessor: 'saved', title: 'Saved', width: 220, render: (form) => <span className={styles['quiet']}>{dateTime(form.savedAt, zone, today)}, {form.savedBy}</span> },
            ]}
          />
        )}
      </div>
      {edited && <ConsentFormPanel key={edited === 'new' ? 'new' : edited.id} form={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />}
    </Screen>
  )
}

function NoForms() {
  const starter = useCommand('consents.addStarterForms')
  return (
    <EmptyState
      title="The clinic asks its patients to sign nothing yet"
      action={<ActionButton variant="filled" running={starter.isRunning} onClick={() => void starter.run({}).catch(() => undefined)}>Start with four texts</ActionButton>}
    >
      Consent to treatment, privacy notice, financial responsibility, visits by video. They are a beginning and no legal advice: each stays marked until you have had it reviewed and say so.
      {starter.refusal && <Notice tone="bad">{errorText(starter.refusal)}</Notice>}
    </EmptyState>
  )
}
