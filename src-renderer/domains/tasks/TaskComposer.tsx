import { Checkbox, Select, Textarea } from '@mantine/core'
import { quickDue, quickDues, type QuickDue } from '#shared/domains/tasks/rules.ts'
import { limits } from '#shared/kernel/limits.ts'
import { useActor, useToday } from '#renderer/app/actor.tsx'
import { endAskedTask, subjectOf, useAskedTask, type Subject } from '#renderer/app/asked.ts'
import { useCurrentPath } from '#renderer/app/navigation.ts'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { ChoiceField, Form } from '#renderer/ui/form.tsx'
import { date as dateText, dayDate } from '#renderer/ui/format.ts'
import { IconChecklist } from '#renderer/ui/icons.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { useComposer, type Composer } from './useComposer.ts'
import { addresseeChoices } from './view.ts'
import styles from './Tasks.module.css'

/** Ctrl Shift M, the text, Ctrl Enter: a task about what is open, from any screen. */
export function TaskResident() {
  const asked = useAskedTask()
  const path = useCurrentPath()
  if (asked === undefined) return null
  return <TaskComposer subject={asked === 'open' ? subjectOf(path) : (asked ?? {})} />
}

function TaskComposer({ subject }: { subject: Subject }) {
  const composer = useComposer(subject, endAskedTask)
  return (
    <SidePanel
      title="New task" icon={IconChecklist} onClose={endAskedTask}
      footer={
        <>
          <span id="task-missing" className={styles['missing']}>{composer.missing}</span>
          <ActionButton variant="filled" keyId="form.submit" running={composer.isRunning} disabledReason={composer.missing} reasonId="task-missing" onClick={() => void composer.submit()}>
            Ask
          </ActionButton>
        </>
      }
    >
      <TaskForm composer={composer} />
    </SidePanel>
  )
}

function TaskForm({ composer }: { composer: Composer }) {
  const { staffId } = useActor()
  const { draft, change, people, toKey, dueOn, whom } = composer
  return (
    <Form where="New task" submitLabel="Ask" onSubmit={() => void composer.submit()}>
      {composer.problem && <Notice tone="bad" title="Not asked.">{composer.problem}</Notice>}
      {whom && <p className={styles['about']}>About <strong>{whom}</strong></p>}
      <Textarea
        label="What is to be done" description="@ and a name or a role says who" autosize={false} rows={4} maxLength={limits.task_chars} value={draft.text} data-autofocus
        onChange={(event) => change({ text: event.currentTarget.value })} onBlur={composer.settleName}
      />
      <Select label="For" data={addresseeChoices(people, staffId)} value={toKey} searchable allowDeselect={false} nothingFoundMessage="Nobody of that name works here" onChange={(key) => key && change({ toKey: key })} />
      <TextField
        label="Until" autoComplete="off" value={draft.dueText} description={dueOn && dayDate(dueOn)} error={dueOn === undefined && 'No such day. Write it like tomorrow, in 2 weeks or 12 Mar.'}
        onChange={(event) => change({ dueText: event.currentTarget.value })}
      />
      <QuickDues composer={composer} />
      <Checkbox label="Urgent" checked={draft.isUrgent} onChange={(event) => change({ isUrgent: event.currentTarget.checked })} />
      <WhoReads composer={composer} />
    </Form>
  )
}

const quickWords: Record<QuickDue, string> = { today: 'Today', tomorrow: 'Tomorrow', week: 'In a week' }

function QuickDues({ composer: { change, dueOn } }: { composer: Composer }) {
  const today = useToday()
  return (
    <div className={styles['quick']} role="group" aria-label="Until, by one press">
      {quickDues.map((which) => (
        <ActionButton key={which} size="compact-xs" aria-pressed={dueOn === quickDue(which, today)} onClick={() => change({ dueText: which === 'week' ? dateText(quickDue(which, today)) : quickWords[which] })}>
          {quickWords[which]}
        </ActionButton>
      ))}
    </div>
  )
}

/** What may stand in the text follows from who will read it. */
function WhoReads({ composer: { mayBeClinical, isClinical, hasPatient, change } }: { composer: Composer }) {
  if (mayBeClinical) {
    return (
      <ChoiceField
        label="Who reads it" value={isClinical ? 'chart' : 'all'} onChange={(value) => change({ isClinical: value === 'chart' })}
        data={[{ value: 'chart', label: 'Who may read the chart' }, { value: 'all', label: 'No clinical fact in it' }]}
      />
    )
  }
  return hasPatient ? <p className={styles['hint']}>Whom it is for, administrators and every machine of the clinic have it: write no clinical fact.</p> : null
}
