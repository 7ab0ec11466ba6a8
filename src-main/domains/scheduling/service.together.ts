import type { BookedSeveral, BookTogetherInput, FindTogetherInput } from '#shared/domains/scheduling/contract.series.ts'
import type { PatientSummary } from '#shared/domains/patients/model.ts'
import type { Appointment, Slot } from '#shared/domains/scheduling/model.ts'
import type { RefusedOccurrence } from '#shared/domains/scheduling/model.series.ts'
import { searchTogether, type Companion } from '#shared/domains/scheduling/rules.together.ts'
import { addDays, dateInZone, dayBounds } from '#shared/kernel/time.ts'
import { refuse } from '#shared/rpc/errors.ts'
import { openFile } from '#main/core/access/opened.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import * as schedule from './repository.schedule.ts'
import * as bookings from './repository.series.ts'
import { problemOf } from './service.problems.ts'
import { frameOf, heldBy, needsOf, requireType, searchTimes } from './service.slots.ts'

/** Each is booked as its own act, in the log of its own patient; one that cannot be booked takes all the others back. */
export function bookTogether(context: WriteContext, { visits }: BookTogetherInput): BookedSeveral {
  const appointments: Appointment[] = []
  const refused: RefusedOccurrence[] = []
  for (const [place, visit] of visits.entries()) {
    const executed = context.execute({ procedure: 'scheduling.book', input: { ...visit, roomId: null }, actor: context.actor })
    if (executed.isDone) appointments.push(executed.output as Appointment) // As the contract declares its output.
    else if (isOfWhole(executed.code)) throw refuse(executed.code)
    else refused.push({ place, startsAt: visit.startsAt, problem: problemOf(executed) })
  }
  if (refused.length > 0) throw refuse('TIMES_REFUSED', { occurrences: refused })
  const [first] = appointments
  if (first) context.audit({ patientId: first.patientId, entityId: first.id, itemIds: appointments.map((one) => one.id) })
  return { appointments, refused }
}

const isOfWhole = (code: string): boolean => ['TYPE_NOT_FOUND', 'PATIENT_NOT_FOUND', 'PROVIDER_NOT_FOUND', 'ID_USED', 'NOT_FOUND', 'FORBIDDEN'].includes(code)

export const listRelatives = (context: ReadContext, patientId: string): PatientSummary[] => bookings.samePhoneAs(context.db, openFile(context, patientId))

/** Days that are looked through at once; nearly always the first ones have enough. */
const PIECES_DAYS = [3, 11, 49, 180] as const

export function findTogether(context: ReadContext, input: FindTogetherInput): { slots: Slot[] }[] {
  const { db, zone } = context
  const known = schedule.listProviders(db).map((provider) => provider.id)
  const providerIds = input.providerId === null ? known : known.filter((id) => id === input.providerId)
  if (input.way === 'group') return inOneGroup(context, input, providerIds)
  const found: { slots: Slot[] }[] = []
  const first = dateInZone(input.from, zone)
  for (let day = 0, piece = 0; day < input.days && found.length < input.limit; piece += 1) {
    const days = Math.min(PIECES_DAYS[piece] ?? input.days, input.days - day)
    const date = addDays(first, day)
    const around = { from: dayBounds(addDays(date, -1), zone).from, to: dayBounds(addDays(date, days + 1), zone).to }
    const companions = input.visits.map(({ typeId, durationMin }): Companion => {
      const type = typeId === null ? undefined : requireType(db, typeId)
      const buffers = { bufferBeforeMin: type?.bufferBeforeMin ?? 0, bufferAfterMin: type?.bufferAfterMin ?? 0 }
      return { durationMin, ...buffers, needs: type ? needsOf(db, { needs: type, ...buffers }, around, undefined) : [] }
    })
    // Many at once need many providers, whoever was asked for.
    const ids = input.way === 'at-once' ? known : providerIds
    const some = searchTogether(frameOf(db, zone, date, days), (id) => heldBy(db, 'provider', id, around, undefined), {
      companions, providerIds: ids, way: input.way, from: day === 0 ? input.from : dayBounds(date, zone).from, days, limit: input.limit - found.length,
    })
    found.push(...some.map((slots) => ({ slots })))
    day += days
  }
  return found
}

/** A group visit with places for all of them: one that others have booked, or a free time. */
function inOneGroup({ db, zone }: ReadContext, { visits, from, days, limit }: FindTogetherInput, providerIds: readonly string[]): { slots: Slot[] }[] {
  const [one] = visits
  const type = one && one.typeId !== null ? requireType(db, one.typeId) : undefined
  if (!one || !type || type.capacity < visits.length || visits.some((other) => other.typeId !== type.id || other.durationMin !== one.durationMin)) throw refuse('GROUP_TOO_SMALL', { capacity: type?.capacity ?? 1 })
  const to = dayBounds(addDays(dateInZone(from, zone), days - 1), zone).to
  const open = providerIds.flatMap((providerId) => bookings.openGroups(db, { providerId, typeId: type.id, capacity: type.capacity, patients: visits.length, from, to, durationMin: one.durationMin }))
  const free = searchTimes(db, zone, { providerIds, from, days, limit, durationMin: one.durationMin, needs: type, bufferBeforeMin: type.bufferBeforeMin, bufferAfterMin: type.bufferAfterMin }).slots
  return [...open, ...free].toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : a.startsAt > b.startsAt ? 1 : 0)).slice(0, limit).map((slot) => ({ slots: visits.map(() => slot) }))
}
