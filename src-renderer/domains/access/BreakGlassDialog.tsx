import { Select, Textarea } from '@mantine/core'
import { useState } from 'react'
import { breakGlassReasons, type BreakGlassReason } from '#shared/domains/access/model.ts'
import { limits } from '#shared/kernel/limits.ts'
import { useZone } from '#renderer/app/actor.tsx'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { closeBreakGlass, useWantedChart, type WantedChart } from '#renderer/ui/break-glass.ts'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { Form } from '#renderer/ui/form.tsx'
import { time } from '#renderer/ui/format.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { reasonWords } from './words.ts'
import styles from './Access.module.css'

/** Hangs in the frame and shows itself when a screen asks. */
export function BreakGlassDialog() {
  const wanted = useWantedChart()
  if (!wanted) return null
  return (
    <Dialog title="Open in an emergency" size={520} onClose={closeBreakGlass}>
      <BreakGlassForm wanted={wanted} />
    </Dialog>
  )
}

function BreakGlassForm({ wanted }: { wanted: WantedChart }) {
  const zone = useZone()
  const [id] = useState(newId)
  const [mrn, setMrn] = useState('')
  const [reason, setReason] = useState<BreakGlassReason | null>(null)
  const [explanation, setExplanation] = useState('')
  // An older proof than five minutes is asked for by the frame (R31); reason and words stay here meanwhile.
  const command = useCommand('access.breakGlass')
  const number = Number(mrn.replaceAll(/\D/g, ''))
  const missing = wanted.patientId === undefined && number === 0 ? 'Type the MRN from the card.'
    : reason === null ? 'Choose a reason.'
      : explanation.trim().length < limits.explanation_chars_min ? 'Say in a few words what happened.' : undefined
  const open = async () => {
    if (missing || reason === null) return
    const patient = wanted.patientId === undefined ? { mrn: number } : { id: wanted.patientId }
    const opened = await command.run({ id, patient, reason, explanation: explanation.trim() }).catch(() => undefined)
    if (!opened) return
    closeBreakGlass()
    showToast({ text: 'Chart open until', strong: time(opened.endsAt, zone) })
    wanted.onOpened(opened.patientId)
  }
  return (
    <Form submitLabel="Open chart" where="Emergency" onSubmit={() => void open()}>
      <Notice tone="bad" title="One chart, 60 minutes.">Your name, the reason and everything you open are kept, and a privacy officer reviews it within 7 days.</Notice>
      {wanted.patientId === undefined && (
        <TextField label="MRN" inputMode="numeric" autoComplete="off" data-autofocus value={mrn} onChange={(event) => setMrn(event.currentTarget.value)} />
      )}
      <Select
        label="Reason" placeholder="Choose" data={breakGlassReasons.map((value) => ({ value, label: reasonWords[value] }))} value={reason}
        onChange={(value) => setReason(breakGlassReasons.find((one) => one === value) ?? null)} {...(wanted.patientId === undefined ? {} : { 'data-autofocus': true })}
      />
      <Textarea label="What happened" autosize minRows={2} maxRows={5} maxLength={limits.text_chars} value={explanation} onChange={(event) => setExplanation(event.currentTarget.value)} />
      {command.refusal && <Notice tone="bad" title="Not opened.">{errorText(command.refusal)}</Notice>}
      <div className={styles['foot']}>
        <ActionButton variant="subtle" onClick={closeBreakGlass}>Leave it closed</ActionButton>
        <ActionButton type="submit" variant="filled" color="clay" keyId="form.submit" running={command.isRunning} disabledReason={missing} reasonAt="left">Open chart</ActionButton>
      </div>
    </Form>
  )
}
