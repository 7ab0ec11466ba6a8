import { freePort } from '#tests/support/cable.ts'
import { expect, type Page } from '@playwright/test'
import type { Cairn, Launch } from '../launch.ts'

/** Starts the app as one machine of several on this computer: it listens at its own port of loopback and looks for nobody. */
export async function launchMachine(launch: Launch, options: { data?: string } = {}): Promise<{ machine: Cairn; port: number }> {
  const port = await freePort()
  return { machine: await launch({ ...options, env: { CAIRN_NETWORK: `127.0.0.1:${port}` } }), port }
}

/** The administrator's screen of machines, by its command. */
export async function openMachines(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Machines' }).click()
  await expect(page.getByRole('heading', { name: 'Machines', level: 1 })).toBeVisible()
}
