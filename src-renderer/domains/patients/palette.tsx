import type { Glance, PatientRow } from '#shared/domains/patients/model.ts'
import { holdsItsSlot } from '#shared/domains/scheduling/rules.ts'
import type { DayAppointment } from '#shared/domains/scheduling/model.ts'
import { dateInZone, type PlainDate } from '#shared/kernel/time.ts'
import { useMay, useNow, useToday, useZone } from '#renderer/app/actor.tsx'
import type { PaletteHit } from '#renderer/app/contribution.ts'
import { paths } from '#renderer/app/paths.ts'
import { api, useApiQuery } from '#renderer/rpc/api.ts'
import { age, ageSex, bannerName, born, clock, date as dateText, listDate, listName, mrn, nearDate, phone as phoneText, sexWord, time } from '#renderer/ui/format.ts'
import { Missed } from '#renderer/ui/Missed.tsx'
import { Person } from '#renderer/ui/Person.tsx'
import { StateTag } from '#renderer/ui/StateTag.tsx'
import styles from './palette.module.css'

const HITS = 8

/** The hit that is looked at shows more than its line, so the facts of the last answers are kept beside them. */
interface Facts {
  patient: PatientRow
  glance: Glance | undefined
}
const facts = new Map<string, Facts>()

export async function searchPatients(text: string, signal: AbortSignal): Promise<PaletteHit[]> {
  const found = await api.patients.search({ text, limit: HITS }, { signal })
  // Nobody fits: who was probably meant is better than an empty list.
  const rows: PatientRow[] = found.length > 0 ? found : await api.patients.closest({ text }, { signal })
  const { on, patients } = await api.patients.glance({ ids: rows.map((row) => row.id) }, { signal })
  facts.clear()
  return rows.map((patient, at) => {
    const glance = patients[at]
    facts.set(patient.id, { patient, glance })
    const aside = found.length === 0 ? 'Sounds alike' : asideText(patient, glance, on)
    return {
      id: patient.id, kind: 'patient', title: listName(patient), titleNote: ageSex(patient.birthDate, patient.sex, on),
      meta: [born(patient.birthDate), `MRN ${mrn(patient.mrn)}`, patient.phone && phoneText(patient.phone)].filter(Boolean).join(' · '),
      ...(aside ? { aside } : {}), path: paths.openPatient(patient.id),
    }
  })
}

/** "Today 10:30, Room 2", "Last seen 3 Aug". */
function asideText(patient: PatientRow, glance: Glance | undefined, on: PlainDate): string | undefined {
  if (patient.deceasedOn) return 'Deceased'
  if (patient.inactiveReason) return 'Inactive'
  if (glance?.today) return [`Today ${clock(glance.today.minute)}`, glance.today.roomName].filter(Boolean).join(', ')
  return glance?.lastSeenOn ? `Last seen ${listDate(glance.lastSeenOn, on)}` : undefined
}

/** Who it is and when they come; what each role sees beyond that, the core decides. */
export function PatientPreview({ hit }: { hit: PaletteHit }) {
  const today = useToday()
  const mayClinical = useMay('chart.read')
  const mayAppointments = useMay('appointment.read')
  const known = facts.get(hit.id)
  if (!known) return null
  const { patient, glance } = known
  return (
    <div className={styles['preview']}>
      <div className={styles['who']}>
        <Person name={`${patient.givenName} ${patient.familyName}`} size={48} />
        <div>
          <strong>{bannerName(patient)}</strong>
          <span>
            {age(patient.birthDate, today)} · {sexWord(patient.sex)}
          </span>
        </div>
      </div>
      <dl>
        <Line label="Born">{dateText(patient.birthDate)}</Line>
        {patient.deceasedOn && <Line label="Died">{dateText(patient.deceasedOn)}</Line>}
        <Line label="MRN">
          <span className="code">{mrn(patient.mrn)}</span>
        </Line>
        {patient.phone && <Line label="Phone">{phoneText(patient.phone)}</Line>}
        {glance?.insurance && <Line label="Insurance">{glance.insurance}</Line>}
        {glance?.lastSeenOn && <Line label="Last seen">{listDate(glance.lastSeenOn, today)}</Line>}
      </dl>
      {mayAppointments && <Missed patientId={patient.id} />}
      {mayAppointments && <Appointments patientId={patient.id} />}
      {!mayClinical && <p className={styles['note']}>Clinical facts are not shown to this role.</p>}
    </div>
  )
}

function Line({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className={styles['line']}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

const SHOWN = 3

function Appointments({ patientId }: { patientId: string }) {
  const zone = useZone()
  const today = useToday()
  const now = useNow()
  const { data = [] } = useApiQuery('scheduling.listForPatient', { patientId })
  const coming = upcoming(data, now, zone).slice(0, SHOWN)
  if (coming.length === 0) return null
  return (
    <section className={styles['appointments']}>
      <h2>Appointments</h2>
      {coming.map((one) => (
        <div key={one.id} className={styles['appointment']}>
          <span>
            {nearDate(dateInZone(one.startsAt, zone), today)} {time(one.startsAt, zone)}
          </span>
          <StateTag state={one.status}>{one.status === 'roomed' && one.roomName ? one.roomName : undefined}</StateTag>
        </div>
      ))}
    </section>
  )
}

/** Today's and later ones, the next first. */
function upcoming(appointments: readonly DayAppointment[], now: string, zone: string): DayAppointment[] {
  const today = dateInZone(now, zone)
  return appointments.filter((one) => holdsItsSlot(one.status) && dateInZone(one.startsAt, zone) >= today).toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1))
}
