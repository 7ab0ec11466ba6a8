import type { Chart, Visit } from '#shared/domains/encounters/model.chart.ts'
import type { PrescriptionOrder } from '#shared/domains/medications/model.ts'
import { useOptionalRouteParam } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ClosedChart, isClosedChart } from '#renderer/ui/ClosedChart.tsx'
import { QueryState } from '#renderer/ui/states.tsx'
import { PrescribeDesk } from './PrescribeDesk.tsx'

/** Prescribing from the chart. */
export function PrescribePage() {
  const patientId = useOptionalRouteParam('patientId') ?? ''
  const chart = useApiQuery('encounters.openChart', { patientId })
  if (!chart.data) return <Waiting query={chart} patientId={patientId} />
  return <PrescribeDesk key={patientId} chart={chart.data} encounterId={null} mainIndication={null} indications={indicationsOf(chart.data)} back={{ path: paths.chart(patientId, 'medications'), words: 'Back to chart' }} />
}

/** Prescribing at a visit: what is signed belongs to it, and is for what was found in it. */
export function PrescribeAtVisitPage() {
  const encounterId = useOptionalRouteParam('encounterId') ?? ''
  const visit = useApiQuery('encounters.encounter', { id: encounterId })
  if (!visit.data) return <Waiting query={visit} />
  return <PrescribeDesk key={encounterId} chart={visit.data} encounterId={encounterId} mainIndication={mainOf(visit.data)} indications={indicationsOf(visit.data)} back={{ path: paths.note(encounterId), words: 'Back to note' }} />
}

type Query = ReturnType<typeof useApiQuery<'encounters.openChart'>> | ReturnType<typeof useApiQuery<'encounters.encounter'>>

export function Waiting({ query, patientId, title = 'Prescribe' }: { query: Query; patientId?: string; title?: string }) {
  return (
    <Screen title={title}>
      {isClosedChart(query.error) ? <ClosedChart error={query.error} {...(patientId ? { patientId } : {})} onOpened={() => void query.refetch()} /> : <QueryState query={query} what="The chart" />}
    </Screen>
  )
}

const mainOf = ({ diagnoses: [main] }: Visit): PrescriptionOrder['indication'] => (main ? { code: main.concept.code, label: main.concept.label } : null)

/** The visit's own diagnoses first. */
function indicationsOf(chart: Chart | Visit): NonNullable<PrescriptionOrder['indication']>[] {
  const concepts = [...('diagnoses' in chart ? chart.diagnoses : []), ...chart.problems].map(({ concept }) => ({ code: concept.code, label: concept.label }))
  return concepts.filter((one, at) => concepts.findIndex((other) => other.label === one.label) === at)
}
