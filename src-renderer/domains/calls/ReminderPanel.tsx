import { Textarea } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { Confirmation } from '#shared/domains/calls/model.ts'
import { useActor } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { listName } from '#renderer/ui/format.ts'
import { IconPhone } from '#renderer/ui/icons.ts'
import { reminderText } from './view.reminder.ts'
import styles from './Calls.module.css'

interface ReminderProps { one: Confirmation; provider: string; onClose: () => void }

/** The words of a reminder with its link and instructions: to be read out, copied into a message, or printed. */
export function ReminderPanel({ one, provider, onClose }: ReminderProps) {
  return (
    <SidePanel title="Reminder" icon={IconPhone} onClose={onClose}>
      <Words one={one} provider={provider} />
    </SidePanel>
  )
}

function Words({ one, provider }: Omit<ReminderProps, 'onClose'>) {
  const { clinic } = useActor()
  const go = useGo()
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    // Selected as a whole: the next key may be the person's own copy.
    field.current?.focus()
    field.current?.select()
  }, [one.id])
  const print = (): void => go(paths.printReminder(one.id))
  useKeys([{ id: 'reminder.print', keys: 'Ctrl+Enter', label: 'Print the reminder as a letter', where: 'Calls', run: print }])
  return (
    <div className={styles['reminder']}>
      <Textarea ref={field} label={`For ${listName(one.patient)}`} description="All of it is selected: Ctrl C copies it." readOnly autosize minRows={6} value={reminderText(one, provider, clinic)} />
      <ActionButton variant="filled" keyId="reminder.print" onClick={print}>Print as a letter</ActionButton>
      <p className={styles['quiet']}>Cairn sends no text messages or e-mail by itself: nothing leaves the clinic unless somebody sends it. Read it out, paste it into your own message, or print it.</p>
    </div>
  )
}
