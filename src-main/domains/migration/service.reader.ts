import type { Skipped, Unit } from '#shared/domains/migration/model.ts'
import { refuse } from '#shared/rpc/errors.ts'
import { startWorker } from '#main/core/workers.ts'

export interface ReaderTask { readonly path: string; readonly source: string }

/** A part of a line: one patient's rows, or, as the last part, what the line holds that was not taken. */
export interface Piece {
  readonly line: number
  readonly unit: Unit | null
  readonly skipped: readonly Skipped[]
  readonly endsLine: boolean
}

export interface Pieces { readonly pieces: readonly Piece[]; readonly doneBytes: number; readonly totalBytes: number }
export type FromReader = ({ readonly type: 'pieces' } & Pieces) | { readonly type: 'refused'; readonly code: string } | { readonly type: 'end' }

/** Reads in a thread of its own, never more than a few messages ahead of who takes them. The thread ends with the loop. */
export async function* readPieces(task: ReaderTask, signal: AbortSignal): AsyncGenerator<Pieces> {
  const worker = startWorker('read-import', task)
  const waiting: (FromReader | { readonly type: 'crashed'; readonly error: unknown })[] = []
  let wake = (): void => {}
  const arrive = (message: (typeof waiting)[number]): void => {
    waiting.push(message)
    wake()
  }
  worker.on('message', (message: FromReader) => arrive(message))
  worker.on('error', (error) => arrive({ type: 'crashed', error }))
  signal.addEventListener('abort', () => wake(), { once: true })
  try {
    while (!signal.aborted) {
      const message = waiting.shift()
      if (!message) await new Promise<void>((resume) => (wake = resume))
      else if (message.type === 'end') return
      else if (message.type === 'refused') throw refuse(message.code)
      else if (message.type === 'crashed') throw message.error
      else {
        yield message
        worker.postMessage('next')
      }
    }
    signal.throwIfAborted()
  } finally {
    await worker.terminate()
  }
}
