import type { CsvLook, StageCsvInput } from '#shared/domains/migration/csv/contract.ts'
import type { CsvKind, Problem } from '#shared/domains/migration/csv/model.ts'
import type { KnownPerson, PairPlan } from '#shared/domains/migration/csv/plan.ts'
import type { CsvReport } from '#shared/domains/migration/csv/contract.ts'
import type { PlainDate } from '#shared/kernel/time.ts'
import { refuse } from '#shared/rpc/errors.ts'
import { startWorker } from '#main/core/workers.ts'
import type { StagedRow } from './repository.csv.ts'

export interface StagedFile {
  readonly rowCount: number
  readonly file: CsvReport['file']
}
export type CsvTask = { readonly do: 'look'; readonly path: string; readonly kind: CsvKind | null } | { readonly do: 'stage'; readonly today: PlainDate } & StageCsvInput
export type FromCsvReader =
  | { readonly type: 'look'; readonly look: CsvLook }
  | { readonly type: 'rows'; readonly rows: readonly StagedRow[]; readonly problems: readonly Problem[]; readonly pairs: readonly PairPlan[]; readonly done: number; readonly total: number }
  | { readonly type: 'end'; readonly staged: StagedFile }
  | { readonly type: 'refused'; readonly code: string; readonly data?: unknown }
export type ToCsvReader = { readonly known: readonly KnownPerson[] } | 'known' | 'next'

/** Reads, understands and compares in a thread of its own; `known` are the people here, a page at a time. */
export async function* readCsv(task: CsvTask, known: AsyncIterable<readonly KnownPerson[]> | null, signal: AbortSignal): AsyncGenerator<Exclude<FromCsvReader, { type: 'refused' }>> {
  const worker = startWorker('read-csv', task)
  const waiting: (FromCsvReader | { readonly type: 'crashed'; readonly error: unknown })[] = []
  let wake = (): void => {}
  const arrive = (message: (typeof waiting)[number]): void => {
    waiting.push(message)
    wake()
  }
  worker.on('message', (message: FromCsvReader) => arrive(message))
  worker.on('error', (error) => arrive({ type: 'crashed', error }))
  signal.addEventListener('abort', () => wake(), { once: true })
  const send = (message: ToCsvReader): void => worker.postMessage(message)
  try {
    if (known) for await (const page of known) send({ known: page })
    send('known')
    while (!signal.aborted) {
      const message = waiting.shift()
      if (!message) await new Promise<void>((resume) => (wake = resume))
      else if (message.type === 'refused') throw refuse(message.code, message.data)
      else if (message.type === 'crashed') throw message.error
      else {
        yield message
        if (message.type !== 'rows') return
        send('next')
      }
    }
    signal.throwIfAborted()
  } finally {
    await worker.terminate()
  }
}
