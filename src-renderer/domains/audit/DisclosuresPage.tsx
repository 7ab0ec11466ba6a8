import { useState } from 'react'
import type { DisclosuresInput } from '#shared/domains/audit/contract.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { DataTable } from '#renderer/ui/DataTable.tsx'
import { dateTime, mrn } from '#renderer/ui/format.ts'
import { IconArrowLeft, IconArrowRight } from '#renderer/ui/icons.ts'
import { PatientPicker } from '#renderer/ui/pickers/PatientPicker.tsx'
import { EmptyState, QueryState } from '#renderer/ui/states.tsx'
import { disclosureWords, documentWords } from './words.ts'
import styles from './Activity.module.css'

type Cursor = DisclosuresInput['before']

/** What left the clinic on paper or as a file: the list that a patient may ask for (45 CFR 164.528). */
export function DisclosuresPage() {
  const zone = useZone()
  const today = useToday()
  const [patient, setPatient] = useState<{ id: string; name: string }>()
  const [starts, setStarts] = useState<readonly Cursor[]>([null])
  const query = useApiQuery('audit.disclosures', { patientId: patient?.id ?? null, before: starts.at(-1) ?? null, limit: 50 }, { keepPrevious: true })
  const next = query.data?.next ?? null
  const older = () => next !== null && setStarts([...starts, next])
  const newer = () => starts.length > 1 && setStarts(starts.slice(0, -1))
  const choose = (chosen: typeof patient) => {
    setPatient(chosen)
    setStarts([null])
  }
  useKeys([
    { id: 'disclosures.older', keys: '→', label: 'Older', where: 'Printed and exported', run: () => void older() },
    { id: 'disclosures.newer', keys: '←', label: 'Newer', where: 'Printed and exported', run: () => void newer() },
  ])
  return (
    <Screen
      title="Printed and exported" meta="what left the clinic" body="fill"
      strip={
        <div className={styles['filters']}>
          {patient ? (
            <span className={styles['chosen']}>Of {patient.name} <ActionButton size="compact-xs" onClick={() => choose(undefined)}>All patients</ActionButton></span>
          ) : (
            <div className={styles['picker']}><PatientPicker label="Of a patient" onPick={(one) => choose({ id: one.id, name: `${one.familyName}, ${one.givenName}` })} /></div>
          )}
        </div>
      }
      footer={
        <>
          <ActionButton keyId="disclosures.newer" icon={<IconArrowLeft size={16} stroke={1.8} />} disabledReason={starts.length === 1 ? 'These are the newest.' : undefined} reasonAt="hidden" onClick={newer}>Newer</ActionButton>
          <ActionButton keyId="disclosures.older" icon={<IconArrowRight size={16} stroke={1.8} />} disabledReason={next === null ? 'There is nothing older.' : undefined} reasonAt="hidden" onClick={older}>Older</ActionButton>
        </>
      }
    >
      <div className={styles['list']}>
        <QueryState query={query} what="The list of what left the clinic" />
        {query.data && (
          <DataTable
            label="Printed and exported" tight rows={query.data.rows} empty={<EmptyState title="Nothing left the clinic">Whatever is printed or saved as a file will stand here, with who did it.</EmptyState>}
            columns={[
              { accessor: 'at', title: 'When', width: 150, render: (row) => dateTime(row.at, zone, today) },
              { accessor: 'document', title: 'What', width: 170, render: (row) => `${documentWords(row.document)}${row.rowCount > 1 ? `, ${row.rowCount.toLocaleString('en-US')} events` : ''}` },
              { accessor: 'kind', title: 'How', width: 130, render: (row) => disclosureWords[row.kind] },
              { accessor: 'patient', title: 'Patient', width: 240, render: (row) => row.patientName && <>{row.patientName} {row.patientMrn !== null && <span className={`code ${styles['quiet'] ?? ''}`}>MRN {mrn(row.patientMrn)}</span>}</> },
              { accessor: 'by', title: 'By', width: 160, render: (row) => <span className={styles['who']}>{row.actorName}</span> },
              { accessor: 'to', title: 'To whom, what for', render: (row) => (row.recipient ? `${row.recipient}: ${row.purpose ?? ''}` : <span className={styles['quiet']}>The patient</span>) },
            ]}
          />
        )}
      </div>
    </Screen>
  )
}
