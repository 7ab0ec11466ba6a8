import { useEffect, useRef, useState } from 'react'
import type { CsvImport } from '#shared/domains/migration/csv/contract.ts'
import { SecondPerson } from '#renderer/app/approval/SecondPerson.tsx'
import { needsSecond, usePermits } from '#renderer/app/approval/two-person.ts'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { FilePick } from '#renderer/ui/FilePick.tsx'
import { count } from '#renderer/ui/format.ts'
import { LongWork, Notice } from '#renderer/ui/states.tsx'
import { CsvColumnsCard, faultsOf } from './CsvColumnsCard.tsx'
import { DryRunCards, ProofCard } from './CsvReportCards.tsx'
import { CsvReviewCard } from './CsvReviewCard.tsx'
import { CsvRunsCard } from './CsvRunsCard.tsx'
import { csvWork, useCsv, type Taking } from './useCsv.ts'
import { hangingWords, takingOf } from './view.csv.ts'
import styles from './Import.module.css'

/** Tables of a former system: choose, say what the columns mean, look through, decide, take, and see it verified. */
export function CsvPage() {
  const { chosen, work, error, look, read, stage, take, takeBack } = useCsv()
  const input = useRef<HTMLInputElement>(null)
  const go = useGo()
  const [taking, setTaking] = useState<Taking>()
  const permits = usePermits('migration.commitCsv')
  const { phase, report, progress } = work
  const isRunning = phase === 'running'
  const faults = chosen ? faultsOf(chosen.look.kind, chosen.reading.mapping) : []
  const isStaged = phase === 'done' && report?.stage === 'staged'
  const begin = (run: CsvImport) => {
    const wanted = takingOf(run)
    setTaking(wanted)
    take(wanted)
  }
  const next = isStaged && report ? () => begin(report) : stage
  const canGo = !isRunning && chosen !== null && (isStaged || (phase !== 'done' && faults.length === 0))
  useKeys([
    { id: 'table.choose', keys: 'I', label: 'Choose table', where: 'Import', run: () => input.current?.click() },
    { id: 'table.next', keys: 'Ctrl+Enter', label: 'Next step of the import', where: 'Import', run: next, when: () => canGo },
  ])
  // The report of a finished step is where the eye has to be next.
  const found = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (phase === 'done') found.current?.scrollIntoView?.({ block: 'start' })
  }, [phase])
  const asksForSecond = phase === 'failed' && needsSecond(work.error) && taking !== undefined
  return (
    <Screen
      title="Import a table" meta="patients, appointments or a ledger of a former system, as CSV"
      footer={chosen && phase !== 'done' ? <ActionButton variant="filled" keyId="table.next" running={isRunning} onClick={stage} disabledReason={faults[0]}>Look through {count(chosen.look.rowCount, 'row')}</ActionButton>
        : isStaged && report && <ActionButton variant="filled" keyId="table.next" onClick={() => begin(report)}>Take {count(report.report.fresh + report.report.joined, 'row')}</ActionButton>}
    >
      <div className={styles['page']}>
        <Card title="File" aside={<ActionButton onClick={() => go(paths.importData())}>Charts (FHIR)</ActionButton>}>
          <div className={styles['step']}>
            <FilePick label="Choose table" accept=".csv,.txt,.tsv" keyId="table.choose" chosen={chosen?.file} isBusy={isRunning} onPick={(file) => void look(file)} input={input} hint="It is looked through first. Nothing is written before you say so." />
            {isRunning && progress && <LongWork title={work.isDryRun ? 'Looking through the rows' : 'Importing rows'} done={progress.doneBytes} total={progress.totalBytes} secondsLeft={work.secondsLeft} onStop={csvWork.stop} note={work.isDryRun ? 'Nothing is written.' : 'Stopped now, it is taken back whole.'} />}
            {phase === 'stopped' && <Notice tone="info">{work.isDryRun ? 'Stopped. Nothing was written.' : 'Stopped and taken back. Nothing of it stays.'}</Notice>}
            {error !== undefined && <Notice tone="bad">{errorText(error)}</Notice>}
            {phase === 'failed' && !asksForSecond && <Notice tone="bad" title={errorText(work.error)}>{hangingWords(work.error)}</Notice>}
          </div>
        </Card>
        {chosen && !isStaged && phase !== 'done' && <CsvColumnsCard look={chosen.look} reading={chosen.reading} onKind={(kind) => void look(chosen.file, kind)} onRead={read} />}
        <div ref={found} className={styles['page']}>
          {isStaged && report && <DryRunCards run={report} />}
          {isStaged && report && report.report.pairs > 0 && <CsvReviewCard run={report} />}
          {phase === 'done' && report?.stage === 'done' && <ProofCard run={report} onPrint={() => go(paths.printImport(report.id))} />}
          {phase === 'done' && report?.stage === 'undone' && <Notice tone="ok">Taken back. Every row that this import had made is gone.</Notice>}
        </div>
        {permits.map((permit) => (
          <Notice key={permit.id} tone="ok" title={`${permit.decidedBy?.name ?? ''} approved importing a table.`} action={<ActionButton onClick={() => take(permit.input as Taking)}>Import it now</ActionButton>}>Once.</Notice>
        ))}
        <CsvRunsCard onTakeBack={takeBack} onGoOn={begin} onOpen={(run) => go(paths.printImport(run.id))} isBusy={isRunning} />
      </div>
      {asksForSecond && (
        <Dialog title="Import this table?" size={560} onClose={csvWork.clear}>
          <SecondPerson waiting={{ procedure: 'migration.commitCsv', input: taking }} act={`Importing ${count(taking.rowCount, 'row')}`} reason="" onApproved={() => take(taking)} onAsked={csvWork.clear} onCancel={csvWork.clear} />
        </Dialog>
      )}
    </Screen>
  )
}
