import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { AuditFilter } from '#shared/domains/audit/contract.ts'
import type { LogState } from '#shared/domains/audit/model.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { useGo, useOptionalRouteParam } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { api, useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { dateTime } from '#renderer/ui/format.ts'
import { IconFileExport, IconPrinter, IconShieldCheck } from '#renderer/ui/icons.ts'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import { AccessColumn } from './AccessCard.tsx'
import { Events, PageButtons, usePages } from './Events.tsx'
import { ExportPanel } from './ExportPanel.tsx'
import { Filters, NO_FILTER } from './Filters.tsx'
import { VerifyPanel } from './VerifyPanel.tsx'
import { findingText, standingFinding, stateWords } from './view.ts'
import styles from './Activity.module.css'

type Panel = 'verify' | 'export' | undefined

/** Who did, saw or was refused what, newest first. Nothing in it can be changed, by nobody. */
export function ActivityPage() {
  const patientId = useOptionalRouteParam('patientId') ?? null
  return <Activity key={patientId} patientId={patientId} />
}

function Activity({ patientId }: { patientId: string | null }) {
  const go = useGo()
  const at = useAt()
  const pages = usePages()
  const [filter, setFilter] = useState<AuditFilter>({ ...NO_FILTER, patientId })
  const [panel, setPanel] = useState<Panel>()
  const query = useApiQuery('audit.list', { ...filter, before: pages.before, limit: 50 }, { keepPrevious: true })
  const state = useLogState(query.dataUpdatedAt)
  const change = (more: Partial<AuditFilter>) => {
    setFilter({ ...filter, ...more })
    pages.first()
  }
  useKeys([
    { id: 'activity.verify', keys: 'V', label: 'Verify the log', where: 'Activity', run: () => setPanel('verify') },
    { id: 'activity.export', keys: 'E', label: 'Export the log', where: 'Activity', run: () => setPanel('export') },
    { id: 'activity.disclosures', keys: 'P', label: 'What was printed or exported', where: 'Activity', run: () => go(paths.disclosures()) },
  ])
  const finding = state && standingFinding(state)
  return (
    <Screen
      title="Activity" meta={state && stateWords(state, at)} body="fill"
      strip={<Filters filter={filter} onChange={change} patientName={filter.patientId ? (query.data?.events.find((event) => event.patientId === filter.patientId)?.patientName ?? undefined) : undefined} />}
      {...(filter.patientId && !panel ? { aside: <AccessColumn patientId={filter.patientId} actorId={filter.actorId} onPerson={(actorId) => change({ actorId })} />, asideWidth: 300 } : {})}
      footer={
        <>
          <PageButtons pages={pages} page={query.data} />
          {!panel && <Acts onOpen={setPanel} />}
        </>
      }
    >
      <div className={styles['list']}>
        {finding && <div className={styles['alarm']}><Notice tone="bad" title="The log is not whole.">{findingText(finding)} Verify says more.</Notice></div>}
        <QueryState query={query} what="The activity log" />
        {query.data && <Events events={query.data.events} narrow={filter.patientId !== null || panel !== undefined} tight={panel !== undefined} />}
      </div>
      {panel === 'verify' && <VerifyPanel state={state} onClose={() => setPanel(undefined)} />}
      {panel === 'export' && <ExportPanel filter={filter} onClose={() => setPanel(undefined)} />}
    </Screen>
  )
}

/** They make room while one of them is open. */
function Acts({ onOpen }: { onOpen: (panel: Panel) => void }) {
  const go = useGo()
  return (
    <>
      <span className={styles['spring']} />
      <ActionButton keyId="activity.disclosures" icon={<IconPrinter size={16} stroke={1.7} />} onClick={() => go(paths.disclosures())}>Printed and exported</ActionButton>
      <ActionButton keyId="activity.export" icon={<IconFileExport size={16} stroke={1.7} />} onClick={() => onOpen('export')}>Export</ActionButton>
      <ActionButton keyId="activity.verify" icon={<IconShieldCheck size={16} stroke={1.7} />} onClick={() => onOpen('verify')}>Verify</ActionButton>
    </>
  )
}

function useAt(): (instant: string) => string {
  const zone = useZone()
  const today = useToday()
  return (instant) => dateTime(instant, zone, today)
}

/** Asked again whenever the list was: each line added is a change of how the log stands. */
function useLogState(askedAt: number): LogState | undefined {
  const { data, refetch } = useQuery<LogState>({ queryKey: ['audit.state', {}], queryFn: () => api.audit.state({}) })
  useEffect(() => void refetch(), [askedAt, refetch])
  return data
}
