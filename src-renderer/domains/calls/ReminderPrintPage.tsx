import { useMemo } from 'react'
import type { Confirmation } from '#shared/domains/calls/model.ts'
import type { Clinic } from '#shared/domains/clinic/model.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { useActor, useNow } from '#renderer/app/actor.tsx'
import { useGo, useRouteParam } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { PrintPreview } from '#renderer/app/print/PrintPreview.tsx'
import type { PrintDocument } from '#renderer/app/print/Sheets.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { date, dateTime } from '#renderer/ui/format.ts'
import { EmptyState, QueryState } from '#renderer/ui/states.tsx'
import { reminderParagraphs } from './view.reminder.ts'
import styles from './Calls.module.css'

/** The reminder as a letter. */
export function ReminderPrintPage() {
  const id = useRouteParam('appointmentId')
  const go = useGo()
  const { clinic, name } = useActor()
  const now = useNow()
  const day = useApiQuery('calls.listConfirmations', {})
  const staff = useApiQuery('clinic.listStaff', {}).data
  const one = day.data?.appointments.find((row) => row.id === id)
  const provider = staff?.filter((person) => person.id === one?.providerId).map((person) => [person.title, person.familyName].filter(Boolean).join(' '))[0] ?? ''
  const page = useMemo(() => one && letter(one, provider, clinic, { by: name, now }), [one, provider, clinic, name, now])
  const back = (): void => go(paths.calls())
  if (day.data && !page) return <EmptyState title="This appointment is not on the list any more" action={<ActionButton onClick={back}>Back to the calls</ActionButton>}>It was moved, cancelled or has begun.</EmptyState>
  if (!page) return <QueryState query={day} what="The reminder" />
  return <PrintPreview documents={[page]} fileName="reminder" onClose={back} />
}

function letter(one: Confirmation, provider: string, clinic: Clinic, { by, now }: { by: string; now: string }): PrintDocument {
  const today = dateInZone(now, clinic.timeZone)
  return {
    clinic, title: 'Your appointment', subtitle: date(today), foot: 'Reminder', printed: `Printed ${dateTime(now, clinic.timeZone, today)} by ${by}`,
    blocks: reminderParagraphs(one, provider, clinic).map((text, i) => ({ key: String(i), node: <p className={styles['letter']}>{text}</p> })),
  }
}
