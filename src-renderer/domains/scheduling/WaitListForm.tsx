import { Checkbox, Select } from '@mantine/core'
import { useState } from 'react'
import type { Day } from '#shared/domains/scheduling/contract.ts'
import type { AppointmentType } from '#shared/domains/scheduling/model.ts'
import { SLOT_STEP_MIN } from '#shared/domains/scheduling/rules.search.ts'
import { limits } from '#shared/kernel/limits.ts'
import { useActor, useToday } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { api } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { DateField, optional, TextField } from '#renderer/ui/fields.tsx'
import { FieldRow } from '#renderer/ui/form.tsx'
import { ageSex, duration, listName } from '#renderer/ui/format.ts'
import { IconHourglass, IconX } from '#renderer/ui/icons.ts'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { PatientPicker } from '#renderer/ui/pickers/PatientPicker.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { lengthChoices, parseTime, usualType } from './view.booking.ts'
import { providerName } from './view.ts'
import { hasWeekday, weekdayLetters, weekdayNames } from './view.wait-list.ts'
import { setWaitListDraft, useWaitListDraft, type WaitListDraft } from './wait-list-draft.ts'
import panels from './Panels.module.css'
import styles from './WaitList.module.css'

interface WaitListFormProps {
  day: Day
  types: readonly AppointmentType[]
  onClose: () => void
}

/** Who wants to come earlier, and what they can do. Only the patient must be said. */
export function WaitListForm({ day, types, onClose }: WaitListFormProps) {
  const { userId } = useActor()
  const [draft, change] = useWaitListDraft(userId)
  const [problem, setProblem] = useState<string>()
  // The same attempt keeps its id: pressed twice, or sent again after a lost answer, it is one entry.
  const [id] = useState(newId)
  const type = types.find(({ id }) => id === draft.typeId) ?? usualType(types, day)
  const durationMin = draft.durationMin ?? type?.durationMin ?? SLOT_STEP_MIN
  const missing = missingWords(draft, durationMin)
  const save = async () => {
    const { patient } = draft
    if (!patient || missing) return
    try {
      const { appointmentId, providerId, weekdays, notBefore, until, noticeMin, isUrgent, note } = draft
      await api.scheduling.addToWaitList({
        id, patientId: patient.id, appointmentId, providerId, weekdays, noticeMin, isUrgent, durationMin, typeId: type?.id ?? null,
        fromMin: parseTime(draft.fromText) ?? 0, toMin: parseTime(draft.toText) ?? 1440, notBefore: notBefore ?? null, until: until ?? null, note: note.trim() || null,
      })
      showToast({ text: listName(patient), strong: 'is on the wait list' })
      setWaitListDraft(userId, undefined)
      onClose()
    } catch (error) {
      setProblem(errorText(error))
    }
  }
  return (
    <SidePanel
      title="Put on the wait list" icon={IconHourglass} onClose={onClose}
      footer={
        <>
          <span id="wait-list-missing" className={panels['missing']}>{missing}</span>
          <ActionButton variant="filled" keyId="wait-list.save" disabledReason={missing} reasonId="wait-list-missing" onClick={() => void save()}>Put on list</ActionButton>
        </>
      }
    >
      <Fields draft={draft} change={change} day={day} types={types} typeId={type?.id ?? null} durationMin={durationMin} onSave={() => void save()} />
      {problem && <Notice tone="bad">{problem}</Notice>}
    </SidePanel>
  )
}

function missingWords({ patient, fromText, toText }: WaitListDraft, durationMin: number): string | undefined {
  if (!patient) return 'Choose the patient first.'
  const [from, to] = [parseTime(fromText), parseTime(toText)]
  if ((fromText.trim() !== '' && from === undefined) || (toText.trim() !== '' && to === undefined)) return 'That time cannot be read. Write it like 10:30.'
  return (to ?? 1440) - (from ?? 0) < durationMin ? 'The visit takes longer than that.' : undefined
}

interface FieldsProps {
  draft: WaitListDraft
  change: (changes: Partial<WaitListDraft>) => void
  day: Day
  types: readonly AppointmentType[]
  typeId: string | null
  durationMin: number
  onSave: () => void
}

const NOTICES = [0, 30, 60, 120, 1440]

function Fields({ draft, change, day, types, typeId, durationMin, onSave }: FieldsProps) {
  const today = useToday()
  useKeys([{ id: 'wait-list.save', keys: 'Ctrl+Enter', label: 'Put on list', where: 'Wait list', run: onSave }])
  return (
    <form className={panels['view']} onSubmit={(event) => { event.preventDefault(); onSave() }}>
      {draft.patient ? (
        <div className={panels['chosen']} role="group" aria-label={`For ${listName(draft.patient)}`}>
          <div className={panels['whoText']}>
            <strong>{listName(draft.patient)}</strong> {ageSex(draft.patient.birthDate, draft.patient.sex, today)}
            {draft.appointmentId && <div>The appointment they have is moved when a time is found.</div>}
          </div>
          <IconButton size="small" label="Choose another patient" onClick={() => change({ patient: undefined, appointmentId: null })}>
            <IconX size={16} stroke={1.8} />
          </IconButton>
        </div>
      ) : (
        <PatientPicker label="Patient" autoFocus onPick={(patient) => change({ patient })} />
      )}
      <FieldRow>
        <Select label="Visit type" data={types.map(({ id, name }) => ({ value: id, label: name }))} value={typeId} onChange={(id) => change({ typeId: id, durationMin: null })} />
        <Select label="Length" data={lengthChoices(durationMin).map((minutes) => ({ value: String(minutes), label: duration(minutes) }))} value={String(durationMin)} onChange={(minutes) => minutes && change({ durationMin: Number(minutes) })} />
      </FieldRow>
      <Select label="Provider" data={[{ value: '', label: 'Any' }, ...day.providers.map((one) => ({ value: one.id, label: providerName(one) }))]} value={draft.providerId ?? ''} onChange={(id) => change({ providerId: id === '' ? null : id })} />
      <div role="group" aria-label="Weekdays">
        <div className={panels['groupLabel']}><span>Weekdays</span></div>
        <div className={styles['days']}>
          {weekdayNames.map((name, at) => (
            <button key={name} type="button" className={panels['choice']} aria-label={name} aria-pressed={hasWeekday(draft.weekdays, at)} onClick={() => change({ weekdays: toggled(draft.weekdays, at) })}>
              {weekdayLetters[at]}
            </button>
          ))}
        </div>
      </div>
      <FieldRow>
        <TextField label={optional('Not before')} autoComplete="off" value={draft.fromText} onChange={(event) => change({ fromText: event.currentTarget.value })} />
        <TextField label={optional('Over by')} autoComplete="off" value={draft.toText} onChange={(event) => change({ toText: event.currentTarget.value })} />
      </FieldRow>
      <FieldRow>
        <DateField label={optional('From day')} kind="day" value={draft.notBefore} onChange={(notBefore) => change({ notBefore })} />
        <DateField label={optional('Until day')} kind="day" value={draft.until} onChange={(until) => change({ until })} />
      </FieldRow>
      <Select label="Has to be told" data={NOTICES.map((minutes) => ({ value: String(minutes), label: minutes === 0 ? 'At any moment' : `${duration(minutes)} before` }))} value={String(draft.noticeMin)} onChange={(minutes) => change({ noticeMin: Number(minutes) })} />
      <TextField label={optional('Reason')} autoComplete="off" maxLength={limits.line_chars} value={draft.note} onChange={(event) => change({ note: event.currentTarget.value })} />
      <Checkbox label="Urgent" checked={draft.isUrgent} onChange={(event) => change({ isUrgent: event.currentTarget.checked })} />
    </form>
  )
}

/** At least one day stays. */
const toggled = (weekdays: number, day: number): number => (weekdays ^ (1 << day)) || weekdays
