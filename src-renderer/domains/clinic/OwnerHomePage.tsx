import { useQuery } from '@tanstack/react-query'
import { addDays } from '#shared/kernel/time.ts'
import type { LogState } from '#shared/domains/audit/model.ts'
import type { Health } from '#shared/domains/clinic/contract.ts'
import { useActor, useToday, useZone } from '#renderer/app/actor.tsx'
import { bridge } from '#renderer/app/bridge.ts'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { api, useApiQuery } from '#renderer/rpc/api.ts'
import { Card } from '#renderer/ui/Card.tsx'
import { count, dateTime } from '#renderer/ui/format.ts'
import { QueryState } from '#renderer/ui/states.tsx'
import { Signs } from './Signs.tsx'
import { TodayCard } from './TodayCard.tsx'
import { signsOf } from './view.health.ts'
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
  const open = signs.filter((sign) => sign.tone !== 'ok').length
  return (
    <Screen title="Clinic" meta={health.data && (open === 0 ? 'Open and well' : `Open · ${count(open, 'thing')} to look at`)}>
      <QueryState query={health} what="The state of this computer" />
      {health.data && <Signs signs={signs} />}
      <div className={styles['figures']}>
        <VisitsCard query={figures} today={today} />
        <div className={styles['stack']}>
          <ForYou signs={signs} />
          <TodayCard day={figures.data?.find((day) => day.date === today)} today={today} />
          <PeopleCard />
        </div>
      </div>
    </Screen>
  )
}

function ForYou({ signs }: { signs: ReturnType<typeof signsOf> }) {
  const go = useGo()
  const rows = signs.filter((sign) => sign.tone !== 'ok')
  const waiting = useApiQuery('approvals.listOpen', {}).data?.filter((one) => one.mayDecide).length ?? 0
  const alone = useApiQuery('approvals.listAlone', {}).data?.length ?? 0
  return (
    <Card title="For you" flush>
      {rows.length === 0 && waiting === 0 && alone === 0 && <p className={styles['panel']}>Nothing needs you now.</p>}
      {waiting > 0 && (
        <button type="button" className={styles['rowButton']} onClick={() => go(paths.approvals())}>
          <span>{count(waiting, 'request')} for your approval</span>
          <span>Approvals</span>
        </button>
      )}
      {alone > 0 && (
        <button type="button" className={styles['rowButton']} onClick={() => go(paths.approvals())}>
          <span>{count(alone, 'act')} of two done alone, to be looked at</span>
          <span>Approvals</span>
        </button>
      )}
      {rows.map((sign) => (
        <button key={sign.id} type="button" className={styles['rowButton']} onClick={() => go(sign.path)}>
          <span>{sign.todo}</span>
          <span>{sign.title}</span>
        </button>
      ))}
    </Card>
  )
}

/** How the activity log stands: what nobody has verified is said, and so is what does not fit. */
function useLogWords(): string {
  const zone = useZone()
  const today = useToday()
  const { data } = useQuery<LogState>({ queryKey: ['audit.state', {}], queryFn: () => api.audit.state({}), refetchInterval: MINUTE_MS })
  if (!data) return 'Who opened, changed or was refused what'
  if (data.full?.finding || data.tail?.finding) return 'The activity log is not whole: look at it now'
  return data.full ? `Activity log verified ${dateTime(data.full.at, zone, today)}, all as written` : 'The activity log was never verified as a whole'
}

/** Accounts that nobody uses are doors that nobody watches. */
function PeopleCard() {
  const go = useGo()
  const query = useApiQuery('clinic.listAccounts', {})
  const people = query.data ?? []
  const never = people.filter((one) => !one.lastSignInAt && !one.disabledAt)
  return (
    <Card title="People" note={count(people.filter((one) => !one.disabledAt).length, 'account')} flush>
      <button type="button" className={styles['rowButton']} onClick={() => go(paths.staff())}>
        <span>{never.length === 0 ? 'Everyone has signed in at least once' : `${count(never.length, 'person', 'people')} never signed in`}</span>
        <span>Staff</span>
      </button>
      <EmergencyRow />
      <button type="button" className={styles['rowButton']} onClick={() => go(paths.activity())}>
        <span>{useLogWords()}</span>
        <span>Activity</span>
      </button>
    </Card>
  )
}

/** Charts that were opened in an emergency are looked at by somebody else within a week; what is late stands here. */
function EmergencyRow() {
  const go = useGo()
  const { waiting = 0, overdue = 0 } = useApiQuery('access.countBreakGlass', {}).data ?? {}
  return (
    <button type="button" className={styles['rowButton']} data-late={overdue > 0 || undefined} onClick={() => go(paths.emergencyAccess())}>
      <span>{waiting === 0 ? 'Every emergency access was reviewed' : overdue > 0 ? `${count(overdue, 'emergency access is', 'emergency accesses are')} overdue for review` : `${count(waiting, 'emergency access waits', 'emergency accesses wait')} for review`}</span>
      <span>Emergency access</span>
    </button>
  )
}
