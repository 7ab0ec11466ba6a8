import { parse } from 'csv-parse/sync'
import fs from 'node:fs'
import path from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ImportCodesEvent } from '#shared/domains/codes/contract.ts'
import { codeSystemNames, CodeSystem, type ImportedCode } from '#shared/domains/codes/model.ts'
import { codeOfRecord, recogniseTable } from '#shared/domains/codes/rules.tables.ts'
import { assert } from '#shared/kernel/assert.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'
import type { StreamContext } from '#main/core/rpc/context.ts'
import * as repository from './repository.ts'
import type { CodeSource } from './service.import.ts'

/** Codes in one transaction: about 10 ms of the core's time, so that nobody who books a visit meanwhile notices. */
const BATCH = 300
const MERGE_ROUNDS_MAX = 500

const inUse = (db: ReadDb, system: CodeSystem): string | null => repository.setOf(db, system)?.edition ?? null

/**
 * Writes the codes as a new generation beside the one in use, in small transactions that nobody sees; the last one
 * makes it the set in use. Leftovers of a killed import belong to no set and go with the next one.
 */
async function* replace(context: StreamContext, source: CodeSource, edition: string, codes: AsyncIterable<ImportedCode>, progress: () => ImportCodesEvent): AsyncGenerator<ImportCodesEvent, string | null> {
  const { system } = source
  const before = context.read(({ db }) => repository.setOf(db, system))
  const generation = (before?.generation ?? 0) + 1
  stage(context, repository.holdMerges)
  await clearStale(context, system, before?.generation ?? 0)
  const bandOf = bands(context, system)
  const indexes = new Map<number, number>()
  let written = 0
  for await (const batch of batches(codes)) {
    context.signal.throwIfAborted()
    stage(context, (db) => {
      for (const code of batch) {
        const band = bandOf(code)
        const index = indexes.get(band) ?? 0
        indexes.set(band, index + 1)
        repository.insertCode(db, code, generation, band, index)
      }
    })
    written += batch.length
    yield progress()
    await nextTurn()
    stage(context, repository.mergeSome)
  }
  context.signal.throwIfAborted()
  context.transact('codes.imported', ({ db, now, audit }) => {
    audit({ entityId: system })
    repository.saveSet(db, { system, title: codeSystemNames[system], edition, source: source.title, importedAt: now, codeCount: written, generation })
  }, context.actor ? { actor: context.actor } : {}) // Whoever started it, also when somebody else has taken over the window meanwhile.
  await clearStale(context, system, generation)
  await mergeIndex(context)
  return before?.edition ?? null
}

export const writeEdition = { replace, inUse }

/** What no search can see yet, or any more, is no event for the activity log: the step that changes the set in use is. */
function stage<T>(context: StreamContext, work: (db: WriteDb) => T): T {
  const db = context.core.vault.writer
  return db.$client.transaction(() => work(db)).immediate()
}

/** Tidies the search index a little at a time; left to itself it stops the core for half a second every now and then. */
async function mergeIndex(context: StreamContext): Promise<void> {
  for (let round = 0; round < MERGE_ROUNDS_MAX && stage(context, repository.mergeSome); round += 1) {
    await nextTurn()
  }
  stage(context, repository.releaseMerges)
}

async function clearStale(context: StreamContext, system: CodeSystem, generation: number): Promise<void> {
  for (let removed = BATCH; removed > 0;) {
    removed = stage(context, (db) => repository.removeStale(db, system, generation, BATCH))
    await nextTurn()
    if (removed > 0) stage(context, repository.mergeSome)
  }
}

async function* batches(codes: AsyncIterable<ImportedCode>): AsyncGenerator<ImportedCode[]> {
  let batch: ImportedCode[] = []
  for await (const code of codes) {
    batch.push(code)
    if (batch.length === BATCH) {
      yield batch
      batch = []
    }
  }
  if (batch.length > 0) yield batch
}

/** Common = in the project's own list of outpatient diagnoses, or chosen here before. */
function bands(context: StreamContext, system: CodeSystem): (code: ImportedCode) => number {
  const common = context.read(({ db }) => repository.usedCodes(db, system))
  if (system === CodeSystem.icd10cm) for (const { code } of starterCodes(context.core.options.resourcesFolder)) common.add(code)
  const { Band } = repository
  return (code) => (!code.active ? Band.retired : !code.billable ? Band.heading : common.has(code.code) ? Band.common : Band.billable)
}

function starterCodes(resourcesFolder: string): ImportedCode[] {
  const records: Record<string, string>[] = parse(fs.readFileSync(path.join(resourcesFolder, 'codes', 'icd10cm-starter.csv')), { columns: true })
  const table = recogniseTable(Object.keys(records[0] ?? {}))
  assert(table, 'the starter set is a table of codes')
  return records.map((record) => {
    const parsed = codeOfRecord(table, record)
    assert(parsed.ok, 'every line of the starter set is a code')
    return parsed.code
  })
}

/** The few hundred commonest outpatient diagnoses, for a clinic's first day. Runs in the set-up's own transaction. */
export function loadStarterSet(db: WriteDb, resourcesFolder: string, now: Instant): void {
  const codes = starterCodes(resourcesFolder)
  codes.forEach((code, index) => repository.insertCode(db, code, 1, repository.Band.common, index))
  repository.saveSet(db, {
    system: CodeSystem.icd10cm, title: codeSystemNames[CodeSystem.icd10cm], edition: 'starter', source: 'Cairn', importedAt: now, codeCount: codes.length, generation: 1,
  })
}
