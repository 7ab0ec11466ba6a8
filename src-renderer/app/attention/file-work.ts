import { createStore } from '#renderer/app/store.ts'
import { reportWork } from './long-work.ts'

/** A file that a person picked, by its place on this machine. The name is shown and goes nowhere else. */
export interface PickedFile {
  name: string
  path: string
}

interface Progress {
  kind: 'progress'
  doneBytes: number
  totalBytes: number
}
type Event<P extends Progress, R> = P | { kind: 'done'; report: R }

export interface FileWork<P, R> {
  phase: 'idle' | 'running' | 'done' | 'stopped' | 'failed'
  /** Only tried out: reads everything, writes nothing. */
  isDryRun: boolean
  file?: PickedFile
  progress?: P
  secondsLeft?: number
  report?: R
  error?: unknown
}

interface About<P> {
  id: string
  title: (isDryRun: boolean) => string
  /** The screen where it was started; Attention leads back to it. */
  path: string
  note: (progress: P) => string
}

/** Work on one file that goes on when its screen is left: its state lives here, the screen only looks at it. */
export function createFileWork<P extends Progress, R>(about: About<P>) {
  const state = createStore<FileWork<P, R>>({ phase: 'idle', isDryRun: false })
  let stopper: AbortController | undefined
  const set = (next: FileWork<P, R>): void => {
    tell(about, next, stop)
    state.set(next)
  }
  const stop = (): void => stopper?.abort()
  const start = async (file: PickedFile, isDryRun: boolean, open: (signal: AbortSignal) => Promise<AsyncIterable<Event<P, R>>>): Promise<void> => {
    if (state.get().phase === 'running') return
    const own = new AbortController()
    stopper = own
    const startedMs = performance.now()
    set({ phase: 'running', isDryRun, file })
    try {
      for await (const event of await open(own.signal)) {
        if (event.kind === 'done') return set({ phase: 'done', isDryRun, file, report: event.report })
        set({ phase: 'running', isDryRun, file, progress: event, ...estimate(event, performance.now() - startedMs) })
      }
      set({ ...state.get(), phase: 'stopped' })
    } catch (error) {
      set(own.signal.aborted ? { ...state.get(), phase: 'stopped' } : { phase: 'failed', isDryRun, file, error })
    }
  }
  return {
    use: state.use,
    start,
    stop,
    /** Forgets the last file, not what was done with it. */
    clear: () => set({ phase: 'idle', isDryRun: false }),
  }
}

/** How far a file has been read, in figures that a person can follow. */
export function kilobytesOf({ doneBytes, totalBytes }: Pick<Progress, 'doneBytes' | 'totalBytes'>): { done: number; total: number } {
  return { done: Math.ceil(doneBytes / 1_000), total: Math.ceil(totalBytes / 1_000) }
}

/** From the second second on: before that a guess would jump about. */
function estimate({ doneBytes, totalBytes }: Progress, elapsedMs: number): { secondsLeft?: number } {
  if (elapsedMs < 1_500 || doneBytes <= 0) return {}
  return { secondsLeft: Math.max(0, (elapsedMs / 1_000) * (totalBytes / doneBytes - 1)) }
}

function tell<P extends Progress, R>(about: About<P>, { phase, isDryRun, progress, secondsLeft }: FileWork<P, R>, stop: () => void): void {
  if (phase === 'idle') return
  reportWork({
    id: about.id, title: about.title(isDryRun), path: about.path, state: phase, ...(progress ? kilobytesOf(progress) : { done: 0 }),
    secondsLeft: phase === 'running' ? secondsLeft : undefined, note: progress && about.note(progress), stop: phase === 'running' ? stop : undefined,
  })
}
