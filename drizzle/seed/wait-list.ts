import { waitListEntries } from '#drizzle/schema/scheduling.ts'
import { toInstant } from '#shared/kernel/time.ts'
import type { Calendar } from './calendar.ts'
import type { DemoPatient } from './patients.ts'
import type { Chance } from './random.ts'
import type { Emit } from './rows.ts'
import type { DemoStaff } from './staff.ts'

interface Wish { note: string; durationMin: number; isUrgent?: boolean; fromMin?: number; isFirstProvider?: boolean; weekdays?: number; noticeMin?: number }

/** What a receptionist hears on the phone. Weekdays are bits, Sunday the lowest. */
const wishes: readonly Wish[] = [
  { note: 'Diabetes check', durationMin: 30, isUrgent: true },
  { note: 'Rash', durationMin: 15, fromMin: 540 },
  { note: 'Results talk', durationMin: 15, isFirstProvider: true },
  { note: 'Asthma review', durationMin: 30, fromMin: 900 },
  { note: 'Annual exam', durationMin: 45, weekdays: 0b10_0000, noticeMin: 120 },
]

const HOUR = 3_600_000

/** Who wants to come earlier. Of the patients that were there first: nobody of them waits for a first visit. */
export function emitWaitList(chance: Chance, emit: Emit, calendar: Calendar, staff: DemoStaff, patients: readonly DemoPatient[]): void {
  wishes.forEach((wish, i) => {
    const patient = patients[(i + 1) * 7]
    if (!patient) return
    const createdMs = calendar.nowMs - (i + 2) * 20 * HOUR
    emit(waitListEntries, {
      id: chance.id(createdMs), patientId: patient.id, typeId: null, durationMin: wish.durationMin, providerId: wish.isFirstProvider ? staff.providers[0]?.staffId ?? null : null,
      weekdays: wish.weekdays ?? 0b111_1111, fromMin: wish.fromMin ?? 0, toMin: 1440, notBefore: null, until: null, noticeMin: wish.noticeMin ?? 0, isUrgent: wish.isUrgent ?? false,
      note: wish.note, appointmentId: null, status: 'waiting', filledId: null, filledVersion: null, offeredAt: null, offer: null, version: 1, createdAt: toInstant(createdMs), createdBy: chance.pick(staff.desk),
    })
  })
}
