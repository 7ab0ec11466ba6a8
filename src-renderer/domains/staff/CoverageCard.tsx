import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { roles, type StaffRole } from '#shared/access/roles.ts'
import type { CoverageRule } from '#shared/domains/staff/model.ts'
import { api } from '#renderer/rpc/api.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { clock, count } from '#renderer/ui/format.ts'
import { minuteOf } from '#renderer/ui/minute-of.ts'
import { showToast } from '#renderer/ui/toast-store.ts'
import type { RosterActs } from './useRosterActs.ts'
import { roleWords, weekdayNames } from './view.ts'
import styles from './Roster.module.css'

/** How many of a role have to be there, and when; the week says above the grid where there are fewer. */
export function CoverageCard({ rules, acts }: { rules: readonly CoverageRule[]; acts: RosterActs }) {
  const save = (rule: CoverageRule) => acts.attempt(async () => void (await api.staff.saveCoverage(rule)))
  const remove = (rule: CoverageRule) => acts.attempt(async () => {
    await api.staff.removeCoverage({ id: rule.id })
    showToast({ text: ruleWords(rule), strong: 'not asked for any more', undo: () => save(rule) })
  })
  return (
    <Card title="Coverage">
      {rules.length === 0 && <p className={styles['hint']}>No rule yet. “At least 2 nurses on Mondays from 8 to 5” is one.</p>}
      <ul role="list" className={styles['list']}>
        {rules.map((rule) => (
          <li key={rule.id} className={styles['rule']}>
            <span>{ruleWords(rule)}</span>
            <ActionButton size="compact-xs" aria-label={`Remove: ${ruleWords(rule)}`} onClick={() => void remove(rule)}>Remove</ActionButton>
          </li>
        ))}
      </ul>
      <NewRule onAdd={save} />
    </Card>
  )
}

const ruleWords = ({ peopleMin, role, weekday, startMin, endMin }: CoverageRule): string => `${weekdayNames[weekday]}: ${count(peopleMin, roleWords[role])}, ${clock(startMin)} to ${clock(endMin % 1440)}`

function NewRule({ onAdd }: { onAdd: (rule: CoverageRule) => Promise<boolean> }) {
  const [role, setRole] = useState<StaffRole>('nurse')
  const [weekday, setWeekday] = useState(1)
  const [text, setText] = useState({ from: '8:00', to: '17:00', people: '1' })
  const [startMin, endMin, peopleMin] = [minuteOf(text.from), minuteOf(text.to), /^\d{1,2}$/.test(text.people.trim()) ? Number(text.people) : 0]
  const missing = startMin === undefined || endMin === undefined || endMin <= startMin ? 'Write times like 8:30; it ends after it begins.' : peopleMin < 1 || peopleMin > 50 ? 'Say how many, 1 to 50.' : undefined
  const add = () => {
    if (startMin !== undefined && endMin !== undefined && !missing) void onAdd({ id: newId(), role, weekday, startMin, endMin, peopleMin })
  }
  const field = (name: keyof typeof text, label: string) => <TextField label={label} autoComplete="off" value={text[name]} onChange={(event) => { const typed = event.currentTarget.value; setText((now) => ({ ...now, [name]: typed })) }} />
  return (
    <form className={styles['form']} aria-label="New coverage rule" onSubmit={(event) => { event.preventDefault(); add() }}>
      <div className={styles['pair']}>
        {field('people', 'At least')}
        <NativeSelect label="Role" data={roles.map((value) => ({ value, label: roleWords[value] }))} value={role} onChange={(event) => setRole(roles.find((one) => one === event.currentTarget.value) ?? 'nurse')} />
      </div>
      <NativeSelect label="On" data={[1, 2, 3, 4, 5, 6, 0].map((day) => ({ value: String(day), label: weekdayNames[day] ?? '' }))} value={String(weekday)} onChange={(event) => setWeekday(Number(event.currentTarget.value))} />
      <div className={styles['pair']}>{field('from', 'From')}{field('to', 'To')}</div>
      <span className={styles['acts']}><ActionButton type="submit" disabledReason={missing} reasonAt="hidden">Add rule</ActionButton></span>
    </form>
  )
}
