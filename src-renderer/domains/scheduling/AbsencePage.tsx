import { useState } from 'react'
import type { AbsenceSpan } from '#shared/domains/scheduling/contract.ts'
import { useActor, useMay, useToday } from '#renderer/app/actor.tsx'
import { useGo, useOptionalRouteParam, useRouteParam } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { DateField } from '#renderer/ui/fields.tsx'
import { nearDate } from '#renderer/ui/format.ts'
import { AllDone, EmptyState, Notice, QueryState } from '#renderer/ui/states.tsx'
import { PlanFoot } from './PlanFoot.tsx'
import { PlanTable } from './PlanTable.tsx'
import { ProviderTabs } from './ProviderTabs.tsx'
import { usePlan } from './usePlan.ts'
import styles from './Absence.module.css'

/** A provider is away: a place for each of their patients, proposed all at once, changed row by row, done and taken back as one. */
export function AbsencePage() {
  const today = useToday()
  const go = useGo()
  const [named, from = today, to = from] = [useOptionalRouteParam('providerId'), useOptionalRouteParam('from'), useOptionalRouteParam('to')]
  const providers = useApiQuery('scheduling.listDay', { date: today }).data?.providers ?? []
  const providerId = named ?? providers[0]?.id
  const [first] = [from < today ? today : from]
  return (
    <Screen
      title="Doctor absent" meta={first === to ? nearDate(first, today) : `${nearDate(first, today)} to ${nearDate(to, today)}`} body="fill"
      strip={
        <div className={styles['bar']}>
          <ProviderTabs where="Doctor absent" providers={providers} chosenId={providerId ?? ''} onChoose={(id) => go(paths.absentFor(id, first, to))} />
          {providerId && <DateField label="Last day" kind="day" value={to} onChange={(day) => day && day >= first && go(paths.absentFor(providerId, first, day))} />}
        </div>
      }
    >
      {providerId ? <Plan key={`${providerId} ${first} ${to}`} span={{ providerId, from: first, to, isAway: true }} /> : <EmptyState title="Nobody sees patients yet">Mark a person as provider under Staff.</EmptyState>}
    </Screen>
  )
}

/** After a change of hours, leave or a room: those who no longer fit where they are. */
export function StrandedPage() {
  const today = useToday()
  const [provider, from, to] = [useRouteParam('providerId'), useRouteParam('from'), useRouteParam('to')]
  return (
    <Screen title="Visits to move" meta={from === to ? nearDate(from, today) : `${nearDate(from, today)} to ${nearDate(to, today)}`} body="fill">
      <Plan span={{ providerId: provider === 'anybody' ? null : provider, from, to, isAway: false }} />
    </Screen>
  )
}

function Plan({ span }: { span: AbsenceSpan }) {
  const { userId } = useActor()
  const go = useGo()
  const mayCall = useMay('appointment.write')
  const [activeId, setActive] = useState<string>()
  const plan = usePlan(span, userId, () => go(mayCall ? paths.calls() : paths.day(span.from)))
  const { query, rows } = plan
  const active = rows.find((row) => row.id === activeId) ?? rows[0]
  return (
    <>
      {plan.problem && <div role="alert" className={styles['problem']}><Notice tone="bad" title="Nobody was moved.">{plan.problem}</Notice></div>}
      <QueryState query={query} what="The plan" />
      {query.data && rows.length > 0 && <PlanTable rows={rows} causes={plan.causes} words={plan.words} activeId={active?.id} onActive={setActive} onNext={plan.next} />}
      {query.data && rows.length === 0 && <AllDone title={span.isAway ? 'No patients to place' : 'Everybody fits where they are'}>{span.isAway ? 'Nobody is booked with this provider on these days from now on.' : 'No visit of these days is without its provider, room or equipment.'}</AllDone>}
      {active && <PlanFoot plan={plan} active={active} />}
    </>
  )
}
