import { useState } from 'react'
import type { CsvEvent, CsvImport, CsvLook, CsvReading } from '#shared/domains/migration/csv/contract.ts'
import type { CsvKind } from '#shared/domains/migration/csv/model.ts'
import { createFileWork, type PickedFile } from '#renderer/app/attention/file-work.ts'
import { paths } from '#renderer/app/paths.ts'
import { createStore } from '#renderer/app/store.ts'
import { api } from '#renderer/rpc/api.ts'
import { newId } from '#renderer/rpc/ids.ts'

type Progress = Extract<CsvEvent, { kind: 'progress' }>

/** The dry run, the commit and the undo of tables in this window; they go on when the screen is left. */
export const csvWork = createFileWork<Progress, CsvImport>({
  id: 'migration.csv',
  title: (isDryRun) => (isDryRun ? 'Looking through a table' : 'Importing a table'),
  path: paths.importTable(),
  note: ({ doneBytes, totalBytes }) => `${doneBytes.toLocaleString('en-US')} of ${totalBytes.toLocaleString('en-US')} rows.`,
})

interface Chosen { file: PickedFile; look: CsvLook; reading: CsvReading }
/** What was chosen outlives the screen, as its work does. */
export const chosenTable = createStore<Chosen | null>(null)

export interface Taking { id: string; kind: CsvKind; rowCount: number }
export const NO_FILE: PickedFile = { name: 'Table', path: '' }

/** Everything the screen of tables can do. */
export function useCsv() {
  const chosen = chosenTable.use()
  const work = csvWork.use()
  const [error, setError] = useState<unknown>()
  const look = async (file: PickedFile, kind?: CsvKind) => {
    setError(undefined)
    csvWork.clear()
    try {
      const found = await api.migration.lookCsv({ path: file.path, ...(kind ? { kind } : {}) })
      chosenTable.set({ file, look: found, reading: found.reading })
    } catch (cause) {
      setError(cause)
    }
  }
  const read = (change: Partial<CsvReading>) => {
    if (chosen) chosenTable.set({ ...chosen, reading: { ...chosen.reading, ...change } })
    if (work.phase !== 'running') csvWork.clear()
  }
  const stage = () => {
    if (chosen) void csvWork.start(chosen.file, true, (signal) => api.migration.stageCsv({ id: newId(), path: chosen.file.path, kind: chosen.look.kind, reading: chosen.reading }, { signal }))
  }
  const take = (taking: Taking) => void csvWork.start(chosen?.file ?? NO_FILE, false, (signal) => api.migration.commitCsv(taking, { signal }))
  const takeBack = (id: string) => void csvWork.start(NO_FILE, false, (signal) => api.migration.undoCsv({ id }, { signal }))
  return { chosen, work, error, look, read, stage, take, takeBack }
}
