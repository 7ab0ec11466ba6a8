import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CodesReport, ImportCodesEvent } from '#shared/domains/codes/contract.ts'
import { refuse } from '#shared/rpc/errors.ts'
import { codesContribution } from '#renderer/domains/codes/contribution.tsx'
import { ageWords, editionWords, skippedWords } from '#renderer/domains/codes/view.ts'
import { codeImport } from '#renderer/domains/codes/work.ts'
import { queryClient, setTransport } from '#renderer/rpc/api.ts'
import { testBridge } from '#tests/support/bridge.ts'
import { expectAccessible, renderShell, testActor } from '#tests/support/screen.tsx'

// The goal: an administrator sees of which year the codes are, and replaces a set only after having seen by what.
const admin = { ...testActor, roles: ['administrator' as const] }
const sets = [
  { system: 'icd10cm', title: 'ICD-10-CM', edition: 'FY2022', source: 'CMS order file', importedAt: '2026-11-01T10:00:00.000Z', codeCount: 72_748, outdatedBy: 'FY2027' },
  { system: 'cvx', title: 'CVX vaccines', edition: '', source: 'CVX vaccines', importedAt: '2026-11-01T10:00:00.000Z', codeCount: 288, outdatedBy: null },
]
const report: CodesReport = {
  system: 'icd10cm', title: 'ICD-10-CM', edition: 'FY2027', source: 'CMS order file', isDryRun: true, taken: 74_719, billable: 74_044, skipped: 2,
  reasons: { BAD_LINE: 2 }, examples: [{ line: 7, reason: 'BAD_LINE' }, { line: 1_012, reason: 'BAD_LINE' }], replaces: 'FY2022',
}

let calls: { path: string; input: unknown }[]
let importFile: (input: { dryRun: boolean }) => AsyncIterable<ImportCodesEvent>

beforeEach(() => {
  calls = []
  importFile = async function* ({ dryRun }) {
    yield { kind: 'progress', doneBytes: 50, totalBytes: 100, taken: 40_000, skipped: 1 }
    yield { kind: 'done', report: { ...report, isDryRun: dryRun } }
  }
  setTransport(async (path, input) => {
    const name = path.join('.')
    calls.push({ path: name, input })
    if (name === 'codes.listSets') return sets
    if (name === 'codes.search') return (input as { text: string }).text.startsWith('hyp') ? [{ system: 'icd10cm', code: 'I10', label: 'Essential hypertension', billable: true }] : [] // What this screen sends.
    if (name === 'codes.importFile') return importFile(input as { dryRun: boolean }) // As above.
    throw refuse('UNKNOWN_PROCEDURE')
  })
  window.cairn = testBridge()
})
afterEach(() => {
  queryClient.clear()
  codeImport.clear()
  delete window.cairn
})

async function openCodes() {
  const user = userEvent.setup()
  const view = renderShell([codesContribution], { path: '/codes', actor: admin })
  await screen.findByRole('table', { name: 'Code sets' })
  return { user, view }
}

describe('the code sets', () => {
  test('show their edition and say when another one is in force', async () => {
    const { view } = await openCodes()
    const table = screen.getByRole('table', { name: 'Code sets' })
    expect(within(table).getByText('FY2027 is in force')).toBeDefined()
    expect(within(table).getByText('72,748')).toBeDefined()
    expect(within(table).getByText('Not known')).toBeDefined()
    await expectAccessible(view.container)
  })

  test('answer the same search as a note does', async () => {
    const { user } = await openCodes()
    await user.type(screen.getByLabelText('Words or the beginning of a code'), 'hyp')
    expect(await screen.findByText('Essential hypertension')).toBeDefined()
    expect(calls.filter(({ path }) => path === 'codes.search').at(-1)?.input).toEqual({ system: 'icd10cm', text: 'hyp', billableOnly: true })
    await user.clear(screen.getByLabelText('Words or the beginning of a code'))
    await user.type(screen.getByLabelText('Words or the beginning of a code'), 'zz')
    expect(await screen.findByText('No code has these words')).toBeDefined()
  })
})

describe('an import', () => {
  test('looks the file through first and replaces the set when told to', async () => {
    const { user, view } = await openCodes()
    await user.click(screen.getByRole('button', { name: /Import code file/ }))
    await user.upload(screen.getByLabelText('Choose code file'), new File(['x'], 'icd10cm_order_2027.txt'))
    const replace = await screen.findByRole('button', { name: 'Replace by 74,719 codes' })
    expect(screen.getByText('2 not laid out as a code')).toBeDefined()
    expect(screen.getByText('Line 1,012: not laid out as a code')).toBeDefined()
    expect(screen.getByText('Would replace')).toBeDefined()
    await expectAccessible(view.container)
    await user.click(replace)
    expect(await screen.findByText('Imported.')).toBeDefined()
    expect(calls.filter(({ path }) => path === 'codes.importFile').map(({ input }) => input)).toEqual([
      { path: '/picked/icd10cm_order_2027.txt', dryRun: true }, { path: '/picked/icd10cm_order_2027.txt', dryRun: false },
    ])
  })

  test('asks for the edition when the name of the file does not say it', async () => {
    importFile = async function* ({ dryRun }) {
      yield { kind: 'done', report: { ...report, edition: '', isDryRun: dryRun } }
    }
    const { user } = await openCodes()
    await user.keyboard('i')
    await user.upload(screen.getByLabelText('Choose code file'), new File(['x'], 'codes.txt'))
    await user.type(await screen.findByLabelText('Edition'), 'FY2027')
    await user.click(screen.getByRole('button', { name: 'Replace by 74,719 codes' }))
    await waitFor(() => expect(calls.at(-1)?.input).toMatchObject({ edition: 'FY2027', dryRun: false }))
  })

  test('that is refused says what to do, and one that runs can be stopped', async () => {
    const { user } = await openCodes()
    importFile = () => {
      throw refuse('FILE_IS_ZIP')
    }
    await user.keyboard('i')
    await user.upload(screen.getByLabelText('Choose code file'), new File(['x'], 'codes.csv'))
    expect(await screen.findByText(/Unpack it first/)).toBeDefined()
    importFile = async function* () {
      yield { kind: 'progress', doneBytes: 1, totalBytes: 100, taken: 5, skipped: 0 }
      await new Promise<void>((resume) => window.addEventListener('test:stopped', () => resume(), { once: true }))
    }
    await user.upload(screen.getByLabelText('Choose code file'), new File(['x'], 'b.txt'))
    await user.click(await screen.findByRole('button', { name: 'Stop' }))
    window.dispatchEvent(new Event('test:stopped'))
    expect(await screen.findByText('Stopped. The set in use is as it was.')).toBeDefined()
  })
})

describe('words of an edition', () => {
  test.each([['starter', 'Starter set'], ['FY2027', 'FY2027'], ['2025-10', 'October 2025'], ['2014', '2014'], ['', 'Not known']])('%j is %s', (edition, words) => {
    expect(editionWords(edition)).toBe(words)
  })

  test('say what is in force only where another one is', () => {
    expect([ageWords({ edition: 'FY2022', outdatedBy: 'FY2027' }), ageWords({ edition: 'starter', outdatedBy: 'FY2027' }), ageWords({ edition: 'FY2027', outdatedBy: null })]).toEqual(['FY2027 is in force', 'Only a start, FY2027 is in force', undefined])
    expect([skippedWords({ skipped: 0, reasons: {} }), skippedWords({ skipped: 3, reasons: { REPEATED: 1, NO_CODE: 2 } })]).toEqual(['None', '1 twice in the file, 2 without a code'])
  })
})
