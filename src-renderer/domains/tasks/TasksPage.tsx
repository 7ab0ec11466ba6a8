import { SegmentedControl } from '@mantine/core'
import { useRef, useState } from 'react'
import { taskLists, type TaskCounts, type TaskList } from '#shared/domains/tasks/contract.ts'
import type { ListedTask } from '#shared/domains/tasks/model.ts'
import { useToday } from '#renderer/app/actor.tsx'
import { askForTask } from '#renderer/app/asked.ts'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { useCarried } from '#renderer/app/navigation.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { DataTable } from '#renderer/ui/DataTable.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { count, listName } from '#renderer/ui/format.ts'
import { AllDone, EmptyState, Notice, QueryState } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { TaskDetail } from './TaskDetail.tsx'
import { useTaskPages } from './useTaskPages.ts'
import { useTaskSteps } from './useTaskSteps.ts'
import { dueWords, stateOf, titleOf, withWords } from './view.ts'
import { emptyWords, listWords } from './words.ts'
import styles from './Tasks.module.css'

const columns = (today: string) => [
  { accessor: 'what', title: 'What', render: (row: ListedTask) => <span className={row.text === null ? `${styles['what']} ${styles['quiet']}` : styles['what']}>{titleOf(row)}</span> },
  { accessor: 'patient', title: 'Patient', width: 140, render: (row: ListedTask) => row.patient && listName(row.patient) },
  { accessor: 'with', title: 'With', width: 146, render: withWords },
  { accessor: 'by', title: 'Asked by', width: 130, render: (row: ListedTask) => (row.isOwn ? 'You' : row.authorName) },
  { accessor: 'due', title: 'Until', width: 106, render: (row: ListedTask) => dueWords(row, today) },
  { accessor: 'state', title: 'State', width: 96, render: (row: ListedTask) => <State row={row} today={today} /> },
]

/** What waits for this person, for their role, and for others because of them. Nothing leaves a list silently. */
export function TasksPage() {
  const carried = useCarried()
  const today = useToday()
  const [list, setList] = useState<TaskList>(taskLists.find((one) => one === carried['list']) ?? 'mine')
  const [filter, setFilter] = useState('')
  const [chosenId, setChosen] = useState<string>()
  const pages = useTaskPages(list, filter)
  const counts = useApiQuery('tasks.counts', {}).data
  const steps = useTaskSteps()
  const chosen = pages.tasks.find((one) => one.id === chosenId) ?? pages.tasks[0]
  const field = useRef<HTMLInputElement>(null)
  useKeys([
    { id: 'tasks.filter', keys: '/', label: 'Filter', where: 'Tasks', run: () => field.current?.focus() },
    { id: 'tasks.new-here', keys: 'N', label: 'New task', where: 'Tasks', run: () => askForTask(null) },
  ])
  const strip = (
    <div className={styles['bar']}>
      <SegmentedControl aria-label="List" data={taskLists.map((one) => ({ value: one, label: labelWithCount(one, counts) }))} value={list} onChange={(value) => setList(taskLists.find((one) => one === value) ?? 'mine')} />
      <TextField ref={field} aria-label="Filter by words or patient" placeholder="Filter" autoComplete="off" value={filter} onChange={(event) => setFilter(event.currentTarget.value)} />
      <ActionButton variant="filled" keyId="tasks.new" onClick={() => askForTask(null)}>New task</ActionButton>
    </div>
  )
  return (
    <Screen
      title="Tasks" meta={counts && (counts.mine === 0 ? 'nothing waits for you' : `${count(counts.mine, 'task')} for you`)} strip={strip} body="fill"
      aside={chosen && <TaskDetail key={chosen.id} task={chosen} steps={steps} />} asideWidth={400}
    >
      {steps.problem && <div role="alert" className={styles['home']}><Notice tone="bad">{steps.problem}</Notice></div>}
      <QueryState query={pages.query} what="The list of tasks" />
      {pages.isReady && (
        <DataTable label={listWords[list]} rows={pages.tasks} columns={columns(today)} activeId={chosen?.id} onActiveChange={(row) => setChosen(row.id)} empty={<Nothing list={list} filter={filter} />} />
      )}
      {pages.hasMore && <div className={styles['more']}><ActionButton onClick={pages.more}>Show more</ActionButton></div>}
    </Screen>
  )
}

function State({ row, today }: { row: ListedTask; today: string }) {
  const { words, tone } = stateOf(row, today)
  return <Tag tone={tone}>{words}</Tag>
}

function labelWithCount(list: TaskList, counts: TaskCounts | undefined): string {
  const amount = counts && { mine: counts.mine, role: counts.role, asked: counts.news, overdue: 0, settled: 0 }[list]
  return amount ? `${listWords[list]} ${amount}` : listWords[list]
}

function Nothing({ list, filter }: { list: TaskList; filter: string }) {
  const { title, text } = emptyWords[list]
  if (filter.trim() !== '') return <EmptyState title={`No task here has “${filter.trim()}” in it`}>Try fewer letters, or look in another list.</EmptyState>
  return list === 'settled' ? <EmptyState title={title}>{text}</EmptyState> : <AllDone title={title}>{text}</AllDone>
}
