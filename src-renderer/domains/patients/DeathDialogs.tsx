import type { Patient } from '#shared/domains/patients/model.ts'
import { isPossibleDeath } from '#shared/domains/patients/rules.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { SecondPerson } from '#renderer/app/approval/SecondPerson.tsx'
import { useTwoPerson } from '#renderer/app/approval/two-person.ts'
import { api, useApiQuery } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { DateField, TextField } from '#renderer/ui/fields.tsx'
import { Form } from '#renderer/ui/form.tsx'
import { count, listName, nearDate, time } from '#renderer/ui/format.ts'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import styles from './Patient.module.css'
import { useKept } from './useKept.ts'

interface DialogProps { patient: Patient; onClose: () => void }

/** That somebody has died: what it calls off stands there before it is done, and it takes two. */
export function DeathDialog({ patient, onClose }: DialogProps) {
  const today = useToday()
  const zone = useZone()
  const outlook = useApiQuery('scheduling.deathOutlook', { patientId: patient.id })
  const command = useTwoPerson('scheduling.recordDeath')
  const { value, change, forget } = useKept(`death of ${patient.id}`, { id: newId(), on: undefined as string | undefined })
  const ahead = outlook.data?.appointments ?? []
  const waiting = outlook.data?.waitListEntries ?? 0
  const missing = value.on === undefined ? 'The day is missing.' : isPossibleDeath(value.on, patient.birthDate, today) ? undefined : 'The date of death must lie between the birth and today.'
  const done = () => {
    showToast({ text: ahead.length > 0 ? `Recorded, and ${count(ahead.length, 'appointment')} called off:` : 'Recorded:', strong: listName(patient) })
    forget()
    onClose()
  }
  const run = async () => {
    if (!missing && value.on !== undefined && (await command.run({ id: value.id, patientId: patient.id, deceasedOn: value.on })) !== undefined) done()
  }
  return (
    <Dialog title="Record a death" size={560} onClose={onClose}>
      {command.waiting ? (
        <SecondPerson waiting={command.waiting} act="Recording a death" reason="" onApproved={done} onAsked={onClose} onCancel={command.stopWaiting} />
      ) : (
        <Form where="Record a death" submitLabel="Record the death" onSubmit={() => void run()}>
          <DateField label="Died" kind="birth" value={value.on} onChange={(on) => change({ ...value, on })} data-autofocus />
          <QueryState query={outlook} what="What is booked" />
          {outlook.data && (ahead.length === 0 && waiting === 0 ? <p>Nothing is booked ahead. No reminder, call or recall goes out any more.</p> : (
            <Notice tone="warn" title="Called off with it:">
              <ul className={styles['calledOff']}>
                {ahead.map((one) => <li key={one.id}>{nearDate(dateInZone(one.startsAt, zone), today)} {time(one.startsAt, zone)}{one.typeName && `, ${one.typeName}`}</li>)}
                {waiting > 0 && <li>{count(waiting, 'entry', 'entries')} on the wait list</li>}
              </ul>
            </Notice>
          ))}
          {command.refusal && <Notice tone="bad" title="Not recorded.">{errorText(command.refusal)}</Notice>}
          <div className={styles['dialogActs']}>
            <ActionButton onClick={onClose} keys="Esc">Leave it</ActionButton>
            <ActionButton type="submit" variant="filled" keyId="form.submit" running={command.isRunning} disabledReason={missing} reasonAt="left">Record the death</ActionButton>
          </div>
        </Form>
      )}
    </Dialog>
  )
}

/** A mistake is taken back with what it called off, as far as the times are still free. */
export function ReversalDialog({ patient, onClose }: DialogProps) {
  const outlook = useApiQuery('scheduling.deathOutlook', { patientId: patient.id })
  const command = useTwoPerson('scheduling.reverseDeath')
  const { value: reason, change: setReason, forget } = useKept(`reversal of ${patient.id}`, '')
  const missing = reason.trim() === '' ? 'Say why, in a few words.' : undefined
  const calledOff = outlook.data?.death?.calledOff ?? 0
  const done = async () => {
    const back = await api.scheduling.deathOutlook({ patientId: patient.id }).then((now) => now.appointments.length, () => calledOff)
    const lost = Math.max(0, calledOff - back)
    showToast({ text: lost > 0 ? `Taken back; ${count(lost, 'appointment')} could not come back, the time is gone:` : 'Taken back:', strong: listName(patient) })
    forget()
    onClose()
  }
  const run = async () => {
    if (missing) return
    if ((await command.run({ patientId: patient.id, reason: reason.trim() })) !== undefined) await done()
  }
  return (
    <Dialog title="Take the death back?" size={560} onClose={onClose}>
      {command.waiting ? (
        <SecondPerson waiting={command.waiting} act="Taking a death back" reason={reason.trim()} onApproved={() => void done()} onAsked={onClose} onCancel={command.stopWaiting} />
      ) : (
        <Form where="Take the death back" submitLabel="Take it back" onSubmit={() => void run()}>
          <p>{calledOff > 0 ? `What it called off (${count(calledOff, 'appointment')}) comes back where the time is still free.` : 'The patient is found, called and booked again.'}</p>
          <TextField label="Why" data-autofocus autoComplete="off" maxLength={200} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
          {command.refusal && <Notice tone="bad" title="Not taken back.">{errorText(command.refusal)}</Notice>}
          <div className={styles['dialogActs']}>
            <ActionButton onClick={onClose} keys="Esc">Leave it</ActionButton>
            <ActionButton type="submit" variant="filled" keyId="form.submit" running={command.isRunning} disabledReason={missing} reasonAt="left">Take it back</ActionButton>
          </div>
        </Form>
      )}
    </Dialog>
  )
}
