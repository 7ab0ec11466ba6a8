import { useState } from 'react'
import type { RosterPerson, Shift, ShiftTimes } from '#shared/domains/staff/model.ts'
import { areTimesSound } from '#shared/domains/staff/rules.ts'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { optional, TextField } from '#renderer/ui/fields.tsx'
import { FieldRow, Form } from '#renderer/ui/form.tsx'
import { count, dayDate, spokenName } from '#renderer/ui/format.ts'
import { minuteOf } from '#renderer/ui/minute-of.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { WouldStrand } from '#renderer/ui/Stranded.tsx'
import type { RosterActs } from './useRosterActs.ts'
import { timeText, usualTimes, type Cell } from './view.ts'

/** One person's shift on one day. */
export function ShiftPanel({ cell, person, acts, onClose }: { cell: Cell; person: RosterPerson | undefined; acts: RosterActs; onClose: () => void }) {
  const [before] = cell.shifts
  const shown: ShiftTimes = before?.kind === 'work' ? before : usualTimes
  const [text, setText] = useState({
    from: timeText(shown.startMin), to: timeText(shown.endMin), breakFrom: shown.breakStartMin === null ? '' : timeText(shown.breakStartMin), breakTo: shown.breakEndMin === null ? '' : timeText(shown.breakEndMin),
  })
  const [isTried, setTried] = useState(false)
  const times = timesOf(text)
  const [id] = useState(() => before?.id ?? newId())
  const wanted: Shift | undefined = times && { id, staffId: cell.staffId, date: cell.date, ...onlyTimes(times) }
  const would = useApiQuery('scheduling.wouldStrand', { kind: 'shift', shift: wanted ?? { id, staffId: cell.staffId, date: cell.date, ...onlyTimes(usualTimes) } }, { enabled: wanted !== undefined, keepPrevious: true })
  const save = async (wanted: ShiftTimes) => {
    if (await acts.save({ id, staffId: cell.staffId, date: cell.date, ...onlyTimes(wanted) }, before)) onClose()
  }
  const submit = () => {
    setTried(true)
    if (times) void save(times)
  }
  const field = (name: keyof typeof text, label: string, isOptional = false) => (
    <TextField label={isOptional ? optional(label) : label} autoComplete="off" value={text[name]} onChange={(event) => setText({ ...text, [name]: event.currentTarget.value })} error={isTried && !times && name === 'to' ? 'A shift ends after it begins, and its break lies inside. Write times like 8:30.' : undefined} />
  )
  return (
    <SidePanel
      title={person ? spokenName(person) : 'Shift'} headNote={dayDate(cell.date)} onClose={onClose} width={420}
      footer={
        <>
          {before && <ActionButton onClick={() => void acts.remove(cell.shifts).then((isDone) => isDone && onClose())}>Take away</ActionButton>}
          <ActionButton onClick={() => void save(dayOff)}>Day off</ActionButton>
          <ActionButton type="submit" form="shift" variant="filled">Save shift</ActionButton>
        </>
      }
    >
      <Form id="shift" onSubmit={submit} submitLabel="Save shift" where="Roster">
        <FieldRow>{field('from', 'From')}{field('to', 'To')}</FieldRow>
        <FieldRow>{field('breakFrom', 'Break from', true)}{field('breakTo', 'Break to', true)}</FieldRow>
        {wanted && <WouldStrand visits={would.data} />}
        <Otherwise cell={cell} id={id} />
      </Form>
    </SidePanel>
  )
}

/** What the two buttons that take the shift away would leave behind. */
function Otherwise({ cell, id }: { cell: Cell; id: string }) {
  const off = useApiQuery('scheduling.wouldStrand', { kind: 'shift', shift: { ...dayOff, id, staffId: cell.staffId, date: cell.date } })
  const gone = useApiQuery('scheduling.wouldStrand', { kind: 'no-shift', ids: cell.shifts.map((shift) => shift.id) }, { enabled: cell.shifts.length > 0 })
  const [asOff, asGone] = [off.data?.length ?? 0, gone.data?.length ?? 0]
  if (asOff + asGone === 0) return null
  return <Notice tone="info">{asOff > 0 && `As a day off it would strand ${count(asOff, 'appointment')}. `}{asGone > 0 && `Taken away it would strand ${count(asGone, 'appointment')}.`}</Notice>
}

const dayOff: ShiftTimes = { kind: 'off', startMin: 0, endMin: 1440, breakStartMin: null, breakEndMin: null }
const onlyTimes = ({ kind, startMin, endMin, breakStartMin, breakEndMin }: ShiftTimes): ShiftTimes => ({ kind, startMin, endMin, breakStartMin, breakEndMin })

/** An end that is not after the beginning is after midnight. */
function timesOf(text: { from: string; to: string; breakFrom: string; breakTo: string }): ShiftTimes | undefined {
  const [from, to] = [minuteOf(text.from), minuteOf(text.to)]
  if (from === undefined || to === undefined || from === 1440) return undefined
  const after = (minute: number): number => (minute < from ? minute + 1440 : minute)
  const endMin = to <= from ? to + 1440 : to
  const isWithout = text.breakFrom.trim() === '' && text.breakTo.trim() === ''
  const [breakFrom, breakTo] = [minuteOf(text.breakFrom), minuteOf(text.breakTo)]
  if (!isWithout && (breakFrom === undefined || breakTo === undefined)) return undefined
  const times: ShiftTimes = { kind: 'work', startMin: from, endMin, breakStartMin: breakFrom === undefined ? null : after(breakFrom), breakEndMin: breakTo === undefined ? null : after(breakTo) }
  return areTimesSound(times) ? times : undefined
}
