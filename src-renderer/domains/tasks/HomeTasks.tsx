import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { useMay } from '#renderer/app/actor.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { lateWords } from './view.ts'
import styles from './Tasks.module.css'

/** Nothing falls silent: what is overdue stands on the home of whoever has to see to it. */
export function HomeTasks() {
  const go = useGo()
  const counts = useApiQuery('tasks.counts', {}, { enabled: useMay('task.read') }).data
  const late = counts && lateWords(counts)
  if (!late) return null
  return (
    <div className={styles['home']}>
      <Notice tone="warn">
        <span className={styles['late']}>{late}</span> <ActionButton size="compact-xs" onClick={() => go(paths.tasks(), { list: 'overdue' })}>Open overdue tasks</ActionButton>
      </Notice>
    </div>
  )
}
