import { useMay } from '#renderer/app/actor.tsx'
import { askForTask } from '#renderer/app/asked.ts'
import type { Contribution } from '#renderer/app/contribution.ts'
import { paths } from '#renderer/app/paths.ts'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { registerErrorTexts } from '#renderer/rpc/error-text.ts'
import { IconChecklist } from '#renderer/ui/icons.ts'
import { HomeTasks } from './HomeTasks.tsx'
import { TaskResident } from './TaskComposer.tsx'
import { errorTexts } from './words.ts'

registerErrorTexts(errorTexts)

/** What waits for me, and what others have answered me. */
function useMyTasks(): number | undefined {
  const counts = useApiQuery('tasks.counts', {}, { enabled: useMay('task.read') }).data
  return counts && counts.mine + counts.news
}

export const tasksContribution: Contribution = {
  domain: 'tasks',
  routes: [{ path: paths.tasks(), page: async () => (await import('./TasksPage.tsx')).TasksPage, may: 'task.read' }],
  places: [{ id: 'tasks', label: 'Tasks', icon: IconChecklist, path: paths.tasks(), may: 'task.read', goKey: 'T', useCount: useMyTasks }],
  commands: [
    { id: 'tasks.new', label: 'New task about what is open', icon: IconChecklist, keys: 'Ctrl+Shift+M', global: true, may: 'task.write', run: () => askForTask('open') },
    { id: 'tasks.open', label: 'Tasks: mine, my role’s, what I asked', icon: IconChecklist, may: 'task.read', run: ({ go }) => go(paths.tasks()) },
  ],
  patientActions: [{ id: 'tasks.about', label: 'Task about this patient', icon: IconChecklist, letter: 'T', may: 'task.write', run: (patientId) => askForTask({ patientId }) }],
  Resident: TaskResident,
  HomeNote: HomeTasks,
}
