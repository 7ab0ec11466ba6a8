import type { CsvEvent, CsvImport } from '#shared/domains/migration/csv/contract.ts'
import { csvKinds } from '#shared/domains/migration/csv/model.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import type { CliContext } from './command.ts'
import { progressMeter } from './progress-meter.ts'

/** A table of a former system, as its columns are proposed or were chosen last. Only tried out, unless it is told to commit. */
export async function importCsv(context: CliContext, client: CairnClient, file: string, signal: AbortSignal): Promise<CsvImport | undefined> {
  const { source, kind: wanted } = context.values
  const kind = csvKinds.find((one) => one === wanted)
  const look = await client.migration.lookCsv({ path: file, ...(kind ? { kind } : {}) })
  const reading = { ...look.reading, ...(typeof source === 'string' ? { source } : {}) }
  const tried = await lastOf(context, client.migration.stageCsv({ id: context.core.platform.newId(), path: file, kind: look.kind, reading }, { signal }))
  if (!tried || context.values['commit'] !== true) return said(context, tried)
  return said(context, await lastOf(context, client.migration.commitCsv({ id: tried.id, kind: tried.kind, rowCount: tried.rowCount }, { signal })))
}

async function lastOf(context: CliContext, events: Promise<AsyncIterable<CsvEvent>>): Promise<CsvImport | undefined> {
  const meter = progressMeter(context)
  for await (const event of await events) {
    if (event.kind === 'done') return event.report
    meter(event.doneBytes / Math.max(1, event.totalBytes), `${event.doneBytes} rows`)
  }
  return undefined
}

function said(context: CliContext, run: CsvImport | undefined): CsvImport | undefined {
  if (!run) return undefined
  const { rows, fresh, joined, here, stopped, problems, pairs, taken, file } = run.report
  context.note(`${rows} rows of ${run.kind}: ${fresh} to take, ${joined} joined, ${here} here already, ${stopped} left out, ${pairs} pairs to review${taken ? '' : ' (dry run, nothing written)'}`)
  for (const { code, stops, count } of problems) context.note(`  ${code.padEnd(20)} ${String(count).padStart(6)}${stops ? '  row left out' : ''}`)
  if (file) context.note(`  sum of the lines ${file.money.balance} cents, total of the file ${file.total ?? 'none'}`)
  if (taken) context.note(`taken: ${taken.patients} patients, ${taken.appointments} appointments, ${taken.visits} visits, ${taken.entries} lines; ${taken.left} left out, ${taken.withoutPatient} without a patient`)
  return run
}
