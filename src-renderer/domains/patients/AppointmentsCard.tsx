import type { DayAppointment } from '#shared/domains/scheduling/model.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { usePending } from '#renderer/app/network/state.ts'
import { paths } from '#renderer/app/paths.ts'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { Card } from '#renderer/ui/Card.tsx'
import { Missed } from '#renderer/ui/Missed.tsx'
import { nearDate, time } from '#renderer/ui/format.ts'
import { QueryState } from '#renderer/ui/states.tsx'
import { StateTag } from '#renderer/ui/StateTag.tsx'
import { Unconfirmed } from '#renderer/ui/Unconfirmed.tsx'
import styles from './Patient.module.css'

const PAST_SHOWN = 3

/** What comes, then the last ones that were; a row opens its day. */
export function AppointmentsCard({ patientId }: { patientId: string }) {
  const zone = useZone()
  const today = useToday()
  const appointments = useApiQuery('scheduling.listForPatient', { patientId })
  const isAhead = (one: DayAppointment): boolean => dateInZone(one.startsAt, zone) >= today
  const all = appointments.data ?? []
  const shown = [...all.filter(isAhead).toReversed(), ...all.filter((one) => !isAhead(one)).slice(0, PAST_SHOWN)]
  return (
    <Card title="Appointments" flush aside={<Missed patientId={patientId} />}>
      <QueryState query={appointments} what="The appointments" />
      {appointments.data && shown.length === 0 && <p className={styles['none']}>No appointment yet.</p>}
      <ul className={styles['rows']}>
        {shown.map((one) => (
          <AppointmentRow key={one.id} one={one} />
        ))}
      </ul>
    </Card>
  )
}

function AppointmentRow({ one }: { one: DayAppointment }) {
  const go = useGo()
  const zone = useZone()
  const today = useToday()
  const isUnsent = usePending()('appointments', one.id)
  const date = dateInZone(one.startsAt, zone)
  return (
    <li>
      <button type="button" className={styles['rowButton']} onClick={() => go(paths.day(date))}>
        <span className={styles['rowText']}>
          <b>
            {nearDate(date, today)} {time(one.startsAt, zone)}
          </b>
          <span>{[one.typeName, one.reason].filter(Boolean).join(' · ')}</span>
        </span>
        {isUnsent && <Unconfirmed />}
        <StateTag state={one.status} unsent={isUnsent} />
      </button>
    </li>
  )
}
