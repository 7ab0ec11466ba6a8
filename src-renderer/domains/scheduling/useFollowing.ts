import type { Appointment, DayAppointment } from '#shared/domains/scheduling/model.ts'
import { useApiQuery } from '#renderer/rpc/api.ts'

/** Those of its series that come after it and to which the same can be done; none for a visit that stands alone. */
export function useFollowing(one: DayAppointment, isAllowed: (visit: Appointment) => boolean): readonly Appointment[] {
  const series = useApiQuery('scheduling.seriesOf', { id: one.id }, { enabled: one.seriesId !== null })
  // Their versions are what is sent: an answer that is being asked again names ones that are gone by now.
  if (series.isFetching) return []
  return series.data?.appointments.filter((visit) => visit.id !== one.id && visit.startsAt > one.startsAt && isAllowed(visit)) ?? []
}
