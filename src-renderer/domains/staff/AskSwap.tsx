import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import type { RosterPerson } from '#shared/domains/staff/model.ts'
import { mondayOf } from '#shared/domains/staff/rules.ts'
import { useActor, useToday } from '#renderer/app/actor.tsx'
import { api, useApiQuery } from '#renderer/rpc/api.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { dayDate, spokenName } from '#renderer/ui/format.ts'
import type { RosterActs } from './useRosterActs.ts'
import { nextWeek, shiftWords } from './view.ts'
import styles from './Roster.module.css'

/** One's own shift of this week or the next, offered to a colleague; nothing is shown where there is none. */
export function AskSwap({ people, acts }: { people: readonly RosterPerson[]; acts: RosterActs }) {
  const [actor, today] = [useActor(), useToday()]
  const monday = mondayOf(today)
  const weeks = [useApiQuery('staff.roster', { weekOf: monday }), useApiQuery('staff.roster', { weekOf: nextWeek(monday, 1) })]
  const own = weeks.flatMap((week) => week.data?.shifts ?? []).filter((shift, i, all) => shift.staffId === actor.staffId && shift.kind === 'work' && shift.date >= today && all.findIndex((one) => one.id === shift.id) === i)
  const others = people.filter((one) => one.id !== actor.staffId)
  const [shiftId, setShiftId] = useState('')
  const [toStaffId, setTo] = useState('')
  const [shift, to] = [own.find((one) => one.id === shiftId) ?? own[0], others.find((one) => one.id === toStaffId) ?? others[0]]
  if (!shift || !to) return null
  return (
    <form className={styles['form']} aria-label="Ask for a swap" onSubmit={(event) => { event.preventDefault(); void acts.attempt(async () => void (await api.staff.askSwap({ id: newId(), shiftId: shift.id, toStaffId: to.id, note: null }))) }}>
      <NativeSelect label="Your shift" data={own.map((one) => ({ value: one.id, label: `${dayDate(one.date)}, ${shiftWords(one)}` }))} value={shift.id} onChange={(event) => setShiftId(event.currentTarget.value)} />
      <NativeSelect label="Who takes it" data={others.map((one) => ({ value: one.id, label: spokenName(one) }))} value={to.id} onChange={(event) => setTo(event.currentTarget.value)} />
      <ActionButton type="submit">Ask</ActionButton>
    </form>
  )
}
