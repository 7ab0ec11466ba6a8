import { useSyncExternalStore } from 'react'

/** Work that takes a while and goes on when its screen is left; the Attention page shows it. */
export interface RunningWork {
  id: string
  title: string
  done: number
  total?: number | undefined
  secondsLeft?: number | undefined
  note?: string | undefined
  stop?: (() => void) | undefined
  state: 'running' | 'done' | 'stopped' | 'failed'
  /** Screen where it was started. */
  path?: string
}

let works: readonly RunningWork[] = []
const listeners = new Set<() => void>()

function set(next: readonly RunningWork[]): void {
  works = next
  for (const listener of listeners) listener()
}

export function reportWork(work: RunningWork): void {
  set(works.some((other) => other.id === work.id) ? works.map((other) => (other.id === work.id ? work : other)) : [...works, work])
}

export function dismissWork(id: string): void {
  set(works.filter((work) => work.id !== id))
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useRunningWork(): readonly RunningWork[] {
  return useSyncExternalStore(subscribe, () => works)
}

/** Only what needs a person is counted in red: work that failed. */
export function useAttentionCount(): number {
  return useRunningWork().filter((work) => work.state === 'failed').length
}
