import type { ExportEvent, ExportInput } from '#shared/domains/audit/contract.ts'
import type { Verification } from '#shared/domains/audit/model.ts'
import { reportWork } from '#renderer/app/attention/long-work.ts'
import { paths } from '#renderer/app/paths.ts'
import { createStore } from '#renderer/app/store.ts'
import { api } from '#renderer/rpc/api.ts'

interface Work<P, R> {
  phase: 'idle' | 'running' | 'done' | 'stopped' | 'failed'
  progress?: P
  result?: R
  error?: unknown
}
type Exported = Extract<ExportEvent, { kind: 'done' }>

/** Long work on the log that goes on when its panel is closed. */
function createWork<I, E extends { kind: string }, P, R>(about: { id: string; title: string }, open: (input: I, signal: AbortSignal) => Promise<AsyncIterable<E>>, read: (event: E) => { progress: P; done: number; total?: number } | { result: R }) {
  const state = createStore<Work<P, R>>({ phase: 'idle' })
  let stopper: AbortController | undefined
  const stop = (): void => stopper?.abort()
  const set = (next: Work<P, R>, figures: { done: number; total?: number } = { done: 0 }): void => {
    state.set(next)
    if (next.phase !== 'idle') reportWork({ ...about, path: paths.activity(), state: next.phase, ...figures, stop: next.phase === 'running' ? stop : undefined })
  }
  return {
    use: state.use,
    stop,
    clear: () => {
      if (state.get().phase !== 'running') state.set({ phase: 'idle' })
    },
    start: async (input: I): Promise<void> => {
      if (state.get().phase === 'running') return
      const own = new AbortController()
      stopper = own
      set({ phase: 'running' })
      try {
        for await (const event of await open(input, own.signal)) {
          const piece = read(event)
          if ('result' in piece) return set({ phase: 'done', result: piece.result })
          set({ phase: 'running', progress: piece.progress }, piece)
        }
        set({ phase: 'stopped' })
      } catch (error) {
        set(own.signal.aborted ? { phase: 'stopped' } : { phase: 'failed', error })
      }
    },
  }
}

export const verifying = createWork(
  { id: 'audit.verify', title: 'Verifying the activity log' },
  (_: null, signal) => api.audit.verify({}, { signal }),
  (event): { progress: { done: number; total: number }; done: number; total: number } | { result: Verification } =>
    event.kind === 'done' ? { result: event.verification } : { progress: event, done: event.done, total: event.total },
)

export const exporting = createWork(
  { id: 'audit.export', title: 'Exporting the activity log' },
  (input: ExportInput, signal) => api.audit.export(input, { signal }),
  (event): { progress: { rows: number }; done: number } | { result: Exported } => (event.kind === 'done' ? { result: event } : { progress: event, done: event.rows }),
)
