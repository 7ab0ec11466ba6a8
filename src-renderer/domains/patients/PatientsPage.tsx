import { TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import type { ListCursor } from '#shared/domains/patients/contract.ts'
import type { PatientRow } from '#shared/domains/patients/model.ts'
import { useMay, useToday } from '#renderer/app/actor.tsx'
import { KeyHint, useKeys } from '#renderer/app/keys/keys.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { type Column, DataTable } from '#renderer/ui/DataTable.tsx'
import { ageSex, count, date as dateText, listName, mrn, phone as phoneText } from '#renderer/ui/format.ts'
import { IconFilter } from '#renderer/ui/icons.ts'
import { EmptyState, NotFound, QueryState } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import styles from './Patients.module.css'

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
const PAGE = 100

/** Everybody, by family name, a page at a time; or who fits the filter. */
export function PatientsPage() {
  const [text, setText] = useState('')
  const filter = useRef<HTMLInputElement>(null)
  useKeys([{ id: 'patients.filter', keys: '/', label: 'Filter the list', where: 'Patients', run: () => filter.current?.focus() }])
  const wanted = text.trim()
  return (
    <Screen
      title="Patients"
      body="fill"
      filter={
        <TextInput
          ref={filter} className={styles['filter'] ?? ''} aria-label="Filter the list" value={text} autoComplete="off" spellCheck={false}
          leftSection={<IconFilter size={16} stroke={1.7} aria-hidden />} rightSection={<KeyHint of="patients.filter" />}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && text !== '') {
              event.stopPropagation()
              setText('')
            }
          }}
        />
      }
    >
      {wanted === '' ? <AllPatients /> : <FoundPatients text={wanted} />}
    </Screen>
  )
}

function AllPatients() {
  const go = useGo()
  const mayRegister = useMay('patient.write')
  /** The pages on the way here; the last one is shown. */
  const [cursors, setCursors] = useState<readonly (ListCursor | null)[]>([null])
  const after = cursors.at(-1) ?? null
  const page = useApiQuery('patients.list', { after, limit: PAGE }, { keepPrevious: true })
  const next = page.data?.next
  const toNext = () => next && setCursors([...cursors, next])
  const toPrevious = () => cursors.length > 1 && setCursors(cursors.slice(0, -1))
  useKeys([
    { id: 'patients.next', keys: '→', label: 'Next page', where: 'Patients', run: toNext },
    { id: 'patients.previous', keys: '←', label: 'Page before', where: 'Patients', run: toPrevious },
  ])
  return (
    <div className={styles['list']}>
      <QueryState query={page} what="The list of patients" />
      {page.data && <PatientTable rows={page.data.rows} empty={<EmptyState title="No patients yet">Whoever is registered appears here.</EmptyState>} />}
      <nav className={styles['pages']} aria-label="Pages">
        <div className={styles['letters']}>
          {LETTERS.map((letter) => (
            <button key={letter} type="button" onClick={() => setCursors([null, { sortName: letter.toLowerCase(), id: '' }])} aria-label={`Names from ${letter}`}>
              {letter}
            </button>
          ))}
        </div>
        <ActionButton keyId="patients.previous" disabledReason={cursors.length === 1 && 'This is the first page.'} reasonAt="hidden" onClick={toPrevious}>
          Before
        </ActionButton>
        <ActionButton keyId="patients.next" disabledReason={!next && 'This is the last page.'} reasonAt="hidden" onClick={toNext}>
          Next
        </ActionButton>
        <DuplicatesButton />
        {mayRegister && (
          <ActionButton variant="filled" keyId="patients.register" onClick={() => go(paths.registerPatient())}>
            Register patient
          </ActionButton>
        )}
      </nav>
    </div>
  )
}

/** Only where there is something to look at. */
function DuplicatesButton() {
  const go = useGo()
  const mayMerge = useMay('patient.merge')
  const pairs = useApiQuery('patients.countDuplicates', {}, { enabled: mayMerge })
  if (!pairs.data) return null
  return <ActionButton onClick={() => go(paths.duplicates())}>{count(pairs.data, 'likely duplicate')}</ActionButton>
}

function FoundPatients({ text }: { text: string }) {
  const go = useGo()
  const mayRegister = useMay('patient.write')
  const found = useApiQuery('patients.search', { text }, { keepPrevious: true })
  const isNobody = found.data?.length === 0
  const closest = useApiQuery('patients.closest', { text }, { enabled: isNobody })
  const [near] = closest.data ?? []
  if (found.isPending || found.isError) return <QueryState query={found} what="The search" />
  if (!isNobody) return <PatientTable rows={found.data} empty={null} />
  return (
    <div className={styles['nobody']}>
      <NotFound
        title={`No patient matches “${text}”`}
        closest={near && { label: `${listName(near)}, born ${dateText(near.birthDate)}`, onOpen: () => go(paths.openPatient(near.id)) }}
        action={mayRegister && (
          <ActionButton keys="Ctrl+Shift+N" onClick={() => go(paths.registerPatient(), { query: text })}>
            Register “{text}”
          </ActionButton>
        )}
      />
    </div>
  )
}

function PatientTable({ rows, empty }: { rows: readonly PatientRow[]; empty: React.ReactNode }) {
  const go = useGo()
  const today = useToday()
  const [activeId, setActiveId] = useState<string>()
  const columns: Column<PatientRow>[] = [
    {
      accessor: 'name', title: 'Patient',
      render: (row) => (
        <span className={styles['name']} data-quiet={row.inactiveReason !== null || undefined}>
          <b>{listName(row)}</b> {row.deceasedOn ? <Tag tone="bad">Deceased</Tag> : row.inactiveReason && <Tag>Inactive</Tag>}
        </span>
      ),
    },
    { accessor: 'age', title: 'Age, sex', width: 110, render: (row) => ageSex(row.birthDate, row.sex, today) },
    { accessor: 'birthDate', title: 'Born', width: 130, render: (row) => dateText(row.birthDate) },
    { accessor: 'mrn', title: 'MRN', width: 110, textAlign: 'right', render: (row) => <span className="code">{mrn(row.mrn)}</span> },
    { accessor: 'phone', title: 'Phone', width: 190, render: (row) => row.phone && phoneText(row.phone) },
  ]
  return <DataTable label="Patients" rows={rows} columns={columns} activeId={activeId} onActiveChange={(row) => setActiveId(row.id)} onOpen={(row) => go(paths.openPatient(row.id))} empty={empty} />
}
