import { useState } from 'react'
import type { AvailabilityRule } from '#shared/domains/scheduling/model.ts'
import type { StaffMember } from '#shared/domains/clinic/model.ts'
import { staffName, useToday } from '#renderer/app/actor.tsx'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { Form } from '#renderer/ui/form.tsx'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { TextField } from '#renderer/ui/fields.tsx'
import { daySpans, readWeek, weekWords, type WeekText, weekText } from './view.hours.ts'
import styles from './Clinic.module.css'

/** Each provider's week; it holds from today on, earlier days keep what they had. */
export function HoursCard() {
  const staff = useApiQuery('clinic.listStaff', {})
  const hours = useApiQuery('scheduling.listHours', {})
  const today = useToday()
  const [editedId, setEditedId] = useState<string>()
  const providers = (staff.data ?? []).filter((one) => one.isProvider && one.isActive)
  const ofProvider = (id: string) => (hours.data ?? []).filter((rule) => rule.providerId === id && (rule.validTo ?? today) >= today && !isForOneDay(rule))
  const edited = providers.find((one) => one.id === editedId)
  return (
    <Card title="Weekly hours" note="of everyone with a column on the day" flush>
      <QueryState query={hours} what="The weekly hours" />
      {hours.data && providers.map((one) => (
        <button key={one.id} type="button" className={styles['rowButton']} onClick={() => setEditedId(one.id)}>
          <span>{staffName(one)}</span>
          <span>{weekWords(ofProvider(one.id))}</span>
        </button>
      ))}
      {edited && (
        <SidePanel key={edited.id} title={`Hours of ${staffName(edited)}`} onClose={() => setEditedId(undefined)} width={470}>
          <HoursForm provider={edited} rules={ofProvider(edited.id)} onDone={() => setEditedId(undefined)} />
        </SidePanel>
      )}
    </Card>
  )
}

/** Hours of a single day are an exception, not the week. */
const isForOneDay = (rule: AvailabilityRule): boolean => rule.validFrom !== null && rule.validFrom === rule.validTo

const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const weekOrder = [1, 2, 3, 4, 5, 6, 0]

function HoursForm({ provider, rules, onDone }: { provider: StaffMember; rules: readonly AvailabilityRule[]; onDone: () => void }) {
  const today = useToday()
  const [week, setWeek] = useState<WeekText>(() => weekText(rules))
  const save = useCommand('scheduling.setHours')
  const read = readWeek(week)
  const missing = read.unreadable === undefined ? undefined : `${dayNames[read.unreadable]} cannot be read. Write it like ${daySpans}.`
  const submit = async () => {
    if (missing || !(await save.run({ providerId: provider.id, from: today, hours: read.hours }).catch(() => undefined))) return
    showToast({ text: 'Hours saved for', strong: staffName(provider) })
    onDone()
  }
  return (
    <Form where="Settings" submitLabel="Save the week" onSubmit={() => void submit()}>
      <div className={styles['panel']}>
        <p>Write spans like {daySpans}; a gap is a break, an empty day is closed. The week holds from today on. Booked visits stay.</p>
        {weekOrder.map((day, index) => (
          <TextField
            key={day} label={dayNames[day]} value={week[day] ?? ''} {...(index === 0 ? { 'data-autofocus': true } : {})}
            error={read.unreadable === day ? `Write it like ${daySpans}.` : undefined} onChange={(event) => setWeek({ ...week, [day]: event.currentTarget.value })}
          />
        ))}
        {save.refusal && <Notice tone="bad">{errorText(save.refusal)}</Notice>}
        <ActionButton variant="filled" type="submit" keyId="form.submit" running={save.isRunning} disabledReason={missing}>
          Save the week
        </ActionButton>
      </div>
    </Form>
  )
}
