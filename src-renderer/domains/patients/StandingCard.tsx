import { Select } from '@mantine/core'
import { useState } from 'react'
import { inactiveReasons, type InactiveReason } from '#shared/domains/patients/model.contact.ts'
import type { Patient } from '#shared/domains/patients/model.ts'
import { useMay } from '#renderer/app/actor.tsx'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { inactiveWords } from '#renderer/ui/contact-words.ts'
import { date as dateText } from '#renderer/ui/format.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { DeathDialog, ReversalDialog } from './DeathDialogs.tsx'
import styles from './Patient.module.css'

/** Whether somebody still comes: active, inactive with a reason, or deceased. The record stays whichever it is. */
export function StandingCard({ patient }: { patient: Patient }) {
  const mayWrite = useMay('patient.write')
  const update = useCommand('patients.update')
  const [asking, setAsking] = useState<'death' | 'reversal'>()
  const [reason, setReason] = useState<InactiveReason | null>(null)
  const set = async (to: InactiveReason | null): Promise<void> => {
    const from = patient.inactiveReason
    const write = (was: InactiveReason | null, inactiveReason: InactiveReason | null) => update.run({ id: patient.id, was: { inactiveReason: was }, changes: { inactiveReason } })
    await write(from, to).then(() => {
      setReason(null)
      showToast({ text: to === null ? 'Active again' : 'Inactive:', ...(to === null ? {} : { strong: inactiveWords[to] }), undo: () => write(to, from) })
    }, () => undefined)
  }
  return (
    <Card title="Standing">
      <div className={styles['standing']}>
        {patient.deceasedOn !== null && (
          <>
            <p>Died {dateText(patient.deceasedOn)}. Nobody is called or booked; the record stays.</p>
            {mayWrite && <ActionButton onClick={() => setAsking('reversal')}>This was a mistake…</ActionButton>}
          </>
        )}
        {patient.deceasedOn === null && patient.inactiveReason !== null && (
          <>
            <p>Inactive: {inactiveWords[patient.inactiveReason].toLowerCase()}. Searches put this chart last, and nobody is called about coming again.</p>
            {mayWrite && <ActionButton running={update.isRunning} onClick={() => void set(null)}>Make active again</ActionButton>}
          </>
        )}
        {patient.deceasedOn === null && patient.inactiveReason === null && (
          <>
            <p>Active</p>
            {mayWrite && (
              <>
                <Select aria-label="Why inactive" placeholder="Make inactive because…" data={inactiveReasons.map((value) => ({ value, label: inactiveWords[value] }))} value={reason} onChange={(value) => setReason(value as InactiveReason | null)} /> {/* One of the list's own values. */}
                <ActionButton running={update.isRunning} disabledReason={reason === null && 'Say why first.'} reasonAt="hidden" onClick={() => reason && void set(reason)}>Make inactive</ActionButton>
              </>
            )}
          </>
        )}
        {mayWrite && patient.deceasedOn === null && <ActionButton onClick={() => setAsking('death')}>Has died…</ActionButton>}
      </div>
      {update.refusal && <Notice tone="bad" title="Not saved.">{errorText(update.refusal)}</Notice>}
      {asking === 'death' && <DeathDialog patient={patient} onClose={() => setAsking(undefined)} />}
      {asking === 'reversal' && <ReversalDialog patient={patient} onClose={() => setAsking(undefined)} />}
    </Card>
  )
}
