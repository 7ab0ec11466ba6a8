import type { Chart } from '#shared/domains/encounters/model.chart.ts'
import { ageOn } from '#shared/domains/encounters/rules.ranges.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { useMay, useToday, useZone } from '#renderer/app/actor.tsx'
import { KeyHint } from '#renderer/app/keys/keys.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { Card } from '#renderer/ui/Card.tsx'
import { dateTime, listDate, time } from '#renderer/ui/format.ts'
import type { TabProps } from './ChartPanel.tsx'
import { MedicationRow, NoteItem, ProblemRow, Rows } from './ChartRows.tsx'
import { HeadAct } from './HeadAct.tsx'
import { PressureCard } from './PressureCard.tsx'
import { ResultRows } from './ResultRows.tsx'
import { VitalRows } from './VitalRows.tsx'
import { staffText } from './view.ts'
import { vitalLines } from './view.vitals.ts'
import styles from './Chart.module.css'

/** Left what was measured, middle what the patient takes and has, right what was. */
export function SummaryTab({ chart, open }: TabProps) {
  const go = useGo()
  const today = useToday()
  const mayProblem = useMay('problem.write')
  const inPatient = (tab: string) => go(paths.chart(chart.patient.id, tab))
  return (
    <div className={styles['summaryBox']}>
      <div className={styles['summary']} data-columns="4">
        <div className={styles['stack']}>
          <VitalsCard chart={chart} onRecord={() => open('vitals')} />
          <PressureCard trends={chart.vitals} />
        </div>
        <div className={styles['stack']}>
          <Card title="Current medications" note={chart.medications.length || undefined} flush aside={<HeadAct label="add" keyId="chart.medication" onClick={() => open('medication')} />}>
            <Rows empty="No current medications are recorded.">
              {chart.medications.slice(0, 8).map((medication) => <MedicationRow key={medication.id} medication={medication} today={today} />)}
            </Rows>
            <More hidden={chart.medications.length - 8} onClick={() => inPatient('medications')} />
          </Card>
          <Card title="Problems" note={chart.problems.length > 0 ? `${chart.problems.length} active` : undefined} flush aside={mayProblem && <HeadAct label="add" keyId="chart.problem" onClick={() => open('problem')} />}>
            <Rows empty="No active problems are recorded.">
              {chart.problems.slice(0, 10).map((problem) => <ProblemRow key={problem.id} problem={problem} />)}
            </Rows>
            <More hidden={chart.problems.length - 10} onClick={() => inPatient('medications')} />
          </Card>
        </div>
        <div className={styles['stack']}>
          {chart.allergies.state === 'not-asked' && (
            <Card title="Allergies" tone="warn" aside={<HeadAct label="record" keyId="chart.allergy" onClick={() => open('allergy')} />}>
              Nobody has asked about allergies yet.
            </Card>
          )}
          <LastVisitCard chart={chart} />
          <Card title="Recent results" note={resultsSpan(chart, today)} flush>
            <ResultRows results={chart.results} empty="No laboratory results yet." />
          </Card>
        </div>
        <div className={`${styles['stack']} ${styles['wideOnly']}`}>
          <Card title="Notes" flush aside={<KeyHint of="chart.tab.notes" />}>
            <Rows empty="No signed notes yet.">
              {chart.notes.map((note) => <NoteItem key={note.id} note={note} today={today} onOpen={() => go(paths.note(note.encounterId))} />)}
            </Rows>
          </Card>
        </div>
      </div>
    </div>
  )
}

function VitalsCard({ chart, onRecord }: { chart: Chart; onRecord: () => void }) {
  const zone = useZone()
  const today = useToday()
  const lines = vitalLines(chart.vitals, ageOn(chart.patient.birthDate, today))
  const last = lines.map((line) => line.at).toSorted().at(-1)
  const when = last && (dateInZone(last, zone) === today ? `today ${time(last, zone)}` : dateTime(last, zone, today))
  const note = [when, chart.vitalsBy && staffText(chart.vitalsBy)].filter(Boolean).join(', ')
  return (
    <Card title="Vitals" note={note || undefined} flush aside={<HeadAct label="" keyId="chart.vitals" onClick={onRecord} name="Record vitals" />}>
      {lines.length > 0 ? <VitalRows lines={lines} /> : <p className={styles['none']}>No vital signs yet.</p>}
    </Card>
  )
}

function LastVisitCard({ chart }: { chart: Chart }) {
  const zone = useZone()
  const today = useToday()
  const go = useGo()
  const visit = chart.lastVisit
  if (!visit) {
    return (
      <Card title="Last visit">
        {chart.visit ? 'This is the first visit on record.' : 'No visit on record yet.'}
      </Card>
    )
  }
  const by = [visit.note ? staffText(visit.note.author) : visit.provider && staffText(visit.provider), visit.place, visit.note?.signedAt && `signed ${listDate(dateInZone(visit.note.signedAt, zone), today)}`]
  return (
    <Card title="Last visit" note={listDate(dateInZone(visit.startedAt, zone), today)} flush>
      <button type="button" className={styles['row']} onClick={() => go(paths.note(visit.id))}>
        <div className={styles['rowMain']}>
          <div className={styles['rowTitle']}>{visit.reason ?? 'Visit'}</div>
          {visit.note && <div className={styles['rowNote']}>{visit.note.excerpt}</div>}
          <div className={styles['rowAside']}>{by.filter(Boolean).join(', ')}</div>
        </div>
      </button>
    </Card>
  )
}

function resultsSpan(chart: Chart, today: string): string | undefined {
  const days = chart.results.map((result) => result.observedAt.slice(0, 10)).toSorted()
  const [first, last] = [days[0], days.at(-1)]
  if (!first || !last) return undefined
  return first === last ? listDate(first, today) : `${listDate(first, today)} to ${listDate(last, today)}`
}

function More({ hidden, onClick }: { hidden: number; onClick: () => void }) {
  if (hidden <= 0) return null
  return (
    <button type="button" className={styles['row']} onClick={onClick}>
      <span className={styles['rowAside']}>{hidden} more</span>
    </button>
  )
}
