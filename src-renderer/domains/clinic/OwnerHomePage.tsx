import { useQuery } from '@tanstack/react-query'
import type { LogState } from '#shared/domains/audit/model.ts'
import type { Health } from '#shared/domains/clinic/contract.ts'
import { addDays, dateInZone } from '#shared/kernel/time.ts'
import { useActor, useNow, useToday, useZone } from '#renderer/app/actor.tsx'
import { useNetwork } from '#renderer/app/network/state.ts'
import { bridge } from '#renderer/app/bridge.ts'
import { useGo } from '#renderer/app/navigation.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { api, useApiQuery } from '#renderer/rpc/api.ts'
import { Card } from '#renderer/ui/Card.tsx'
import { count, date, dateTime } from '#renderer/ui/format.ts'
import { QueryState } from '#renderer/ui/states.tsx'
import { Signs } from './Signs.tsx'
import { TodayCard } from './TodayCard.tsx'
import { signsOf, type Sign } from './view.health.ts'
import { ownerFacts, type OwnerFact } from './view.owner.ts'
import { VisitsCard } from './VisitsCard.tsx'
import styles from './Clinic.module.css'

const MINUTE_MS = 60_000
const WEEKS_SHOWN_DAYS = 24

/** What is true of the clinic and of this computer now; each sign is a fact with its source, nothing is guessed. */
export function OwnerHomePage() {
  const { clinic } = useActor()
  const zone = useZone()
  const today = useToday()
  // The disk fills without any of our changes, so this one is asked again each minute.
  const health = useQuery<Health>({ queryKey: ['clinic.health', {}], queryFn: () => api.clinic.health({}), refetchInterval: MINUTE_MS })
  const figures = useApiQuery('scheduling.figures', { from: addDays(today, -WEEKS_SHOWN_DAYS), to: today })
  const signs = health.data ? signsOf(health.data, { isDemo: clinic.isDemo, version: bridge()?.version, at: (instant) => dateTime(instant, zone, today) }) : []
  const facts = useOwnerFacts()
  const open = signs.filter((sign) => sign.tone !== 'ok').length + facts.filter((fact) => fact.needsYou).length
  return (
    <Screen title="Clinic" meta={health.data && (open === 0 ? 'Open and well' : `Open · ${count(open, 'thing')} to look at`)}>
      <QueryState query={health} what="The state of this computer" />
      {health.data && <Signs signs={signs} />}
      <div className={styles['figures']}>
        <VisitsCard query={figures} today={today} />
        <div className={styles['stack']}>
          <ForYou signs={signs} facts={facts} />
          <TodayCard day={figures.data?.find((day) => day.date === today)} today={today} />
          <Watched facts={facts} />
        </div>
      </div>
    </Screen>
  )
}

interface RowsProps { signs: readonly Sign[]; facts: readonly OwnerFact[] }

function ForYou({ signs, facts }: RowsProps) {
  const rows = signs.filter((sign) => sign.tone !== 'ok').map((sign) => ({ id: sign.id, text: sign.todo, place: sign.title, path: sign.path, isLate: sign.tone === 'bad' }))
  const all = [...facts.filter((fact) => fact.needsYou), ...rows]
  return (
    <Card title="For you" flush>
      {all.length === 0 && <p className={styles['panel']}>Nothing needs you now.</p>}
      {all.map((row) => <Row key={row.id} {...row} />)}
    </Card>
  )
}

function Watched({ facts }: Pick<RowsProps, 'facts'>) {
  return (
    <Card title="Watched over" note="each opens where it is looked after" flush>
      {facts.filter((fact) => !fact.needsYou).map((fact) => <Row key={fact.id} {...fact} />)}
    </Card>
  )
}

function Row({ text, place, path, isLate }: Pick<OwnerFact, 'text' | 'place' | 'path' | 'isLate'>) {
  const go = useGo()
  return (
    <button type="button" className={styles['rowButton']} data-late={isLate || undefined} onClick={() => go(path)}>
      <span>{text}</span>
      <span>{place}</span>
    </button>
  )
}

function useOwnerFacts(): OwnerFact[] {
  const zone = useZone()
  const today = useToday()
  const log = useQuery<LogState>({ queryKey: ['audit.state', {}], queryFn: () => api.audit.state({}), refetchInterval: MINUTE_MS })
  const keys = useQuery({ queryKey: ['clinic.keyState', {}], queryFn: () => api.clinic.keyState({}), staleTime: 0 })
  const madeAt = keys.data?.dataKeyAt
  const now = useNow()
  const hasOthers = useNetwork().role !== 'alone'
  return ownerFacts(
    {
      waiting: useApiQuery('approvals.listOpen', {}).data?.filter((one) => one.mayDecide).length,
      alone: useApiQuery('approvals.listAlone', {}).data?.length,
      glass: useApiQuery('access.countBreakGlass', {}).data,
      duplicates: useApiQuery('patients.countDuplicates', {}).data,
      log: log.data,
      dataKeyOn: madeAt ? date(dateInZone(madeAt, zone)) : madeAt,
      neverSignedIn: useApiQuery('clinic.listAccounts', {}).data?.filter((one) => !one.lastSignInAt && !one.disabledAt).length,
      machines: useApiQuery('network.members', {}, { enabled: hasOthers }).data,
    },
    now,
    (instant) => dateTime(instant, zone, today),
  )
}
