import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import type { TaskCursor, TaskList } from '#shared/domains/tasks/contract.ts'
import { queryOptionsFor } from '#renderer/rpc/api.ts'

const start: readonly (TaskCursor | null)[] = [null]

/** The pages of a list that were asked for; each is live by itself. Another list or filter begins anew. */
export function useTaskPages(list: TaskList, filter: string) {
  const wanted = `${list} ${filter.trim()}`
  const [asked, setAsked] = useState({ wanted, cursors: start })
  const cursors = asked.wanted === wanted ? asked.cursors : start
  const pages = useQueries({ queries: cursors.map((after) => queryOptionsFor('tasks.list', { list, after, filter: filter.trim() })) })
  const [first] = pages
  const next = pages.at(-1)?.data?.next
  // A task that moves up a page while the next is still being asked for stands once.
  const tasks = [...new Map(pages.flatMap((page) => page.data?.tasks ?? []).map((task) => [task.id, task])).values()]
  return {
    tasks, isReady: first?.data !== undefined, hasMore: Boolean(next),
    more: () => next && setAsked({ wanted, cursors: [...cursors, next] }),
    query: { isPending: first?.isPending ?? true, isError: first?.isError ?? false, error: first?.error, refetch: () => first?.refetch() },
  }
}
