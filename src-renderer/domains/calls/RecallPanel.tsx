import { Select } from '@mantine/core'
import { useState } from 'react'
import { addMonths } from '#shared/kernel/time.ts'
import { limits } from '#shared/kernel/limits.ts'
import { useToday } from '#renderer/app/actor.tsx'
import { endAskedRecall, useAskedRecall } from '#renderer/app/asked.ts'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { api, useApiQuery } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { DateField, optional, TextField } from '#renderer/ui/fields.tsx'
import { Form } from '#renderer/ui/form.tsx'
import { date as dateText, listName } from '#renderer/ui/format.ts'
import { IconPhone } from '#renderer/ui/icons.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import styles from './Calls.module.css'

export function RecallResident() {
  const patientId = useAskedRecall()
  return patientId === undefined ? null : <RecallPanel key={patientId} patientId={patientId} />
}

const intervals = [3, 6, 12]

/** A patient who should come again: for what, when, with whom. From the palette, and at check-out. */
function RecallPanel({ patientId }: { patientId: string }) {
  const today = useToday()
  const [id] = useState(newId)
  const [typeId, setType] = useState<string | null>(null)
  const [providerId, setProvider] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const [dueOn, setDue] = useState<string | undefined>(addMonths(today, 6))
  const [problem, setProblem] = useState<string>()
  const [isRunning, setRunning] = useState(false)
  const patient = useApiQuery('patients.get', { id: patientId }).data?.patient
  const types = useApiQuery('scheduling.listTypes', {}).data ?? []
  const staff = useApiQuery('clinic.listStaff', {}).data ?? []
  const missing = dueOn === undefined ? 'Say when' : dueOn < today ? 'This day is over' : undefined
  const submit = async (): Promise<void> => {
    if (missing !== undefined || dueOn === undefined || isRunning) return
    setRunning(true)
    try {
      await api.calls.addRecall({ id, patientId, typeId, providerId, reason: reason.trim() || null, dueOn })
      showToast({ text: 'To be called', strong: dateText(dueOn), undo: () => api.calls.closeRecall({ id }) })
      endAskedRecall()
    } catch (error) {
      setProblem(errorText(error))
    } finally {
      setRunning(false)
    }
  }
  return (
    <SidePanel
      title="Recall" icon={IconPhone} onClose={endAskedRecall}
      footer={
        <>
          <span id="recall-missing" className={styles['missing']}>{missing}</span>
          <ActionButton variant="filled" keyId="form.submit" running={isRunning} disabledReason={missing} reasonId="recall-missing" onClick={() => void submit()}>Put on the list</ActionButton>
        </>
      }
    >
      <Form where="Recall" submitLabel="Put on the list" onSubmit={() => void submit()}>
        {problem && <Notice tone="bad" title="Not saved.">{problem}</Notice>}
        {patient && <p className={styles['about']}>Call <strong>{listName(patient)}</strong></p>}
        <DateField label="When" kind="day" value={dueOn} onChange={setDue} data-autofocus />
        <div className={styles['quick']} role="group" aria-label="When, by one press">
          {intervals.map((months) => (
            <ActionButton key={months} size="compact-xs" aria-pressed={dueOn === addMonths(today, months)} onClick={() => setDue(addMonths(today, months))}>{`In ${months} months`}</ActionButton>
          ))}
        </div>
        <Select label={optional('Visit type')} description="Booking this type closes the recall; without one any visit does" clearable data={types.map((one) => ({ value: one.id, label: one.name }))} value={typeId} onChange={setType} />
        <TextField label={optional('Reason')} autoComplete="off" maxLength={limits.line_chars} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        <Select label={optional('Provider')} clearable data={staff.filter((one) => one.isProvider).map((one) => ({ value: one.id, label: [one.title, one.givenName, one.familyName].filter(Boolean).join(' ') }))} value={providerId} onChange={setProvider} />
      </Form>
    </SidePanel>
  )
}
