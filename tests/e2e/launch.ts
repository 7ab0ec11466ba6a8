import { sandboxArguments } from '#tools/lib/sandbox.ts'
import { inRoot } from '#tools/lib/paths.ts'
import { _electron, expect, test as base, type ElectronApplication, type Page } from '@playwright/test'
import type { ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { SeededClinic } from './support/clinic.ts'

export type Cairn = {
  app: ElectronApplication
  /** The shell's process; ending it ends the whole app. */
  process: ChildProcess
  /** The first window. */
  page: Page
  /** The folder with the database and everything else the app writes. */
  data: string
  /** What the content security policy refused on any page, in Chromium's words: our own screens need nothing that it refuses. */
  refused: string[]
  /** What the app wrote on stdout and stderr. */
  said: () => string
  /** Ends the app as a person does, by closing it. */
  close: () => Promise<void>
}

export type LaunchOptions = {
  /** Keep using this folder, for example to start again on the same database. */
  data?: string
  /** Further arguments of the app. */
  args?: string[]
  env?: Record<string, string>
}

/** Starts the built app on a folder of its own. `npm run e2e` has built it and set CAIRN_ELECTRON. */
export async function launchCairn(options: LaunchOptions = {}): Promise<Cairn> {
  const executablePath = process.env['CAIRN_ELECTRON']
  if (executablePath === undefined) throw new Error('CAIRN_ELECTRON is not set; start the end-to-end tests with: npm run e2e')
  const data = options.data ?? temporaryFolder()
  const app = await _electron.launch({
    executablePath,
    args: [...sandboxArguments(), inRoot(), `--data=${data}`, `--user-data-dir=${path.join(data, 'chromium')}`, ...(options.args ?? [])],
    env: { ...definedEnvironment(), ...options.env },
  })
  const refused: string[] = []
  app.context().on('console', (message) => {
    if (POLICY_WORDS.test(message.text())) refused.push(message.text())
  })
  const spoken: Buffer[] = []
  for (const stream of [app.process().stdout, app.process().stderr]) stream?.on('data', (piece: Buffer) => spoken.push(piece))
  const page = await app.firstWindow()
  await page.waitForLoadState('domcontentloaded')
  return { app, process: app.process(), page, data, refused, said: () => Buffer.concat(spoken).toString(), close: () => app.close() }
}

const POLICY_WORDS = /content security policy|trusted ?(types|html|script)/i

export function temporaryFolder(): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-e2e-'))
}

export type Launch = (options?: LaunchOptions) => Promise<Cairn>

/**
 * `test` with a `launch` that closes what it started, and removes its folders, however the test ends, and with a clinic
 * that is made once and copied for each test that wants one.
 */
export const test = base.extend<{ launch: Launch }, { clinic: SeededClinic }>({
  clinic: [async ({ browserName: _ }, provide) => {
    const clinic = new SeededClinic()
    await clinic.make()
    await provide(clinic)
    clinic.remove()
  }, { scope: 'worker' }],
  launch: async ({ browserName: _ }, provide) => {
    const started: Cairn[] = []
    await provide(async (options) => {
      const cairn = await launchCairn(options)
      started.push(cairn)
      return cairn
    })
    for (const cairn of started.toReversed()) await end(cairn)
    expect(started.flatMap(({ refused }) => refused), 'refused by the content security policy').toEqual([])
    // Chromium's last processes may still be writing when the app is gone.
    for (const { data } of started) fs.rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  },
})

export { expect }

async function end({ process: child, close }: Cairn): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  await close().catch(() => child.kill('SIGKILL')) // a test may have killed or closed it already
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}
