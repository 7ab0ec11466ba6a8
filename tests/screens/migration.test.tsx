import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FhirReport, ImportFhirEvent, ImportRun } from '#shared/domains/migration/contract.ts'
import { refuse } from '#shared/rpc/errors.ts'
import { migrationContribution } from '#renderer/domains/migration/contribution.tsx'
import { chartImport } from '#renderer/domains/migration/work.ts'
import { queryClient, setTransport } from '#renderer/rpc/api.ts'
import { testBridge } from '#tests/support/bridge.ts'
import { expectAccessible, renderShell, testActor } from '#tests/support/screen.tsx'

// The goal: charts come in only after somebody has seen what is in the file, and what was left out is named.
const admin = { ...testActor, roles: ['administrator' as const] }
const ID = '01890a5d-0000-7000-8000-0000000000a1'
const counts = {
  Patient: { taken: 2, unchanged: 1, skipped: 1, reasons: { NO_BIRTH_DATE: 1 } },
  Observation: { taken: 26_524, unchanged: 0, skipped: 3, reasons: { NO_VALUE: 2, NO_DATE: 1 } },
  Claim: { taken: 0, unchanged: 0, skipped: 5_364, reasons: { NOT_MAPPED_YET: 5_364 } },
}
const skips = [{ line: 7, resourceType: 'Patient', resourceId: 'p-7', reason: 'NO_BIRTH_DATE', path: 'birthDate' }]
const report: FhirReport = { runId: ID, isDryRun: true, lines: 4, counts, skips, importedBefore: null }
const run: ImportRun = { id: ID, kind: 'fhir', status: 'failed', startedAt: '2026-11-01T18:00:00.000Z', finishedAt: null, startedBy: 'Olive Brandt', linesDone: 4, counts }

let sent: unknown[]
let importFhir: (input: { dryRun: boolean }) => AsyncIterable<ImportFhirEvent>

beforeEach(() => {
  sent = []
  importFhir = async function* ({ dryRun }) {
    yield { kind: 'progress', doneBytes: 50, totalBytes: 100, lines: 2, taken: 10, unchanged: 0, skipped: 0 }
    yield { kind: 'done', report: { ...report, isDryRun: dryRun } }
  }
  setTransport(async (path, input) => {
    const name = path.join('.')
    if (name === 'migration.listRuns') return [run]
    if (name === 'migration.listSkips') return skips
    if (name === 'approvals.listMine') return []
    if (name !== 'migration.importFhir') throw refuse('UNKNOWN_PROCEDURE')
    sent.push(input)
    return importFhir(input as { dryRun: boolean }) // What this screen sends.
  })
  window.cairn = testBridge()
})
afterEach(() => {
  queryClient.clear()
  chartImport.clear()
  delete window.cairn
})

async function openImport() {
  const user = userEvent.setup()
  const view = renderShell([migrationContribution], { path: '/import', actor: admin })
  await screen.findByRole('table', { name: 'Earlier imports' })
  return { user, view }
}
const pick = (name = 'export.ndjson') => new File(['x'], name)

describe('an import of charts', () => {
  test('shows what is in the file, then takes it when told to', async () => {
    const { user, view } = await openImport()
    await user.type(screen.getByLabelText(/Former system/), 'Old clinic')
    await user.upload(screen.getByLabelText('Choose FHIR file'), pick())
    const table = await screen.findByRole('table', { name: 'What would be taken' })
    expect(within(table).getByText('26,524')).toBeDefined()
    expect(within(table).getByText('2 without a value, 1 without a date')).toBeDefined()
    expect(within(table).getByText('no place for it yet')).toBeDefined()
    expect(screen.getByText('without a full birth date (birthDate)')).toBeDefined()
    await expectAccessible(view.container)
    await user.keyboard('{Control>}{Enter}{/Control}')
    expect(await screen.findByRole('table', { name: 'What was taken' })).toBeDefined()
    expect(sent).toMatchObject([{ path: '/picked/export.ndjson', source: 'Old clinic', dryRun: true }, { path: '/picked/export.ndjson', source: 'Old clinic', dryRun: false }])
  })

  test('offers nothing to do when everything is here already', async () => {
    importFhir = async function* () {
      yield { kind: 'done', report: { ...report, counts: { Patient: { taken: 0, unchanged: 3, skipped: 0, reasons: {} } }, skips: [], importedBefore: '2026-11-01T18:00:00.000Z' } }
    }
    const { user } = await openImport()
    await user.upload(screen.getByLabelText('Choose FHIR file'), pick())
    expect(await screen.findByText(/This very file was imported on/)).toBeDefined()
    expect(screen.getByRole('button', { name: /^Import/, description: /Everything in it/ }).getAttribute('aria-disabled')).toBe('true')
    expect(screen.getByText(/Everything in it is here already/)).toBeDefined()
  })

  test('that fails says what to do, and one that runs can be stopped and says what stays', async () => {
    importFhir = () => {
      throw refuse('FILE_DAMAGED')
    }
    const { user } = await openImport()
    await user.upload(screen.getByLabelText('Choose FHIR file'), pick())
    expect(await screen.findByText(/breaks off or is damaged/)).toBeDefined()
    importFhir = async function* () {
      yield { kind: 'progress', doneBytes: 1, totalBytes: 100, lines: 1, taken: 5, unchanged: 0, skipped: 0 }
      await new Promise<void>((resume) => window.addEventListener('test:stopped', () => resume(), { once: true }))
    }
    await user.upload(screen.getByLabelText('Choose FHIR file'), pick())
    await user.click(await screen.findByRole('button', { name: 'Stop' }))
    window.dispatchEvent(new Event('test:stopped'))
    expect(await screen.findByText('Stopped. Nothing was written.')).toBeDefined()
  })

  test('is on record with what it left out', async () => {
    const { user, view } = await openImport()
    const runs = screen.getByRole('table', { name: 'Earlier imports' })
    expect(within(runs).getByText('Broke off')).toBeDefined()
    await user.click(within(runs).getByText('Olive Brandt'))
    expect(await screen.findByRole('table', { name: 'Left out' })).toBeDefined()
    await expectAccessible(view.container)
    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('table', { name: 'Left out' })).toBeNull())
  })

  test('says where files are chosen when there is no window around the page', async () => {
    delete window.cairn
    await openImport()
    expect(screen.getByText('Files are chosen in Cairn’s own window.')).toBeDefined()
  })
})
