import { Select } from '@mantine/core'
import { missingFields, repeatedFields } from '#shared/domains/migration/csv/columns.ts'
import type { CsvLook, CsvReading } from '#shared/domains/migration/csv/contract.ts'
import { csvFields, csvKinds, type CsvField, type CsvKind } from '#shared/domains/migration/csv/model.ts'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { Card } from '#renderer/ui/Card.tsx'
import { DataTable } from '#renderer/ui/DataTable.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { count } from '#renderer/ui/format.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { fieldWords, kindWords } from './words.csv.ts'
import styles from './Import.module.css'

interface CsvColumnsCardProps {
  look: CsvLook
  reading: CsvReading
  onKind: (kind: CsvKind) => void
  onRead: (change: Partial<CsvReading>) => void
}

/** What each column means, as proposed; a person has the last word. Beside it, the first rows as they stand in the file. */
export function CsvColumnsCard({ look, reading, onKind, onRead }: CsvColumnsCardProps) {
  const fields = csvFields[look.kind].map((field) => ({ value: field, label: fieldWords[field] }))
  const rows = look.header.map((header, at) => ({ id: String(at), at, header, sample: look.rows.map(({ cells }) => cells[at] ?? '').filter(Boolean).slice(0, 3).join(' · ') }))
  const choose = (at: number, field: CsvField | null) => onRead({ mapping: reading.mapping.map((one, place) => (place === at ? field : one)) })
  return (
    <Card title="What the columns mean" note={`${count(look.rowCount, 'row')}${look.isRemembered ? ', as chosen last time' : ''}`} flush>
      <div className={styles['settings']}>
        <Select label="What the file holds" w={170} allowDeselect={false} data={csvKinds.map((kind) => ({ value: kind, label: kindWords[kind] }))} value={look.kind} onChange={(kind) => kind && onKind(kind)} />
        <Select
          label="Dates like 3/4/2025" w={200} allowDeselect={false} value={reading.order} data={[{ value: 'mdy', label: 'March 4 (month first)' }, { value: 'dmy', label: '3 April (day first)' }]} onChange={(order) => order && onRead({ order })}
        />
        <TextField label="Area code where missing" w={170} value={reading.areaCode} maxLength={3} onChange={(event) => onRead({ areaCode: event.currentTarget.value.replace(/\D/g, '') })} error={/^\d{0}$|^\d{3}$/.test(reading.areaCode) ? undefined : 'Three digits, or none.'} />
        <TextField label="Former system" w={170} value={reading.source} maxLength={80} onChange={(event) => onRead({ source: event.currentTarget.value })} error={reading.source.trim() === '' ? 'Name it: its account numbers are only its own.' : undefined} />
      </div>
      <Encodings look={look} />
      <DataTable
        label="Columns of the file" rows={rows} letterKeys={false}
        columns={[
          { accessor: 'header', title: 'In the file', width: 150, render: (row) => <b>{row.header || `Column ${row.at + 1}`}</b> },
          { accessor: 'sample', title: 'The first rows', render: (row) => <span className={styles['quiet']}>{row.sample}</span> },
          { accessor: 'field', title: 'Means here', width: 270, render: (row) => (
            <Select aria-label={`What ${row.header || `column ${row.at + 1}`} means`} size="xs" clearable searchable placeholder="left out" data={fields} value={reading.mapping[row.at] ?? null} onChange={(field) => choose(row.at, field)} />
          ) },
        ]}
      />
      {look.kind === 'appointments' && <Providers look={look} reading={reading} onRead={onRead} />}
      <Faults kind={look.kind} reading={reading} />
    </Card>
  )
}

function Encodings({ look: { lines, orderFound } }: { look: CsvLook }) {
  const said = [
    lines.utf8 > 0 && lines.windows > 0 ? `Written in two encodings: ${count(lines.utf8, 'line')} in UTF-8, ${lines.windows.toLocaleString('en-US')} in Windows-1252. Each is read in its own.` : '',
    orderFound === null ? 'No date in the file says whether the day or the month comes first: please look.' : '',
  ].filter(Boolean)
  return said.length > 0 ? <div className={styles['said']}><Notice tone="info">{said.join(' ')}</Notice></div> : null
}

function Providers({ look, reading, onRead }: Pick<CsvColumnsCardProps, 'look' | 'reading' | 'onRead'>) {
  const staff = useApiQuery('clinic.listStaff', {})
  const people = (staff.data ?? []).filter((one) => one.isProvider).map((one) => ({ value: one.id, label: `${one.givenName} ${one.familyName}` }))
  const choose = (word: string, staffId: string | null) => onRead({ providers: [...reading.providers.filter((one) => one.word !== word), ...(staffId ? [{ word, staffId }] : [])] })
  return (
    <DataTable
      label="Providers in the file" letterKeys={false} rows={look.providerWords.map((one) => ({ id: one.word, ...one }))}
      columns={[
        { accessor: 'word', title: 'Provider in the file', render: (row) => <b>{row.word}</b> },
        { accessor: 'count', title: 'Rows', width: 90, textAlign: 'right', render: (row) => row.count.toLocaleString('en-US') },
        { accessor: 'staff', title: 'Is here', width: 270, render: (row) => (
          <Select aria-label={`Who ${row.word} is`} size="xs" clearable searchable placeholder="nobody here" data={people} value={reading.providers.find((one) => one.word === row.word)?.staffId ?? null} onChange={(id) => choose(row.word, id)} />
        ) },
      ]}
    />
  )
}

function Faults({ kind, reading: { mapping } }: { kind: CsvKind; reading: CsvReading }) {
  const words = faultsOf(kind, mapping)
  return words.length > 0 ? <div className={styles['said']}><Notice tone="warn">{words.join(' ')}</Notice></div> : null
}

export function faultsOf(kind: CsvKind, mapping: CsvReading['mapping']): string[] {
  return [
    ...missingFields(kind, mapping).map((one) => `Choose a column for: ${one.map((field) => fieldWords[field]).join(' or ')}.`),
    ...repeatedFields(mapping).map((field) => `${fieldWords[field]} is chosen twice.`),
  ]
}
