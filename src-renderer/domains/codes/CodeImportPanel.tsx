import { useRef, useState } from 'react'
import type { CodesReport } from '#shared/domains/codes/contract.ts'
import { kilobytesOf, type PickedFile } from '#renderer/app/attention/file-work.ts'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { api } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Fact, FactList } from '#renderer/ui/Card.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { FilePick } from '#renderer/ui/FilePick.tsx'
import { count } from '#renderer/ui/format.ts'
import { LongWork, Notice } from '#renderer/ui/states.tsx'
import { editionWords, skippedWords } from './view.ts'
import { reasonWords } from './words.ts'
import { codeImport } from './work.ts'
import styles from './CodesPage.module.css'

/** A file is looked through first; what it would replace stands there before anything is replaced. */
export function CodeImportPanel({ onClose }: { onClose: () => void }) {
  const work = codeImport.use()
  const [edition, setEdition] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const run = (file: PickedFile, isDryRun: boolean) =>
    void codeImport.start(file, isDryRun, (signal) => api.codes.importFile({ path: file.path, dryRun: isDryRun, ...(edition.trim() ? { edition: edition.trim() } : {}) }, { signal }))
  const { file, progress, report } = work
  const close = () => {
    if (work.phase !== 'running') codeImport.clear()
    onClose()
  }
  return (
    <SidePanel title="Import code file" onClose={close}>
      <div className={styles['panel']}>
        <FilePick
          label="Choose code file" input={input} accept=".txt,.csv,.gz" chosen={file} isBusy={work.phase === 'running'} onPick={(picked) => run(picked, true)}
          hint="CMS’s icd10cm_order_2027.txt, or a table of codes as CSV. Packed as .gz is fine."
        />
        {work.phase === 'running' && progress && (
          <LongWork title={work.isDryRun ? 'Looking through the file, kB' : 'Writing the new set, kB'} {...kilobytesOf(progress)} secondsLeft={work.secondsLeft} note={work.isDryRun ? 'Nothing is changed yet.' : 'The set in use stays until the new one is complete.'} onStop={codeImport.stop} />
        )}
        {work.phase === 'stopped' && <Notice tone="info">Stopped. The set in use is as it was.</Notice>}
        {work.phase === 'failed' && <Notice tone="bad">{errorText(work.error)}</Notice>}
        {work.phase === 'done' && report && <Report report={report} />}
        {work.phase === 'done' && report?.isDryRun && file && (
          <>
            {report.edition === '' && <TextField label="Edition" description="The file’s name does not say it. For ICD-10-CM: FY and the year it ends in." placeholder="FY2027" value={edition} maxLength={40} onChange={(event) => setEdition(event.currentTarget.value)} />}
            <div>
              <ActionButton variant="filled" onClick={() => run(file, false)} disabledReason={report.taken === 0 && 'There is no code in it.'}>
                {`${report.replaces === null ? 'Import' : 'Replace by'} ${count(report.taken, 'code')}`}
              </ActionButton>
            </div>
          </>
        )}
        {work.phase === 'done' && report && !report.isDryRun && (
          <Notice tone="ok" title="Imported." action={<ActionButton variant="filled" onClick={close}>Done</ActionButton>}>Every search uses this set from now on.</Notice>
        )}
      </div>
    </SidePanel>
  )
}

function Report({ report }: { report: CodesReport }) {
  return (
    <>
      <FactList>
        <Fact label="Code set">{report.title}</Fact>
        <Fact label="Edition">{editionWords(report.edition)}</Fact>
        <Fact label="Read as">{report.source}</Fact>
        <Fact label="Codes">{report.taken.toLocaleString('en-US')}, {report.billable.toLocaleString('en-US')} billable</Fact>
        <Fact label="Left out">{skippedWords(report)}</Fact>
        {report.replaces !== null && <Fact label={report.isDryRun ? 'Would replace' : 'Replaced'}>{editionWords(report.replaces)}</Fact>}
      </FactList>
      {report.examples.length > 0 && (
        <ul className={styles['examples']} aria-label="Lines left out">
          {report.examples.slice(0, 8).map(({ line, reason }) => <li key={`${line} ${reason}`}>Line {line.toLocaleString('en-US')}: {reasonWords(reason)}</li>)}
        </ul>
      )}
    </>
  )
}
