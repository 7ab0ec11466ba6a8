import { Select, Textarea } from '@mantine/core'
import { useEffect, useState } from 'react'
import { can } from '#shared/access/permissions.ts'
import { declineReasons, type ListedTask } from '#shared/domains/tasks/model.ts'
import { canStepTask, mayStep, standingOf, type TaskStepName } from '#shared/domains/tasks/rules.ts'
import { limits } from '#shared/kernel/limits.ts'
import { useActor, useToday, useZone } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { Column } from '#renderer/app/Screen.tsx'
import { api, useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card, Fact, FactList } from '#renderer/ui/Card.tsx'
import { dateTime, dayDate, listName, phone } from '#renderer/ui/format.ts'
import { QueryState } from '#renderer/ui/states.tsx'
import type { TaskSteps } from './useTaskSteps.ts'
import { addresseeChoices, addresseeOf, nameOf, noWords, toWords } from './view.ts'
import { declineWords, roleGroups, statusWords, stepWords } from './words.ts'
import styles from './Tasks.module.css'

interface DetailProps { task: ListedTask; steps: TaskSteps }
type Asking = 'hand' | 'decline' | undefined

/** One task beside its list: what it says, what may be done with it now, and what has happened. */
export function TaskDetail({ task, steps }: DetailProps) {
  const { id, isOwn, hasNews } = task
  const isNews = isOwn && hasNews
  useEffect(() => {
    // The author looks at it: from now on it is no news. What is settled leaves their list with that, not before.
    if (isNews) return () => void api.tasks.markSeen({ id }).catch(() => undefined)
    return undefined
  }, [id, isNews])
  return (
    <Column head={<h2 className={styles['title']}>{task.patient ? listName(task.patient) : 'Task'}</h2>} tone="canvas">
      <div className={styles['detail']}>
        <Card title="What is to be done">
          <p className={styles['text']}>{task.text ?? noWords(task)}</p>
        </Card>
        <Acts task={task} steps={steps} />
        <Facts task={task} />
        <Said task={task} steps={steps} />
      </div>
    </Column>
  )
}

function Acts({ task, steps }: DetailProps) {
  const actor = useActor()
  const [asking, setAsking] = useState<Asking>()
  const who = standingOf(task, actor)
  const may = (step: TaskStepName): boolean => canStepTask(task.status, step) && mayStep(step, who)
  const isTakeable = may('take') && !task.isMine
  useKeys([
    { id: 'tasks.take', keys: 'T', label: 'Take', where: 'Tasks', when: () => isTakeable, run: () => void steps.take(task) },
    { id: 'tasks.done', keys: 'X', label: 'Done', where: 'Tasks', when: () => may('finish'), run: () => void steps.finish(task) },
    { id: 'tasks.hand', keys: 'E', label: 'Hand to someone', where: 'Tasks', when: () => may('hand'), run: () => setAsking('hand') },
    { id: 'tasks.decline', keys: 'R', label: 'Give back', where: 'Tasks', when: () => may('decline') && !who.isAuthor, run: () => setAsking('decline') },
    ...(asking === 'decline' ? declineReasons.map((reason, i) => ({ id: `tasks.decline-${reason}`, keys: String(i + 1), label: declineWords[reason], where: 'Tasks', run: () => void steps.decline(task, reason) })) : []),
  ])
  return (
    <>
      <div className={styles['acts']}>
        {isTakeable && <ActionButton variant="filled" keyId="tasks.take" onClick={() => void steps.take(task)}>Take</ActionButton>}
        {may('finish') && <ActionButton variant={isTakeable ? 'default' : 'filled'} keyId="tasks.done" onClick={() => void steps.finish(task)}>Done</ActionButton>}
        {may('hand') && <ActionButton keyId="tasks.hand" onClick={() => setAsking('hand')}>Hand to</ActionButton>}
        {may('decline') && !who.isAuthor && <ActionButton keyId="tasks.decline" onClick={() => setAsking('decline')}>Give back</ActionButton>}
        {may('cancel') && <ActionButton onClick={() => void steps.cancel(task)}>Call off</ActionButton>}
        {may('reopen') && <ActionButton onClick={() => void steps.reopen(task)}>Open again</ActionButton>}
      </div>
      {asking === 'hand' && <HandTo task={task} steps={steps} onClose={() => setAsking(undefined)} />}
      {asking === 'decline' && (
        <Card title="Why is it given back?">
          <div className={styles['acts']} role="group" aria-label="Reasons">
            {declineReasons.map((reason) => <ActionButton key={reason} keyId={`tasks.decline-${reason}`} onClick={() => void steps.decline(task, reason)}>{declineWords[reason]}</ActionButton>)}
          </div>
        </Card>
      )}
    </>
  )
}

function HandTo({ task, steps, onClose }: DetailProps & { onClose: () => void }) {
  const { staffId } = useActor()
  const people = useApiQuery('tasks.people', {}).data ?? []
  const hand = (key: string): void => {
    const to = addresseeOf(key)
    void steps.hand(task, to, nameOf(to, people)).then(onClose)
  }
  return <Select label="Hand to" data={addresseeChoices(people, staffId)} searchable autoFocus defaultDropdownOpened nothingFoundMessage="Nobody of that name works here" onChange={(key) => key && hand(key)} />
}

function Facts({ task }: { task: ListedTask }) {
  const go = useGo()
  const actor = useActor()
  const { patient } = task
  return (
    <Card flush>
      <FactList>
        <Fact label="For">{toWords(task)}</Fact>
        <Fact label="With">{task.holderName ?? 'Nobody yet'}</Fact>
        <Fact label="Asked by">{task.isOwn ? 'You' : task.authorName}</Fact>
        <Fact label="Until">{dayDate(task.dueOn)}</Fact>
        <Fact label="State">{statusWords[task.status]}{task.urgency === 'urgent' && ', urgent'}</Fact>
        {patient?.phone && <Fact label="Phone">{phone(patient.phone)}</Fact>}
      </FactList>
      {patient && can(actor, 'patient.read') && <div className={styles['inset']}><ActionButton size="compact-xs" onClick={() => go(paths.openPatient(patient.id))}>Open patient</ActionButton></div>}
    </Card>
  )
}

/** What was said and done, in order; an answer is added below. */
function Said({ task, steps }: DetailProps) {
  const zone = useZone()
  const today = useToday()
  const [text, setText] = useState('')
  const details = useApiQuery('tasks.details', { id: task.id }, { keepPrevious: true })
  const isReadable = task.text !== null
  const say = async (): Promise<void> => {
    if (text.trim() !== '' && (await steps.say(task, text.trim()))) setText('')
  }
  return (
    <Card title="What has happened">
      <QueryState query={details} what="What has happened" />
      <ol role="list" className={styles['steps']}>
        {details.data?.steps.map((step) => (
          <li key={step.id}>
            <span>
              <strong>{stepWords[step.kind]}</strong>
              {step.kind === 'handed' && ` to ${step.toRole ? roleGroups[step.toRole] : step.toName}`}
              {step.reason && `: ${declineWords[step.reason].toLowerCase()}`}
            </span>
            {step.kind === 'said' && step.text && <span className={styles['text']}>{step.text}</span>}
            <span className={styles['by']}>{step.by}, {dateTime(step.at, zone, today)}</span>
          </li>
        ))}
      </ol>
      {isReadable && (
        <div className={styles['say']}>
          <Textarea label="Answer" autosize={false} rows={2} maxLength={limits.task_chars} value={text} onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
              event.preventDefault()
              void say()
            }}
          />
          <div className={styles['acts']}><ActionButton keys="Ctrl+Enter" disabledReason={text.trim() === '' && 'Write an answer first'} reasonAt="hidden" onClick={() => void say()}>Answer</ActionButton></div>
        </div>
      )}
    </Card>
  )
}
