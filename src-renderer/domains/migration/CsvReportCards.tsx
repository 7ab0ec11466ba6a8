import { useState } from 'react'
import type { CsvImport, CsvReport } from '#shared/domains/migration/csv/contract.ts'
import { bridge } from '#renderer/app/bridge.ts'
import { api, useApiQuery } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card, Fact, FactList } from '#renderer/ui/Card.tsx'
import { DataTable } from '#renderer/ui/DataTable.tsx'
import { count, money } from '#renderer/ui/format.ts'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import { figure } from './view.ts'
import { fieldWords, kindWords, problemWords } from './words.csv.ts'
import styles from './Import.module.css'

/** What a dry run has found, by kind of problem and then row by row. */
export function DryRunCards({ run }: { run: CsvImport }) {
  const { report } = run
  return (
    <>
      {run.importedBefore !== null && <Notice tone="info">This very file was imported before. What is here already is not made a second time.</Notice>}
      <Card title="What would become of it" note={count(report.rows, 'row')}>
        <FactList>
          <Fact label={run.kind === 'patients' ? 'New patients' : 'To take'}>{report.fresh.toLocaleString('en-US')}</Fact>
          {run.kind === 'patients' && <Fact label="Joined: the same person beyond doubt">{figure(report.joined)}</Fact>}
          {run.kind === 'patients' && <Fact label="Here already under their number">{figure(report.here)}</Fact>}
          <Fact label="Left out">{figure(report.stopped)}</Fact>
          {report.file && <MoneyFacts file={report.file} />}
        </FactList>
      </Card>
      {report.problems.length > 0 && <ProblemsCard run={run} />}
    </>
  )
}

function MoneyFacts({ file }: { file: NonNullable<CsvReport['file']> }) {
  return (
    <>
      <Fact label="Sum of its lines">{money(file.money.balance)} in {count(file.accounts, 'account')}</Fact>
      <Fact label="Total that the file shows">{file.total === null ? 'none' : `${money(file.total)}${file.total === file.money.balance ? ', equal' : ', which differs'}`}</Fact>
    </>
  )
}

function ProblemsCard({ run }: { run: CsvImport }) {
  const query = useApiQuery('migration.listCsvProblems', { id: run.id })
  const total = run.report.problems.reduce((sum, one) => sum + one.count, 0)
  return (
    <Card title="Problems" note={`${count(total, 'problem')} in ${count(run.report.problems.length, 'kind')}`} aside={<SaveProblems id={run.id} />} flush>
      <DataTable
        label="Problems by kind" tight letterKeys={false} rows={run.report.problems.map((one) => ({ ...one, id: `${one.code} ${one.stops}` }))}
        columns={[
          { accessor: 'code', title: 'What is wrong', render: (row) => problemWords[row.code] },
          { accessor: 'stops', title: 'So', width: 200, render: (row) => (row.stops ? 'the row is left out' : 'the row is taken') },
          { accessor: 'count', title: 'Rows', width: 90, textAlign: 'right', render: (row) => row.count.toLocaleString('en-US') },
        ]}
      />
      <QueryState query={query} what="The list of problems" />
      {query.data && (
        <DataTable
          label="The first problems, by row" tight letterKeys={false} rows={query.data.map((one) => ({ ...one, id: String(one.id) }))}
          columns={[
            { accessor: 'line', title: 'Line', width: 70, textAlign: 'right', render: (row) => row.line.toLocaleString('en-US') },
            { accessor: 'field', title: 'Column', width: 190, render: (row) => (row.field ? fieldWords[row.field] : 'whole row') },
            { accessor: 'code', title: 'Problem', width: 240, render: (row) => problemWords[row.code] },
            { accessor: 'value', title: 'In the file', render: (row) => <span className={styles['quiet']}>{row.value}</span> },
          ]}
        />
      )}
    </Card>
  )
}

function SaveProblems({ id }: { id: string }) {
  const [said, setSaid] = useState<string>()
  const save = async () => {
    const folder = await bridge()?.files.chooseFolder()
    if (folder === undefined) return
    await api.migration.saveCsvProblems({ id, folder }).then(({ name }) => setSaid(`Saved as ${name}`), (error: unknown) => setSaid(errorText(error)))
  }
  return <>{said && <span role="status" className={styles['quiet']}>{said} </span>}<ActionButton onClick={() => void save()} disabledReason={bridge() ? undefined : 'Files are saved in Cairn’s own window.'} reasonAt="left">Save as CSV</ActionButton></>
}

/** The lines of the verification report, on the screen and on paper: asked of the records after the commit. */
export function proofLines({ kind, report }: CsvImport): { key: string; what: string; value: string; isGood?: boolean }[] {
  const { taken, file } = report
  if (!taken) return []
  const ledger = file && taken.money ? [
    { key: 'sum', what: 'Balance in the records', value: `${money(taken.money.balance)} of ${money(file.money.balance)} in the file`, isGood: taken.money.balance === file.money.balance },
    { key: 'total', what: 'Total that the file shows', value: file.total === null ? 'none' : money(file.total), isGood: file.total === null || file.total === file.money.balance },
    { key: 'accounts', what: 'Accounts equal to the cent', value: `${taken.accountsEqual.toLocaleString('en-US')} of ${file.accounts.toLocaleString('en-US')}`, isGood: taken.accountsEqual === file.accounts },
    ...taken.accountsDiffer.map((one) => ({ key: `account ${one.account}`, what: `Account ${one.account}`, value: `${money(one.here)} here, ${money(one.file)} in the file`, isGood: false })),
  ] : []
  return [
    { key: 'kind', what: 'File', value: `${kindWords[kind]}, ${count(report.rows, 'row')}` },
    ...(kind === 'patients' ? [{ key: 'patients', what: 'Patients made', value: figure(taken.patients) }, { key: 'numbers', what: 'Account numbers linked', value: figure(taken.accounts) }] : []),
    ...(kind === 'appointments' ? [{ key: 'visits', what: 'Visits', value: figure(taken.visits) }, { key: 'appointments', what: 'Appointments', value: figure(taken.appointments) }] : []),
    ...(kind === 'ledger' ? [{ key: 'entries', what: 'Lines in ledgers', value: figure(taken.entries) }] : []),
    { key: 'left', what: 'Rows left out', value: figure(taken.left) },
    { key: 'links', what: 'Rows without a patient', value: taken.withoutPatient === 0 ? 'none' : figure(taken.withoutPatient), isGood: taken.withoutPatient === 0 },
    ...ledger,
  ]
}

export function ProofCard({ run, onPrint }: { run: CsvImport; onPrint: () => void }) {
  return (
    <Card title="Verified in the records" aside={<ActionButton onClick={onPrint}>Print</ActionButton>}>
      <FactList>{proofLines(run).map(({ key, what, value, isGood }) => <Fact key={key} label={what}>{value}{isGood === undefined ? '' : isGood ? ' ✓' : ' (differs)'}</Fact>)}</FactList>
    </Card>
  )
}
