import { Checkbox, Select } from '@mantine/core'
import { useState } from 'react'
import type { CodeSet } from '#shared/domains/codes/contract.ts'
import { codeSystemNames, CodeSystemSchema, type CodeSystem } from '#shared/domains/codes/model.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { DataTable } from '#renderer/ui/DataTable.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { listDate } from '#renderer/ui/format.ts'
import { IconAlertTriangle, IconUpload } from '#renderer/ui/icons.ts'
import { EmptyState, QueryState } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { CodeImportPanel } from './CodeImportPanel.tsx'
import { ageWords, editionWords } from './view.ts'
import styles from './CodesPage.module.css'

/** Which code sets the clinic has, of which year, and what a search in them answers. */
export function CodesPage() {
  const query = useApiQuery('codes.listSets', {})
  const [isImporting, setImporting] = useState(false)
  useKeys([{ id: 'codes.import', keys: 'I', label: 'Import code file', where: 'Codes', run: () => setImporting(true) }])
  const sets = query.data ?? []
  return (
    <Screen
      title="Codes" meta="diagnoses, services, vaccines and units" body="fill"
      footer={<ActionButton variant="filled" keyId="codes.import" icon={<IconUpload size={16} stroke={1.8} />} onClick={() => setImporting(true)}>Import code file</ActionButton>}
    >
      <QueryState query={query} what="The list of code sets" />
      {query.data && <Sets sets={sets} />}
      {sets.length > 0 && <TryOut sets={sets} />}
      {isImporting && <CodeImportPanel onClose={() => setImporting(false)} />}
    </Screen>
  )
}

function Sets({ sets }: { sets: readonly CodeSet[] }) {
  const zone = useZone()
  const today = useToday()
  return (
    <div className={styles['sets']}>
      <DataTable
        label="Code sets" rows={sets.map((set) => ({ ...set, id: set.system }))} letterKeys={false}
        empty={<EmptyState title="No code set yet">Import the order file that CMS publishes each year, or a table of codes.</EmptyState>}
        columns={[
          { accessor: 'title', title: 'Code set', width: 150, render: (set) => <b>{set.title}</b> },
          { accessor: 'edition', title: 'Edition', render: (set) => <Edition set={set} /> },
          { accessor: 'source', title: 'From', width: 170, render: (set) => <span className={styles['quiet']}>{set.source}</span> },
          { accessor: 'importedAt', title: 'Since', width: 90, render: (set) => <span className={styles['quiet']}>{listDate(dateInZone(set.importedAt, zone), today)}</span> },
          { accessor: 'codeCount', title: 'Codes', width: 80, textAlign: 'right', render: (set) => set.codeCount.toLocaleString('en-US') },
        ]}
      />
    </div>
  )
}

function Edition({ set }: { set: CodeSet }) {
  const age = ageWords(set)
  return (
    <span className={styles['edition']}>
      {editionWords(set.edition)}
      {age && <Tag tone="warn" icon={IconAlertTriangle}>{age}</Tag>}
    </span>
  )
}

/** The same search as in a note, to see what a set answers. */
function TryOut({ sets }: { sets: readonly CodeSet[] }) {
  const [system, setSystem] = useState<CodeSystem>(sets[0]?.system ?? 'icd10cm')
  const [text, setText] = useState('')
  const [withHeadings, setWithHeadings] = useState(false)
  const answer = useApiQuery('codes.search', { system, text, billableOnly: !withHeadings }, { keepPrevious: true })
  const rows = (answer.data ?? []).map((code) => ({ ...code, id: code.code }))
  return (
    <>
      <div className={styles['find']}>
        <Select label="Look in" data={sets.map((set) => ({ value: set.system, label: set.title }))} value={system} allowDeselect={false} onChange={(value) => setSystem(CodeSystemSchema.catch(system).parse(value))} />
        <TextField label="Words or the beginning of a code" data-autofocus value={text} maxLength={80} onChange={(event) => setText(event.currentTarget.value)} />
        <Checkbox label="Headings too" checked={withHeadings} onChange={(event) => setWithHeadings(event.currentTarget.checked)} />
      </div>
      <div className={styles['results']}>
        <QueryState query={answer} what="The search" />
        {answer.data && (
          <DataTable
            label={`Codes found in ${codeSystemNames[system]}`} rows={rows} empty={<NothingFound isAsked={text.trim() !== ''} />}
            columns={[
              { accessor: 'code', title: 'Code', width: 110, render: (code) => <span className="code">{code.code}</span> },
              { accessor: 'label', title: 'Words', render: (code) => code.label },
              { accessor: 'billable', title: 'Kind', width: 110, render: (code) => (code.billable ? null : <Tag>Heading</Tag>) },
            ]}
          />
        )}
      </div>
    </>
  )
}

function NothingFound({ isAsked }: { isAsked: boolean }) {
  if (!isAsked) return <EmptyState title="Type to search">Words in any order, by their beginning, or the first characters of a code. What you use most stands here before you type.</EmptyState>
  return <EmptyState title="No code has these words">Try fewer or shorter words: “diab foot” finds what “diabetic foot” finds.</EmptyState>
}
