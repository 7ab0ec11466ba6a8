import { useRef, useState } from 'react'
import { totalsOf } from '#shared/domains/migration/rules.ts'
import { SecondPerson } from '#renderer/app/approval/SecondPerson.tsx'
import { needsSecond } from '#renderer/app/approval/two-person.ts'
import { kilobytesOf, type PickedFile } from '#renderer/app/attention/file-work.ts'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { api } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { FilePick } from '#renderer/ui/FilePick.tsx'
import { LongWork, Notice } from '#renderer/ui/states.tsx'
import { PermitsCard, type ImportInput } from './PermitsCard.tsx'
import { ReportCard, whatToTake } from './ReportCard.tsx'
import { RunsCard } from './RunsCard.tsx'
import { fileNameOf } from './view.ts'
import { chartImport } from './work.ts'
import styles from './Import.module.css'

/** Charts from another system: a file is looked through first, then taken; what was left out is named. */
export function ImportPage() {
  const work = chartImport.use()
  const openTable = useGo()
  const [source, setSource] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const [taking, setTaking] = useState<ImportInput>()
  const begin = (wanted: ImportInput) => {
    setTaking(wanted)
    void chartImport.start({ name: fileNameOf(wanted.path), path: wanted.path }, wanted.dryRun, (signal) => api.migration.importFhir(wanted, { signal }))
  }
  // A permit is for one input to the letter: what is asked for and what is run then are the same object.
  const run = (file: PickedFile, dryRun: boolean) => begin({ id: newId(), path: file.path, dryRun, source: source.trim() || 'file' })
  const { file, report, progress, phase } = work
  const asksForSecond = phase === 'failed' && needsSecond(work.error) && taking !== undefined
  const isReady = phase === 'done' && report?.isDryRun === true && file !== undefined
  const isEmpty = report !== undefined && totalsOf(report.counts).taken === 0
  const take = () => {
    if (isReady && !isEmpty) run(file, false)
  }
  useKeys([
    { id: 'import.choose', keys: 'I', label: 'Choose FHIR file', where: 'Import', run: () => input.current?.click() },
    { id: 'import.take', keys: 'Ctrl+Enter', label: 'Import what was looked through', where: 'Import', run: take, when: () => isReady && !isEmpty },
  ])
  return (
    <Screen
      title="Import" meta="charts from another system"
      footer={isReady && (
        <ActionButton variant="filled" keyId="import.take" onClick={take} disabledReason={isEmpty && 'Everything in it is here already, or has no place here.'}>
          {isEmpty ? 'Import' : `Import ${whatToTake(report)}`}
        </ActionButton>
      )}
    >
      <div className={styles['page']}>
        <Card title="FHIR file" note="R4 bundles, one JSON file or one a line, plain or .gz" aside={<ActionButton onClick={() => openTable(paths.importTable())}>Import a table (CSV)</ActionButton>}>
          <div className={styles['step']}>
            <TextField
              className={styles['source'] ?? ''} label="Former system (optional)" value={source} maxLength={80} onChange={(event) => setSource(event.currentTarget.value)}
              description="Only needed for files with short ids. Write the same name each time, or the same patients come twice."
            />
            <FilePick
              label="Choose FHIR file" accept=".json,.ndjson,.gz" keyId="import.choose" chosen={file} isBusy={phase === 'running'} onPick={(picked) => run(picked, true)}
              input={input} hint="It is looked through first. Nothing is written before you say so."
            />
            {phase === 'running' && progress && (
              <LongWork
                title={work.isDryRun ? 'Looking through the file, kB' : 'Importing, kB'} {...kilobytesOf(progress)} secondsLeft={work.secondsLeft} onStop={chartImport.stop}
                note={work.isDryRun ? 'Nothing is written.' : `${progress.taken.toLocaleString('en-US')} rows taken. Each chart is written whole or not at all.`}
              />
            )}
            {phase === 'stopped' && <Notice tone="info">{work.isDryRun ? 'Stopped. Nothing was written.' : 'Stopped. What was taken by then is whole; import the file again to take the rest.'}</Notice>}
            {phase === 'failed' && !asksForSecond && <Notice tone="bad">{errorText(work.error)}{!work.isDryRun && ' What was taken before is whole and stays.'}</Notice>}
          </div>
        </Card>
        {phase === 'done' && report && <ReportCard report={report} />}
        {phase !== 'running' && <PermitsCard onRun={begin} />}
        <RunsCard />
      </div>
      {asksForSecond && (
        <Dialog title="Import these charts?" size={560} onClose={chartImport.clear}>
          <SecondPerson
            waiting={{ procedure: 'migration.importFhir', input: taking }} act={`Importing ${file?.name ?? 'the file'}`} reason="" onApproved={() => begin(taking)}
            onAsked={chartImport.clear} onCancel={chartImport.clear}
          />
        </Dialog>
      )}
    </Screen>
  )
}
