import type { Chart } from '#shared/domains/encounters/model.chart.ts'
import { ageOn } from '#shared/domains/encounters/rules.ranges.ts'
import type { DayAppointment } from '#shared/domains/scheduling/model.ts'
import { dateInZone, minuteOfDay } from '#shared/kernel/time.ts'
import { useNow, useToday, useZone } from '#renderer/app/actor.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { age, clock, listDate, listName, sexWord, spokenName, time } from '#renderer/ui/format.ts'
import { Person } from '#renderer/ui/Person.tsx'
import { QueryState } from '#renderer/ui/states.tsx'
import { StateTag } from '#renderer/ui/StateTag.tsx'
import { bannerAllergies, visitTagText } from '#renderer/ui/chart-banner.ts'
import { resultText, unitText } from './view.ts'
import { vitalLines } from './view.vitals.ts'
import { Flagged } from './VitalRows.tsx'
import styles from './Home.module.css'

/** Who comes next, with what matters already on the card. Looking at it is opening the chart, and is logged as that. */
export function NextPatientCard({ appointment }: { appointment: DayAppointment }) {
  const go = useGo()
  const zone = useZone()
  const today = useToday()
  const now = useNow()
  const chart = useApiQuery('encounters.openChart', { patientId: appointment.patientId })
  const { patient } = appointment
  const tag = visitTagText(appointment, now) ?? clock(minuteOfDay(appointment.startsAt, zone))
  return (
    <section className={styles['next']} aria-label="Next patient">
      <div className={styles['nextHead']}>
        <Person name={spokenName(patient)} size={58} />
        <div className={styles['nextWho']}>
          <div className={styles['nextState']}>Next patient <StateTag state={appointment.status}>{tag}</StateTag></div>
          <h2>{listName(patient)} <span>{age(patient.birthDate, today)} · {sexWord(patient.sex)}</span></h2>
          {appointment.reason && <p>“{appointment.reason}”</p>}
        </div>
        <ActionButton variant="filled" keyId="doctor.next" data-autofocus onClick={() => go(paths.chart(patient.id))}>Open chart</ActionButton>
      </div>
      {chart.data ? <Facts chart={chart.data} /> : <QueryState query={chart} what="The chart" />}
    </section>
  )
}

function Facts({ chart }: { chart: Chart }) {
  const zone = useZone()
  const today = useToday()
  const lines = vitalLines(chart.vitals, ageOn(chart.patient.birthDate, today)).filter((line) => dateInZone(line.at, zone) === today)
  const at = lines.map((line) => line.at).toSorted().at(-1)
  const allergies = bannerAllergies(chart.allergies)
  const since = chart.lastVisit?.startedAt
  const until = chart.lastVisit?.finishedAt ?? since
  const news = until ? chart.results.filter((one) => one.observedAt > until) : []
  return (
    <dl className={styles['facts']}>
      <div>
        <dt>Allergies</dt>
        {allergies.kind === 'list' ? allergies.allergies.slice(0, 3).map((one) => <dd key={one.id} className={styles['allergy']}>{one.substance} {one.reaction}</dd>) : <dd>{allergies.kind === 'none-known' ? 'No known allergies' : <span className={styles['asked']}>Not asked</span>}</dd>}
      </div>
      <div>
        <dt>Vitals {at && time(at, zone)}</dt>
        {lines.length === 0 ? <dd>Not taken yet</dd> : (
          <>
            {lines.some((line) => line.flag) && <dd className={styles['flagged']}>{lines.filter((line) => line.flag).map((line) => <span key={line.key}><Flagged flag={line.flag}>{`${line.text} ${line.unit}`}</Flagged></span>)}</dd>}
            <dd>{lines.filter((line) => !line.flag && line.key !== 'height').map((line) => `${line.name.toLowerCase()} ${line.text}`).join(' · ')}</dd>
          </>
        )}
      </div>
      <div>
        <dt>Problems</dt>
        <dd>{chart.problems.length === 0 ? 'None recorded' : chart.problems.slice(0, 3).map((one) => one.concept.label).join(', ')}{chart.problems.length > 3 ? `, ${chart.problems.length - 3} more` : ''}</dd>
      </div>
      <div>
        <dt>Since last visit {since && listDate(dateInZone(since, zone), today)}</dt>
        <dd>{!since ? 'First visit' : news.length === 0 ? 'Nothing new' : news.slice(0, 2).map((one) => `${one.label} ${resultText(one)} ${unitText(one.unit)}`.trim()).join(', ')}</dd>
      </div>
    </dl>
  )
}
