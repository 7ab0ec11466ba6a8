import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { LongWork, Notice } from '#renderer/ui/states.tsx'
import { useGo } from '../navigation.ts'
import { dismissWork, type RunningWork } from './long-work.ts'

/** Long work of this window, running or over; each is looked at and put away by a person. */
export function WorkCards({ works }: { works: readonly RunningWork[] }) {
  return works.map((work) => (
    <Card key={work.id}>
      <WorkState work={work} />
    </Card>
  ))
}

function WorkState({ work }: { work: RunningWork }) {
  const go = useGo()
  const { path } = work
  if (work.state === 'running') return <LongWork {...work} onStop={work.stop} />
  const words = { done: 'is done', stopped: 'was stopped', failed: 'did not finish' }[work.state]
  return (
    <Notice
      tone={work.state === 'failed' ? 'bad' : 'ok'}
      title={`${work.title} ${words}.`}
      action={
        <>
          {path && <ActionButton onClick={() => go(path)}>Open</ActionButton>}
          <ActionButton onClick={() => dismissWork(work.id)}>Settle</ActionButton>
        </>
      }
    >
      {work.note}
    </Notice>
  )
}
