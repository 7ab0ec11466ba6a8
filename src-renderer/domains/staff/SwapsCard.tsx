import type { RosterPerson, SwapRequest } from '#shared/domains/staff/model.ts'
import { useActor, useMay } from '#renderer/app/actor.tsx'
import { api, useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { dayDate, spokenName } from '#renderer/ui/format.ts'
import type { RosterActs } from './useRosterActs.ts'
import { AskSwap } from './AskSwap.tsx'
import { shiftWords } from './view.ts'
import styles from './Roster.module.css'

/** Shifts that somebody wants a colleague to take: first the colleague's yes, then the roster's. */
export function SwapsCard({ people, acts }: { people: readonly RosterPerson[]; acts: RosterActs }) {
  const actor = useActor()
  const mayDecide = useMay('schedule.manage')
  const swaps = useApiQuery('staff.listSwaps', {})
  const nameOf = (id: string) => { const person = people.find((one) => one.id === id); return person ? spokenName(person) : 'Somebody who left' }
  const run = (act: () => Promise<unknown>) => void acts.attempt(async () => void (await act()))
  const acceptable = (one: SwapRequest) => one.toStaffId === actor.staffId && one.status === 'asked'
  return (
    <Card title="Swaps">
      <ul role="list" className={styles['list']}>
        {swaps.data?.map((one) => (
          <li key={one.id}>
            <div><strong>{nameOf(one.fromStaffId)}</strong> to {nameOf(one.toStaffId)}</div>
            <div>{one.shift ? `${dayDate(one.shift.date)}, ${shiftWords(one.shift)}` : 'The shift is gone'}{one.status === 'agreed' ? ', agreed' : ''}</div>
            <span className={styles['acts']}>
              {acceptable(one) && <ActionButton size="compact-xs" onClick={() => run(() => api.staff.answerSwap({ id: one.id, agrees: true }))}>Take it</ActionButton>}
              {acceptable(one) && <ActionButton size="compact-xs" onClick={() => run(() => api.staff.answerSwap({ id: one.id, agrees: false }))}>Decline</ActionButton>}
              {mayDecide && one.status === 'agreed' && <ActionButton size="compact-xs" onClick={() => void acts.attempt(() => api.staff.decideSwap({ id: one.id, isApproved: true }))}>Approve</ActionButton>}
              {mayDecide && one.status === 'agreed' && <ActionButton size="compact-xs" onClick={() => void acts.attempt(() => api.staff.decideSwap({ id: one.id, isApproved: false }))}>Decline</ActionButton>}
              {one.fromStaffId === actor.staffId && <ActionButton size="compact-xs" onClick={() => run(() => api.staff.withdrawSwap({ id: one.id }))}>Take back</ActionButton>}
            </span>
          </li>
        ))}
      </ul>
      {swaps.data?.length === 0 && <p className={styles['hint']}>Nobody asks for a swap.</p>}
      <AskSwap people={people} acts={acts} />
    </Card>
  )
}
