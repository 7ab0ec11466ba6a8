import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { AllDone, LongWork, Notice } from '#renderer/ui/states.tsx'
import { useGo } from '../navigation.ts'
import { Screen } from '../Screen.tsx'
import { dismissWork, type RunningWork, useRunningWork } from './long-work.ts'
import styles from './AttentionPage.module.css'

/** What needs a person, and long work that goes on in the background. */
export function AttentionPage() {
  const works = useRunningWork()
  return (
    <Screen title="Attention">
      {works.length === 0 ? (
        <AllDone title="Nothing needs you">Work that was refused, or that takes a while, appears here.</AllDone>
      ) : (
        <div className={styles['list']}>
          {works.map((work) => (
            <Card key={work.id}>
              <WorkState work={work} />
            </Card>
          ))}
        </div>
      )}
    </Screen>
  )
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
