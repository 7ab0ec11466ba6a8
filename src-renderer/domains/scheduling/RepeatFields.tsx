import { Select } from '@mantine/core'
import { seriesUnits } from '#shared/domains/scheduling/model.series.ts'
import { weekdayOf, type PlainDate } from '#shared/kernel/time.ts'
import { KeyHint } from '#renderer/app/keys/keys.tsx'
import { DateField, TextField } from '#renderer/ui/fields.tsx'
import { ChoiceField, FieldRow } from '#renderer/ui/form.tsx'
import type { Booking } from './useBooking.ts'
import { emptyRepeat, monthlyChoices, patternWords, readRepeat, type RepeatDraft } from './view.series.ts'
import { weekdayLetters, weekdayNames } from './view.wait-list.ts'
import panels from './Panels.module.css'
import styles from './Series.module.css'

const unitWords = { day: 'days', week: 'weeks', month: 'months' } as const

/** How often the visit comes again, written as it is said. */
export function RepeatFields({ booking, first }: { booking: Booking; first: PlainDate }) {
  const { repeat } = booking.draft
  const set = (changes: Partial<RepeatDraft>): void => booking.change({ repeat: { ...(repeat ?? emptyRepeat), ...changes } })
  if (!repeat) {
    return (
      <button type="button" className={styles['more']} onClick={() => set({})}>
        Repeat <KeyHint of="booking.repeat" />
      </button>
    )
  }
  const read = readRepeat(repeat, first)
  return (
    <fieldset className={styles['part']}>
      <legend className={panels['groupLabel']}>
        <span>Repeat</span>
        <button type="button" className={panels['link']} onClick={() => booking.change({ repeat: undefined })}>Once only</button>
      </legend>
      <FieldRow>
        <TextField label="Every" inputMode="numeric" autoComplete="off" value={repeat.everyText} onChange={(event) => set({ everyText: event.currentTarget.value })} />
        <Select label="Unit" data={seriesUnits.map((unit) => ({ value: unit, label: unitWords[unit] }))} allowDeselect={false} value={repeat.unit} onChange={(unit) => unit && set({ unit })} />
      </FieldRow>
      {repeat.unit === 'week' && <Weekdays repeat={repeat} first={first} onChange={(weekdays) => set({ weekdays })} />}
      {repeat.unit === 'month' && <ChoiceField label="In the month" fullWidth size="xs" data={monthlyChoices(first)} value={repeat.isByWeekday ? 'weekday' : 'date'} onChange={(value) => set({ isByWeekday: value === 'weekday' })} />}
      <FieldRow>
        <Select label="Ends" data={[{ value: 'count', label: 'After' }, { value: 'until', label: 'On a day' }]} allowDeselect={false} value={repeat.endsBy} onChange={(endsBy) => endsBy && set({ endsBy })} />
        {repeat.endsBy === 'count'
          ? <TextField label="Visits" inputMode="numeric" autoComplete="off" value={repeat.countText} onChange={(event) => set({ countText: event.currentTarget.value })} />
          : <DateField label="Last day" kind="day" value={repeat.until} onChange={(until) => set({ until })} />}
      </FieldRow>
      <p className={panels['quiet']} aria-live="polite">{'problem' in read ? read.problem : `${patternWords(read.pattern, first)}. Each date is looked at before anything is booked.`}</p>
    </fieldset>
  )
}

/** The weekday of the first visit is always one of them. */
function Weekdays({ repeat, first, onChange }: { repeat: RepeatDraft; first: PlainDate; onChange: (weekdays: number[]) => void }) {
  const own = weekdayOf(first)
  const toggled = (day: number): number[] => (repeat.weekdays.includes(day) ? repeat.weekdays.filter((one) => one !== day) : [...repeat.weekdays, day])
  return (
    <div role="group" aria-label="On weekdays" className={panels['choices']}>
      {weekdayNames.map((name, day) => (
        <button key={name} type="button" className={panels['choice']} aria-label={name} aria-pressed={day === own || repeat.weekdays.includes(day)} aria-disabled={day === own || undefined} onClick={() => day !== own && onChange(toggled(day))}>
          {weekdayLetters[day]}
        </button>
      ))}
    </div>
  )
}
