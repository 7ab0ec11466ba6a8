import type { FhirReport, ImportSkip } from '#shared/domains/migration/contract.ts'
import { totalsOf } from '#shared/domains/migration/rules.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { useZone } from '#renderer/app/actor.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { DataTable } from '#renderer/ui/DataTable.tsx'
import { count, date } from '#renderer/ui/format.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { countRows, figure } from './view.ts'
import { reasonWord, typeWord } from './words.ts'
import styles from './Import.module.css'

/** What a file holds and what becomes of it, by type, before and after. */
export function ReportCard({ report }: { report: FhirReport }) {
  const zone = useZone()
  return (
    <>
      {report.importedBefore !== null && <Notice tone="info">This very file was imported on {date(dateInZone(report.importedBefore, zone))}. Importing it again changes nothing.</Notice>}
      <Card title={report.isDryRun ? 'What is in it' : 'Imported'} note={count(report.lines, 'line')} flush>
        <DataTable
          label={report.isDryRun ? 'What would be taken' : 'What was taken'} rows={countRows(report.counts)} tight letterKeys={false}
          columns={[
            { accessor: 'what', title: 'What', width: 150, render: (row) => <b>{row.what}</b> },
            { accessor: 'taken', title: report.isDryRun ? 'To take' : 'Taken', width: 90, textAlign: 'right', render: (row) => <Figure amount={row.taken} /> },
            { accessor: 'unchanged', title: 'Here already', width: 110, textAlign: 'right', render: (row) => <Figure amount={row.unchanged} /> },
            { accessor: 'skipped', title: 'Left out', width: 90, textAlign: 'right', render: (row) => <Figure amount={row.skipped} /> },
            { accessor: 'why', title: 'Why', render: (row) => <span className={styles['quiet']}>{row.why}</span> },
          ]}
        />
      </Card>
      {report.skips.length > 0 && (
        <Card title="Left out for a reason of its own" note="the first ones" flush>
          <SkipTable skips={report.skips} label="The first that are left out" />
        </Card>
      )}
    </>
  )
}

/** "3 patients" where there are new ones, else how many rows. */
export function whatToTake({ counts }: FhirReport): string {
  const patients = counts['Patient']?.taken ?? 0
  return patients > 0 ? count(patients, 'patient') : count(totalsOf(counts).taken, 'row')
}

const Figure = ({ amount }: { amount: number }) => <span className={amount === 0 ? styles['zero'] : undefined}>{figure(amount)}</span>

export function SkipTable({ skips, label }: { skips: readonly ImportSkip[]; label: string }) {
  return (
    <DataTable
      label={label} tight letterKeys={false}
      rows={skips.map((skip, index) => ({ ...skip, id: String(index) }))}
      columns={[
        { accessor: 'line', title: 'Line', width: 70, textAlign: 'right', render: (skip) => skip.line.toLocaleString('en-US') },
        { accessor: 'type', title: 'What', width: 130, render: (skip) => typeWord(skip.resourceType) },
        { accessor: 'reason', title: 'Why it is left out', render: (skip) => `${reasonWord(skip.reason)}${skip.path ? ` (${skip.path})` : ''}` },
        { accessor: 'resourceId', title: 'Its id in the file', width: 150, render: (skip) => <span className="code">{skip.resourceId}</span> },
      ]}
    />
  )
}
