import path from 'node:path'
import { Worker } from 'node:worker_threads'

/** Long work that must not stall the core's event loop. Each name is an entry of its own in the build. */
export const workerFiles = {
  'check-database': 'core/db/check-database.worker.ts',
  'fill-demo': 'core/db/fill-demo.worker.ts',
  'rekey-file': 'core/keys/rekey-file.worker.ts',
  'rekey-copy': 'core/keys/rekey-copy.worker.ts',
  'make-snapshot': 'core/sync/snapshot.worker.ts',
  'read-import': 'domains/migration/service.reader.worker.ts',
  'read-csv': 'domains/migration/service.csv.worker.ts',
  'verify-audit': 'core/audit/verify.worker.ts',
} as const

/** Starts a worker thread from the source (tests, command line) or from its built file beside the core's. */
export function startWorker(name: keyof typeof workerFiles, workerData: unknown): Worker {
  return new Worker(fileOf(name), { workerData })
}

function fileOf(name: keyof typeof workerFiles): string {
  const here = import.meta.dirname
  if (import.meta.filename.endsWith('.ts')) return path.resolve(here, '..', workerFiles[name])
  return path.join(path.basename(here) === 'chunks' ? path.dirname(here) : here, `${name}.js`)
}
