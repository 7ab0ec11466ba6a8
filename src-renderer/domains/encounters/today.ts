import type { DayAppointment } from '#shared/domains/scheduling/model.ts'
import { sinceOf } from '#shared/domains/flow/rules.ts'

/** The day's appointments as the homes sort them. Pure; tested in tests/screens/encounters.test.tsx. */

const urgency: Partial<Record<DayAppointment['status'], number>> = { roomed: 0, arrived: 1, booked: 2, proposed: 3 }

/** Who comes next: in a room the longest, else waiting the longest, else the next booked. */
export function nextPatient(appointments: readonly DayAppointment[]): DayAppointment | undefined {
  return appointments
    .filter((one) => urgency[one.status] !== undefined)
    .toSorted((a, b) => (urgency[a.status] ?? 9) - (urgency[b.status] ?? 9) || sinceOf(a).localeCompare(sinceOf(b)))[0]
}

/** Still to come or here. */
export const isOpen = (appointment: DayAppointment): boolean => !['fulfilled', 'cancelled', 'no-show'].includes(appointment.status)
