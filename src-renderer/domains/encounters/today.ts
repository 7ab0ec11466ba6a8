import type { DayAppointment } from '#shared/domains/scheduling/model.ts'
import { minutesBetween, type Instant } from '#shared/kernel/time.ts'

/** The day's appointments as the homes sort them. Pure; tested in tests/screens/encounters.test.tsx. */

const urgency: Partial<Record<DayAppointment['status'], number>> = { roomed: 0, arrived: 1, booked: 2, proposed: 3 }

/** Who comes next: in a room the longest, else waiting the longest, else the next booked. */
export function nextPatient(appointments: readonly DayAppointment[]): DayAppointment | undefined {
  return appointments
    .filter((one) => urgency[one.status] !== undefined)
    .toSorted((a, b) => (urgency[a.status] ?? 9) - (urgency[b.status] ?? 9) || sinceOf(a).localeCompare(sinceOf(b)))[0]
}

/** When the present stage began. */
function sinceOf(appointment: DayAppointment): Instant {
  switch (appointment.status) {
    case 'arrived': return appointment.arrivedAt ?? appointment.startsAt
    case 'roomed': return appointment.roomedAt ?? appointment.startsAt
    case 'in-progress': return appointment.startedAt ?? appointment.startsAt
    default: return appointment.startsAt
  }
}

export const waitedMinutes = (appointment: DayAppointment, now: Instant): number => Math.max(0, minutesBetween(sinceOf(appointment), now))

/** Longest wait first. */
export const byWait = (appointments: readonly DayAppointment[], status: DayAppointment['status']): DayAppointment[] =>
  appointments.filter((one) => one.status === status).toSorted((a, b) => sinceOf(a).localeCompare(sinceOf(b)))

/** Still to come or here. */
export const isOpen = (appointment: DayAppointment): boolean => !['fulfilled', 'cancelled', 'no-show'].includes(appointment.status)

/** Minutes that a stage should take at most: the bar fills to it, amber from 80 %, clay past it (ui.md, timers). */
export const stageTargets = { arrived: 15, roomed: 10, 'in-progress': 20 } as const
export type Stage = keyof typeof stageTargets

export function waitTone(minutes: number, target: number): 'plain' | 'warn' | 'bad' {
  if (minutes > target) return 'bad'
  return minutes >= target * 0.8 ? 'warn' : 'plain'
}
