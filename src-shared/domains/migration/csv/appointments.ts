import { limits } from '../../../kernel/limits.ts'
import { cellsOf, dateOf, isStopped, type Cells, type Reading } from './cells.ts'
import type { AppointmentDraft, CsvRecord, Understood } from './model.ts'
import { nameOf, phoneOf } from './patients.ts'
import { readMinutes, readTime } from './values.ts'

/** Where the file does not say how long. */
const MINUTES_DEFAULT = 15

const outcomes: Readonly<Record<string, AppointmentDraft['outcome']>> = {
  '': 'booked', scheduled: 'booked', sched: 'booked', booked: 'booked', confirmed: 'booked', pending: 'booked',
  completed: 'fulfilled', complete: 'fulfilled', done: 'fulfilled', seen: 'fulfilled', checkedout: 'fulfilled', arrived: 'fulfilled', kept: 'fulfilled', fulfilled: 'fulfilled',
  noshow: 'no-show', ns: 'no-show', dna: 'no-show', missed: 'no-show', cancelled: 'cancelled', canceled: 'cancelled', cxl: 'cancelled', cancel: 'cancelled',
}

export function readAppointment(record: CsvRecord, reading: Reading): Understood<AppointmentDraft> {
  const cells = cellsOf(record, reading)
  if (isStopped(cells)) return { problems: cells.problems }
  const name = nameOf(cells)
  if (name.familyName === '' && cells.known('account') === null) cells.note('NO_NAME', 'full-name', { stops: true })
  const date = dateOf(cells, 'date', reading, 'near')
  if (date === null) cells.note('NO_DATE', 'date', { stops: true })
  const minute = readTime(cells.get('time'))
  if (minute === undefined) cells.note(cells.get('time') === '' ? 'NO_TIME' : 'NOT_A_TIME', 'time', { stops: true })
  const outcome = outcomes[cells.get('status').toLowerCase().replace(/[^a-z]/g, '')]
  if (outcome === undefined) cells.note('NOT_A_STATUS', 'status', { stops: true })
  const birthDate = dateOf(cells, 'birth-date', reading, 'past')
  if (date === null || minute === undefined || outcome === undefined || isStopped(cells)) return { problems: cells.problems }
  const reason = [cells.get('type'), cells.get('comment')].filter(Boolean).join('; ').slice(0, limits.line_chars)
  const draft = {
    line: record.line, account: cells.known('account'), ...name, birthDate, phone: phoneOf(cells, 'phone', reading), date, minute, minutes: minutesOf(cells),
    provider: cells.get('provider'), reason: reason === '' ? null : reason, outcome,
  }
  return { draft, problems: cells.problems }
}

function minutesOf(cells: Cells): number {
  const read = readMinutes(cells.get('minutes'))
  return read === undefined || read < limits.appointment_minutes_min || read > limits.appointment_minutes_max ? MINUTES_DEFAULT : read
}
