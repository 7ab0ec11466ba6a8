import { useState } from 'react'
import type { PatientMerge } from '#shared/domains/patients/model.merge.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { dateTime, listName, mrn } from '#renderer/ui/format.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import styles from './Patient.module.css'
import { heldText } from './words.merge.ts'

/** Which charts were put into this one, and the way back. Nothing where there is none. */
export function MergesCard({ patientId }: { patientId: string }) {
  const merges = useApiQuery('patients.merges', { patientId })
  const [asked, setAsked] = useState<PatientMerge>()
  if (!merges.data || merges.data.length === 0) return null
  return (
    <Card title="Merged charts" flush>
      <ul className={styles['rows']}>{merges.data.map((merge) => <MergeLine key={merge.id} merge={merge} onUnmerge={() => setAsked(merge)} />)}</ul>
      {asked && <UnmergeDialog merge={asked} onClose={() => setAsked(undefined)} />}
    </Card>
  )
}

function MergeLine({ merge, onUnmerge }: { merge: PatientMerge; onUnmerge: () => void }) {
  const zone = useZone()
  const today = useToday()
  const go = useGo()
  const { absorbed, unmergedAt, cameAfter } = merge
  return (
    <li className={styles['row']}>
      <div className={styles['rowText']}>
        <b>{listName(absorbed)}, MRN {mrn(absorbed.mrn)}</b>
        <span>merged {dateTime(merge.mergedAt, zone, today)}, {merge.mergedBy}</span>
        {unmergedAt && <span>two again since {dateTime(unmergedAt, zone, today)}, {merge.unmergedBy}</span>}
        {unmergedAt && cameAfter.length > 0 && <span>Came meanwhile and is still here: {heldText(cameAfter)}. Look whose it is.</span>}
      </div>
      {unmergedAt ? <ActionButton variant="subtle" size="compact-xs" onClick={() => go(paths.patient(absorbed.id))}>Open</ActionButton> : <ActionButton variant="subtle" size="compact-xs" onClick={onUnmerge}>Make two again</ActionButton>}
    </li>
  )
}

function UnmergeDialog({ merge, onClose }: { merge: PatientMerge; onClose: () => void }) {
  const unmerge = useCommand('patients.unmerge')
  const run = (isOtherPerson: boolean) => unmerge.run({ id: merge.id, isOtherPerson }).then((undone) => {
    showToast({ text: undone.cameAfter.length > 0 ? `Two charts again; came meanwhile: ${heldText(undone.cameAfter)}. Open` : 'Two charts again:', strong: listName(merge.absorbed) })
    onClose()
  }, () => undefined)
  return (
    <Dialog title="Make them two charts again?" onClose={onClose}>
      {unmerge.refusal && <Notice tone="bad" title="Not done.">{errorText(unmerge.refusal)}</Notice>}
      <p>
        Both become what they were on the day of the merge: every visit, note, invoice and payment goes back to its own chart. What came since then stays here, with a list, because only a person knows whose it is.
      </p>
      <div className={styles['dialogActs']}>
        <ActionButton data-autofocus keys="Esc" onClick={onClose}>Keep one chart</ActionButton>
        <ActionButton running={unmerge.isRunning} onClick={() => void run(false)}>Make two again</ActionButton>
        <ActionButton variant="filled" running={unmerge.isRunning} onClick={() => void run(true)}>They are two people</ActionButton>
      </div>
    </Dialog>
  )
}
