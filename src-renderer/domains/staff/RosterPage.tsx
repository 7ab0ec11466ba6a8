import { useState } from 'react'
import { mondayOf } from '#shared/domains/staff/rules.ts'
import { useMay, useToday } from '#renderer/app/actor.tsx'
import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { dayDate } from '#renderer/ui/format.ts'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import { StrandedVisits } from '#renderer/ui/Stranded.tsx'
import { CoverageCard } from './CoverageCard.tsx'
import { HoursPanel } from './HoursPanel.tsx'
import { LeaveCard } from './LeaveCard.tsx'
import { RosterGrid } from './RosterGrid.tsx'
import { ShiftPanel } from './ShiftPanel.tsx'
import { SwapsCard } from './SwapsCard.tsx'
import { useRosterActs } from './useRosterActs.ts'
import { gapWords, nextWeek, rosterRows, type Cell } from './view.ts'
import { WeekTools } from './WeekTools.tsx'
import styles from './Roster.module.css'

/** Who works when: a week of everybody, with leave, holidays and where too few are there. */
export function RosterPage() {
  const today = useToday()
  const mayManage = useMay('schedule.manage')
  const [monday, setMonday] = useState(mondayOf(today))
  const [editing, setEditing] = useState<Cell>()
  const [isHoursShown, setHoursShown] = useState(false)
  const roster = useApiQuery('staff.roster', { weekOf: monday }, { keepPrevious: true })
  const acts = useRosterActs()
  // The week keeps its width: a panel takes the place of the requests, as on the day.
  const isPanelOpen = isHoursShown || editing !== undefined
  const gaps = roster.data ? gapWords(roster.data, monday) : []
  const filter = (
    <span className={styles['weeks']}>
      <ActionButton size="compact-xs" aria-label="The week before" onClick={() => setMonday(nextWeek(monday, -1))}>‹</ActionButton>
      <span aria-live="polite">Week of {dayDate(monday)}</span>
      <ActionButton size="compact-xs" aria-label="The week after" onClick={() => setMonday(nextWeek(monday, 1))}>›</ActionButton>
      <ActionButton size="compact-xs" onClick={() => setMonday(mondayOf(today))}>This week</ActionButton>
    </span>
  )
  return (
    <Screen title="Roster" filter={filter} aside={!isPanelOpen && <div className={styles['requests']}><LeaveCard people={roster.data?.people ?? []} acts={acts} /><SwapsCard people={roster.data?.people ?? []} acts={acts} />{mayManage && <CoverageCard rules={roster.data?.coverage ?? []} acts={acts} />}</div>} asideWidth={320}>
      <QueryState query={roster} what="The roster" />
      <div className={styles['page']}>
        <StrandedVisits visits={acts.stranded} onDone={acts.closeStranded} />
        {acts.problem && <Notice tone="bad">{acts.problem}</Notice>}
        {gaps.length > 0 && <Gaps gaps={gaps} />}
        {mayManage && <WeekTools monday={monday} acts={acts} onHours={() => { setEditing(undefined); setHoursShown(true) }} />}
        {roster.data && <RosterGrid rows={rosterRows(roster.data, monday)} monday={monday} mayManage={mayManage} acts={acts} onEdit={(cell) => { setHoursShown(false); setEditing(cell) }} />}
      </div>
      {isHoursShown && roster.data && <HoursPanel people={roster.data.people} day={monday} onClose={() => setHoursShown(false)} />}
      {editing && roster.data && <ShiftPanel key={`${editing.staffId} ${editing.date}`} cell={editing} person={roster.data.people.find((one) => one.id === editing.staffId)} acts={acts} onClose={() => setEditing(undefined)} />}
    </Screen>
  )
}

const GAPS_SHOWN = 2

/** Where too few are there; the first ones, so that the grid stays in sight. */
function Gaps({ gaps }: { gaps: readonly string[] }) {
  const [isAllShown, showAll] = useState(false)
  const shown = isAllShown ? gaps : gaps.slice(0, GAPS_SHOWN)
  const action = gaps.length > GAPS_SHOWN && <ActionButton size="compact-xs" onClick={() => showAll(!isAllShown)}>{isAllShown ? 'Show fewer' : `Show all ${gaps.length}`}</ActionButton>
  return <Notice tone="warn" title="Too few people" action={action}>{shown.map((gap) => <div key={gap}>{gap}</div>)}</Notice>
}
