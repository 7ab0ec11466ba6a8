import { useEffect, useState } from 'react'
import type { Chart } from '#shared/domains/encounters/model.chart.ts'
import { useMay, useNow, useZone } from '#renderer/app/actor.tsx'
import { KeyHint, useKeys } from '#renderer/app/keys/keys.tsx'
import { useCarried, useGo, useOptionalRouteParam, useRouteParam } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { api, useApiQuery } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { ChartBanner } from '#renderer/ui/ChartBanner.tsx'
import { ClosedChart, isClosedChart } from '#renderer/ui/ClosedChart.tsx'
import { time } from '#renderer/ui/format.ts'
import { IconEye } from '#renderer/ui/icons.ts'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import { ChartPanel, type PanelKind } from './ChartPanel.tsx'
import { MedicationsTab } from './MedicationsTab.tsx'
import { NotesTab } from './NotesTab.tsx'
import { ResultsTab } from './ResultsTab.tsx'
import { SummaryTab } from './SummaryTab.tsx'
import { VaccinesTab } from './VaccinesTab.tsx'
import { noVisitReason } from './view.ts'
import { VisitsTab } from './VisitsTab.tsx'
import { VitalsTab } from './VitalsTab.tsx'
import styles from './Chart.module.css'

const tabs = [
  { id: 'summary', label: 'Summary', Body: SummaryTab },
  { id: 'notes', label: 'Notes', Body: NotesTab },
  { id: 'results', label: 'Results', Body: ResultsTab },
  { id: 'medications', label: 'Medications', Body: MedicationsTab },
  { id: 'vitals', label: 'Vitals', Body: VitalsTab },
  { id: 'vaccines', label: 'Vaccines', Body: VaccinesTab },
  { id: 'visits', label: 'Visits', Body: VisitsTab },
] as const

/** One patient's chart. The summary is what it opens on: nothing has to be pressed to see it. */
export function ChartPage() {
  const patientId = useRouteParam('patientId')
  const chart = useApiQuery('encounters.openChart', { patientId })
  if (!chart.data) {
    return (
      <Screen title="Chart">
        {isClosedChart(chart.error) ? <ClosedChart error={chart.error} patientId={patientId} onOpened={() => void chart.refetch()} /> : <QueryState query={chart} what="The chart" />}
      </Screen>
    )
  }
  return <OpenChart key={patientId} chart={chart.data} />
}

function OpenChart({ chart }: { chart: Chart }) {
  const go = useGo()
  const zone = useZone()
  const [openedAt] = useState(useNow())
  const carried = useCarried()
  const tabId = useOptionalRouteParam('tab') ?? 'summary'
  const tab = tabs.find((one) => one.id === tabId) ?? tabs[0]
  const [panel, setPanel] = useState<PanelKind | undefined>(carried['open'] === 'vitals' ? 'vitals' : undefined)
  const { start, refused, isStarting } = useVisit(chart, paths.note)
  const taking = useVisit(chart, paths.useStock)
  const mayUseStock = useMay('stock.use')
  const mayProblem = useMay('problem.write')
  const mayAccount = useMay('invoice.read')
  const mayPrescribe = useMay('prescription.prepare')
  const maySignRx = useMay('prescription.sign')
  const patientId = chart.patient.id
  const noVisit = noVisitReason(chart.visit)
  const isDone = chart.visit?.status === 'fulfilled'
  useKeys([
    ...tabs.map((one, i) => ({ id: `chart.tab.${one.id}`, keys: String(i + 1), label: one.label, where: 'Chart', run: () => go(paths.chart(patientId, i === 0 ? undefined : one.id)) })),
    ...(mayAccount ? [{ id: 'chart.tab.account', keys: String(tabs.length + 1), label: 'Account', where: 'Chart', run: () => go(paths.account(patientId)) }] : []),
    { id: 'chart.note', keys: 'S', label: isDone ? 'Open note' : 'Start note', where: 'Chart', when: () => noVisit === undefined, run: start },
    { id: 'chart.vitals', keys: 'V', label: 'Record vitals', where: 'Chart', when: () => noVisit === undefined, run: () => setPanel('vitals') },
    ...(mayUseStock ? [{ id: 'chart.stock', keys: 'U', label: 'Use stock', where: 'Chart', when: () => noVisit === undefined, run: taking.start }] : []),
    ...(mayProblem ? [{ id: 'chart.problem', keys: 'Shift+P', label: 'Add problem', where: 'Chart', run: () => setPanel('problem') }] : []),
    { id: 'chart.allergy', keys: 'Shift+A', label: 'Allergies', where: 'Chart', run: () => setPanel('allergy') },
    ...(mayPrescribe ? [{ id: 'chart.prescribe', keys: 'Alt+R', label: 'Prescribe', where: 'Chart', run: () => go(visitWritten(chart) ?? paths.prescribe(patientId)) }] : []),
    ...(maySignRx ? [{ id: 'chart.renew', keys: 'Shift+R', label: 'Renew all', where: 'Chart', run: () => go(paths.renew(patientId)) }] : []),
    { id: 'chart.medication', keys: 'Shift+M', label: 'Add medication', where: 'Chart', run: () => setPanel('medication') },
  ])
  return (
    <Screen
      title="Chart"
      meta={<span className={styles['opened']}><IconEye size={15} stroke={1.6} /> opened {time(openedAt, zone)} by you</span>}
      banner={
        <ChartBanner
          patient={chart.patient} allergies={chart.allergies} visit={chart.visit} glassUntil={chart.glassUntil}
          action={
            <ActionButton variant="filled" keyId="chart.note" running={isStarting} disabledReason={noVisit} reasonAt="left" onClick={start} {...(noVisit ? {} : { 'data-autofocus': true })}>
              {isDone ? 'Open note' : chart.drafts.length > 0 ? 'Go on with note' : 'Start note'}
            </ActionButton>
          }
        />
      }
      strip={<TabStrip active={tab.id} patientId={patientId} mayAccount={mayAccount} onUseStock={mayUseStock && noVisit === undefined ? taking.start : undefined} />}
    >
      {(refused ?? taking.refused) && <Notice tone="bad">{refused ?? taking.refused}</Notice>}
      <tab.Body chart={chart} open={setPanel} />
      {panel && <ChartPanel kind={panel} chart={chart} onClose={() => setPanel(undefined)} />}
    </Screen>
  )
}

/** What is prescribed while a visit is open belongs to it. */
const visitWritten = ({ visit }: Chart): string | undefined => (visit?.encounterId ? paths.prescribeAt(visit.encounterId) : undefined)

/** Opens the visit of today, and its note or what it takes from the shelf; asked twice it is the same visit. */
function useVisit(chart: Chart, pathOf: (encounterId: string) => string) {
  const go = useGo()
  const [refused, setRefused] = useState<string>()
  const [isStarting, setStarting] = useState(false)
  const start = () => {
    const { visit } = chart
    if (!visit || isStarting) return
    setStarting(true)
    setRefused(undefined)
    void api.encounters.open({ appointmentId: visit.appointmentId })
      .then((encounter) => go(pathOf(encounter.id)))
      .catch((error: unknown) => setRefused(errorText(error)))
      .finally(() => setStarting(false))
  }
  return { start, refused, isStarting }
}

interface TabStripProps { active: string; patientId: string; mayAccount: boolean; onUseStock: (() => void) | undefined }

function TabStrip({ active, patientId, mayAccount, onUseStock }: TabStripProps) {
  const go = useGo()
  useEffect(() => {
    document.querySelector('main [data-tab-body]')?.scrollTo(0, 0)
  }, [active])
  return (
    <nav className={styles['tabs']} aria-label="Chart">
      {tabs.map((tab, i) => (
        <button key={tab.id} type="button" className={styles['tab']} aria-current={tab.id === active ? 'page' : undefined} onClick={() => go(paths.chart(patientId, i === 0 ? undefined : tab.id))}>
          {tab.label}
        </button>
      ))}
      {mayAccount && (
        <button type="button" className={styles['tab']} onClick={() => go(paths.account(patientId))}>
          Account
        </button>
      )}
      {onUseStock && <ActionButton size="compact-xs" keyId="chart.stock" onClick={onUseStock}>Use stock</ActionButton>}
      <span className={styles['tabKeys']} aria-hidden>
        <KeyHint keys="1" /> … <KeyHint keys={String(tabs.length + (mayAccount ? 1 : 0))} />
      </span>
    </nav>
  )
}
