import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { leaveKinds, type LeaveKind, type LeaveRequest, type RosterPerson } from '#shared/domains/staff/model.ts'
import type { PlainDate } from '#shared/kernel/time.ts'
import { useActor, useMay, useToday } from '#renderer/app/actor.tsx'
import { api, useApiQuery } from '#renderer/rpc/api.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { DateField } from '#renderer/ui/fields.tsx'
import { date, spokenName } from '#renderer/ui/format.ts'
import { QueryState } from '#renderer/ui/states.tsx'
import { WouldStrand } from '#renderer/ui/Stranded.tsx'
import type { RosterActs } from './useRosterActs.ts'
import { leaveStatusWords, leaveWords } from './words.ts'
import styles from './Roster.module.css'

/** Leave ahead: one's own; of everybody for whoever keeps the roster. An administrator decides. */
export function LeaveCard({ people, acts }: { people: readonly RosterPerson[]; acts: RosterActs }) {
  const [today, actor] = [useToday(), useActor()]
  const mayDecide = useMay('leave.decide')
  const leave = useApiQuery('staff.listLeave', { from: today })
  const nameOf = (id: string) => { const person = people.find((one) => one.id === id); return person ? spokenName(person) : 'Somebody who left' }
  const decide = (request: LeaveRequest, isApproved: boolean) => acts.attempt(() => api.staff.decideLeave({ id: request.id, isApproved }))
  return (
    <Card title="Leave">
      <QueryState query={leave} what="The leave" />
      <ul role="list" className={styles['list']}>
        {leave.data?.map((request) => (
          <li key={request.id}>
            <div><strong>{nameOf(request.staffId)}</strong> {leaveWords[request.kind]}</div>
            <div>{date(request.fromOn)} to {date(request.toOn)}, {leaveStatusWords[request.status].toLowerCase()}</div>
            {mayDecide && request.status === 'requested' && <IfApproved request={request} />}
            <span className={styles['acts']}>
              {mayDecide && request.status === 'requested' && (
                <>
                  <ActionButton size="compact-xs" aria-label={`Approve leave of ${nameOf(request.staffId)}`} onClick={() => void decide(request, true)}>Approve</ActionButton>
                  <ActionButton size="compact-xs" aria-label={`Decline leave of ${nameOf(request.staffId)}`} onClick={() => void decide(request, false)}>Decline</ActionButton>
                </>
              )}
              {request.staffId === actor.staffId && (request.status === 'requested' || request.status === 'approved') && (
                <ActionButton size="compact-xs" onClick={() => void acts.attempt(async () => void (await api.staff.withdrawLeave({ id: request.id })))}>Take back</ActionButton>
              )}
            </span>
          </li>
        ))}
      </ul>
      {leave.data?.length === 0 && <p className={styles['hint']}>No leave ahead.</p>}
      <LeaveForm people={people} acts={acts} />
    </Card>
  )
}

/** Whom a yes would leave without their provider. */
function IfApproved({ request }: { request: LeaveRequest }) {
  const would = useApiQuery('scheduling.wouldStrand', { kind: 'leave', providerId: request.staffId, fromOn: request.fromOn, toOn: request.toOn })
  return <WouldStrand visits={would.data} />
}

/** Asked for by anybody for themselves; entered at once, for anybody, by whoever keeps the roster. */
function LeaveForm({ people, acts }: { people: readonly RosterPerson[]; acts: RosterActs }) {
  const actor = useActor()
  const mayRecord = useMay('schedule.manage')
  const [kind, setKind] = useState<LeaveKind>('vacation')
  const [staffId, setStaffId] = useState(actor.staffId)
  const [fromOn, setFrom] = useState<PlainDate>()
  const [toOn, setTo] = useState<PlainDate>()
  const missing = fromOn && toOn && toOn >= fromOn ? undefined : 'Give the first and the last day.'
  const would = useApiQuery('scheduling.wouldStrand', { kind: 'leave', providerId: staffId, fromOn: fromOn ?? '', toOn: toOn ?? '' }, { enabled: mayRecord && missing === undefined })
  const wish = async (isRecorded: boolean) => {
    if (!fromOn || !toOn) return
    const input = { id: newId(), kind, fromOn, toOn, note: null }
    const isDone = await acts.attempt(async () => (isRecorded ? api.staff.recordLeave({ ...input, staffId }) : void (await api.staff.requestLeave(input))))
    if (isDone) [setFrom, setTo].forEach((set) => set(undefined))
  }
  return (
    <form className={styles['form']} aria-label="Leave" onSubmit={(event) => { event.preventDefault(); if (!missing) void wish(false) }}>
      {mayRecord && <NativeSelect label="Who" data={people.map((one) => ({ value: one.id, label: spokenName(one) }))} value={staffId} onChange={(event) => setStaffId(event.currentTarget.value)} />}
      <NativeSelect label="Kind of leave" data={leaveKinds.map((value) => ({ value, label: leaveWords[value] }))} value={kind} onChange={(event) => setKind(leaveKinds.find((one) => one === event.currentTarget.value) ?? 'other')} />
      <DateField kind="day" label="First day" value={fromOn} onChange={setFrom} />
      <DateField kind="day" label="Last day" value={toOn} onChange={setTo} />
      {!missing && <WouldStrand visits={would.data} />}
      <span className={styles['acts']}>
        {staffId === actor.staffId && <ActionButton type="submit" disabledReason={missing} reasonAt="hidden">Ask for leave</ActionButton>}
        {mayRecord && <ActionButton disabledReason={missing} reasonAt="hidden" onClick={() => void wish(true)}>Enter leave</ActionButton>}
      </span>
    </form>
  )
}
