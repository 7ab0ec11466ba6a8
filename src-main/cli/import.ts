import path from 'node:path'
import type { CodesReport } from '#shared/domains/codes/contract.ts'
import type { FhirReport } from '#shared/domains/migration/contract.ts'
import { inReadingOrder, totalsOf } from '#shared/domains/migration/rules.ts'
import { inProcessClient } from '#main/core/rpc/in-process.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import type { CliCommand, CliContext } from './command.ts'
import { importCsv } from './import-csv.ts'
import { progressMeter } from './progress-meter.ts'
import { unlockAs } from './unlock.ts'

/**
 * Imports a file as a person of the clinic. The report is one JSON object on standard output, the same in words and the
 * progress on standard error. Ctrl C stops between two steps: what was taken by then is whole.
 */
export const importCommand: CliCommand = {
  usage: 'import fhir|codes FILE [--dry-run] [--source NAME] [--edition FY2027] --as USER --unlock FILE\n       cairn import csv FILE [--kind patients|appointments|ledger] [--source NAME] [--commit] --as USER --unlock FILE',
  options: { 'dry-run': { type: 'boolean' }, commit: { type: 'boolean' }, kind: { type: 'string' }, source: { type: 'string' }, edition: { type: 'string' } },
  run: async (context) => {
    const [kind, file] = context.positionals
    if ((kind !== 'fhir' && kind !== 'codes' && kind !== 'csv') || file === undefined) {
      context.note(`usage: cairn ${importCommand.usage}`)
      return 2
    }
    const client = inProcessClient(context.core, await unlockAs(context))
    const stop = new AbortController()
    const onInterrupt = (): void => stop.abort()
    process.once('SIGINT', onInterrupt)
    try {
      const report = await (kind === 'fhir' ? importFhir : kind === 'csv' ? importCsv : importCodes)(context, client, path.resolve(file), stop.signal)
      if (!report) {
        context.note('stopped; what was taken is whole, and running it again takes the rest')
        return 130
      }
      context.print(JSON.stringify(report))
      return 0
    } finally {
      process.off('SIGINT', onInterrupt)
    }
  },
}

async function importFhir(context: CliContext, client: CairnClient, file: string, signal: AbortSignal): Promise<FhirReport | undefined> {
  const { source } = context.values
  const meter = progressMeter(context)
  const input = { id: context.core.platform.newId(), path: file, dryRun: isDryRun(context), ...(typeof source === 'string' ? { source } : {}) }
  for await (const event of await client.migration.importFhir(input, { signal })) {
    if (event.kind === 'progress') meter(event.doneBytes / event.totalBytes, `${event.lines} lines, ${event.taken} taken`)
    else {
      for (const line of fhirInWords(event.report)) context.note(line)
      return event.report
    }
  }
  return undefined
}

async function importCodes(context: CliContext, client: CairnClient, file: string, signal: AbortSignal): Promise<CodesReport | undefined> {
  const { edition } = context.values
  const meter = progressMeter(context)
  const input = { path: file, dryRun: isDryRun(context), ...(typeof edition === 'string' ? { edition } : {}) }
  for await (const event of await client.codes.importFile(input, { signal })) {
    if (event.kind === 'progress') meter(event.doneBytes / event.totalBytes, `${event.taken} codes`)
    else {
      const { title, edition: found, taken, billable, skipped, isDryRun: dry, replaces } = event.report
      context.note(`${title} ${found || '(edition not said)'}: ${taken} codes, ${billable} billable, ${skipped} skipped${replaces === null ? '' : `, in place of ${replaces || 'an edition not said'}`}${dry ? ' (dry run, nothing written)' : ''}`)
      return event.report
    }
  }
  return undefined
}

const isDryRun = ({ values }: CliContext): boolean => values['dry-run'] === true

function fhirInWords({ counts, lines, isDryRun: dry, importedBefore, skips }: FhirReport): string[] {
  const totals = totalsOf(counts)
  const head = `${lines} lines: ${totals.taken} taken, ${totals.unchanged} here already, ${totals.skipped} skipped${dry ? ' (dry run, nothing written)' : ''}`
  const types = inReadingOrder(counts).map(([type, { taken, unchanged, skipped, reasons }]) => {
    const why = Object.entries(reasons).map(([reason, count]) => `${reason} ${count}`).join(', ')
    return `  ${(type || '(not readable)').padEnd(22)} ${String(taken).padStart(7)} ${String(unchanged).padStart(7)} ${String(skipped).padStart(7)}${why ? `  ${why}` : ''}`
  })
  const named = skips.map(({ line, resourceType, resourceId, reason, path: at }) => `  line ${line}: ${[resourceType, resourceId, reason, at].filter(Boolean).join(' ')}`)
  return [
    head,
    ...(importedBefore === null ? [] : [`  this very file was imported on ${importedBefore.slice(0, 10)}`]),
    `  ${''.padEnd(22)} ${'taken'.padStart(7)} ${'here'.padStart(7)} ${'skipped'.padStart(7)}`,
    ...types,
    ...named,
  ]
}
