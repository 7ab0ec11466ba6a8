import { useState } from 'react'
import { isCurrent } from '#shared/domains/encounters/rules.ts'
import { useMay, useToday } from '#renderer/app/actor.tsx'
import { api, useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import type { TabProps } from './ChartPanel.tsx'
import { MedicationRow, ProblemRow, Rows } from './ChartRows.tsx'
import { HeadAct } from './HeadAct.tsx'
import { reactionText } from '#renderer/ui/chart-banner.ts'
import { PrescriptionsCard } from './PrescriptionsCard.tsx'
import styles from './Chart.module.css'

/** What the patient takes, has and must not get, with everything that was before. */
export function MedicationsTab({ chart, open }: TabProps) {
  return (
    <div className={styles['summaryBox']}>
      <div className={styles['summary']}>
        <div className={styles['stack']}>
          <Medications chart={chart} open={open} />
          <PrescriptionsCard patientId={chart.patient.id} />
        </div>
        <div className={styles['stack']}>
          <Problems chart={chart} open={open} />
        </div>
        <div className={styles['stack']}>
          <Allergies chart={chart} open={open} />
        </div>
      </div>
    </div>
  )
}

function Medications({ chart, open }: TabProps) {
  const today = useToday()
  const all = useApiQuery('encounters.listMedications', { patientId: chart.patient.id })
  const stop = useCommand('encounters.stopMedication')
  const may = useMay('medication.write')
  const current = all.data?.filter((one) => isCurrent(one, today)) ?? []
  const past = all.data?.filter((one) => !isCurrent(one, today)) ?? []
  const stopNow = (id: string, label: string) =>
    void stop.run({ id, endedOn: today }).then(() => showToast({ text: 'Stopped', strong: label, undo: () => api.encounters.resumeMedication({ id }) }), () => undefined)
  return (
    <>
      {stop.refusal && <Notice tone="bad">{errorText(stop.refusal)}</Notice>}
      <Card title="Current medications" note={current.length || undefined} flush aside={<HeadAct label="add" keyId="chart.medication" onClick={() => open('medication')} />}>
        {all.data ? (
          <Rows empty="No current medications are recorded.">
            {current.map((one) => (
              <MedicationRow key={one.id} medication={one} today={today} act={may && <ActionButton variant="subtle" size="compact-xs" aria-label={`Stop ${one.concept.label}`} onClick={() => stopNow(one.id, one.concept.label)}>Stop</ActionButton>} />
            ))}
          </Rows>
        ) : <QueryState query={all} what="The list of medications" />}
      </Card>
      {past.length > 0 && (
        <Card title="Taken before" note={past.length} flush>
          <Rows empty="">{past.map((one) => <MedicationRow key={one.id} medication={one} today={today} />)}</Rows>
        </Card>
      )}
    </>
  )
}

function Problems({ chart, open }: TabProps) {
  const today = useToday()
  const all = useApiQuery('encounters.listProblems', { patientId: chart.patient.id })
  const resolve = useCommand('encounters.resolveProblem')
  const may = useMay('problem.write')
  const [active, past] = [all.data?.filter((one) => one.status === 'active') ?? [], all.data?.filter((one) => one.status === 'resolved') ?? []]
  const resolveNow = (id: string, label: string) =>
    void resolve.run({ id, resolvedOn: today }).then(() => showToast({ text: 'Resolved', strong: label, undo: () => api.encounters.reopenProblem({ id }) }), () => undefined)
  return (
    <>
      {resolve.refusal && <Notice tone="bad">{errorText(resolve.refusal)}</Notice>}
      <Card title="Problems" note={active.length > 0 ? `${active.length} active` : undefined} flush aside={may && <HeadAct label="add" keyId="chart.problem" onClick={() => open('problem')} />}>
        {all.data ? (
          <Rows empty="No active problems are recorded.">
            {active.map((one) => (
              <ProblemRow key={one.id} problem={one} act={may && <ActionButton variant="subtle" size="compact-xs" aria-label={`Resolve ${one.concept.label}`} onClick={() => resolveNow(one.id, one.concept.label)}>Resolve</ActionButton>} />
            ))}
          </Rows>
        ) : <QueryState query={all} what="The problem list" />}
      </Card>
      {past.length > 0 && (
        <Card title="Resolved" note={past.length} flush>
          <Rows empty="">{past.map((one) => <ProblemRow key={one.id} problem={one} />)}</Rows>
        </Card>
      )}
    </>
  )
}

function Allergies({ chart, open }: TabProps) {
  const may = useMay('allergy.write')
  const mark = useCommand('encounters.markAllergyInError')
  const [asked, setAsked] = useState<string>()
  const { state, allergies } = chart.allergies
  return (
    <Card title="Allergies" flush aside={may && <HeadAct label="add" keyId="chart.allergy" onClick={() => open('allergy')} />}>
      {mark.refusal && <Notice tone="bad">{errorText(mark.refusal)}</Notice>}
      <Rows empty={state === 'none-known' ? 'No known allergies.' : 'Nobody has asked yet.'}>
        {allergies.map((one) => (
          <li key={one.id} className={styles['row']}>
            <div className={styles['rowMain']}>
              <div className={styles['rowTitle']}>{one.concept.label}</div>
              <div className={styles['rowNote']}>{reactionText(one)}</div>
            </div>
            {one.severity === 'severe' && <Tag tone="bad">Severe</Tag>}
            {may && (asked === one.id
              ? <ActionButton size="compact-xs" color="clay" onClick={() => void mark.run({ id: one.id }).then(() => setAsked(undefined), () => undefined)}>Mark as error</ActionButton>
              : <ActionButton variant="subtle" size="compact-xs" aria-label={`${one.concept.label}: entered in error?`} onClick={() => setAsked(one.id)}>In error?</ActionButton>)}
          </li>
        ))}
      </Rows>
    </Card>
  )
}
