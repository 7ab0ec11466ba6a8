import { useNetwork } from '#renderer/app/network/state.ts'
import { createStore } from '#renderer/app/store.ts'

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

const works = createStore<readonly RunningWork[]>([])

export function reportWork(work: RunningWork): void {
  const known = works.get()
  works.set(known.some((other) => other.id === work.id) ? known.map((other) => (other.id === work.id ? work : other)) : [...known, work])
}

export const dismissWork = (id: string): void => works.set(works.get().filter((work) => work.id !== id))

export const useRunningWork = works.use

/** Only what needs a person is counted in red: what the clinic did not accept, and work that failed. */
export function useAttentionCount(): number {
  const { attention } = useNetwork()
  return attention + useRunningWork().filter((work) => work.state === 'failed').length
}
