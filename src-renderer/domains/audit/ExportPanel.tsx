import { useState } from 'react'
import type { AuditFilter } from '#shared/domains/audit/contract.ts'
import { limits } from '#shared/kernel/limits.ts'
import { bridge } from '#renderer/app/bridge.ts'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { count } from '#renderer/ui/format.ts'
import { IconFileExport } from '#renderer/ui/icons.ts'
import { LongWork, Notice } from '#renderer/ui/states.tsx'
import { isFiltered } from './Filters.tsx'
import { exporting } from './work.ts'
import styles from './Activity.module.css'

/** The log leaves the clinic only with a name and a reason behind it, and with what is needed to check it anywhere. */
export function ExportPanel({ filter, onClose }: { filter: AuditFilter; onClose: () => void }) {
  const work = exporting.use()
  const [recipient, setRecipient] = useState('')
  const [purpose, setPurpose] = useState('')
  const [folder, setFolder] = useState<string>()
  const missing = [!recipient.trim() && 'to whom', !purpose.trim() && 'what for', !folder && 'a folder'].filter(Boolean).join(', ')
  const run = () => {
    if (!missing && folder) void exporting.start({ id: newId(), folder, ...filter, recipient: recipient.trim(), purpose: purpose.trim() })
  }
  const choose = () => void bridge()?.files.chooseFolder().then((chosen) => chosen !== undefined && setFolder(chosen))
  useKeys([{ id: 'audit.export-now', keys: 'Ctrl+Enter', label: 'Export events', where: 'Export', run, inFields: true }])
  return (
    <SidePanel
      title="Export the log" icon={IconFileExport} width={440}
      onClose={() => {
        exporting.clear()
        onClose()
      }}
      footer={<ActionButton variant="filled" keyId="audit.export-now" running={work.phase === 'running'} disabledReason={missing && `Still missing: ${missing}.`} onClick={run}>{isFiltered(filter) ? 'Export what the filters show' : 'Export all events'}</ActionButton>}
    >
      <div className={styles['panel']}>
        <TextField label="To whom" value={recipient} maxLength={limits.line_chars} onChange={(event) => setRecipient(event.currentTarget.value)} description="The person or office that gets it." />
        <TextField label="What for" value={purpose} maxLength={limits.line_chars} onChange={(event) => setPurpose(event.currentTarget.value)} description="Yearly review, a patient’s request, an inquiry." />
        <div className={styles['folder']}>
          <ActionButton onClick={choose}>Choose folder</ActionButton>
          <span className={styles['quiet']}>{folder ?? 'None yet'}</span>
        </div>
        <Notice tone="warn" title="The files name people and patients.">They are no longer encrypted once they are there. That you exported them stays on record.</Notice>
        {work.phase === 'running' && <LongWork title="Exporting, events" done={work.progress?.rows ?? 0} onStop={exporting.stop} />}
        {work.phase === 'stopped' && <Notice tone="info">Stopped. Nothing was left in the folder.</Notice>}
        {work.phase === 'failed' && <Notice tone="bad">{errorText(work.error)}</Notice>}
        {work.phase === 'done' && work.result && (
          <Notice tone="ok" title={`${count(work.result.rows, 'event')} exported.`}>
            In the folder <span className="code">{work.result.name}</span>. Whoever gets it checks it with <span className="code">node verify-audit.mjs</span>; its fingerprint is <span className="code">{work.result.fingerprint}</span>.
          </Notice>
        )}
      </div>
    </SidePanel>
  )
}
