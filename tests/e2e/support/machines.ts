import { freePort } from '#tests/support/cable.ts'
import { expect, type Locator, type Page } from '@playwright/test'
import type { Cairn, Launch } from '../launch.ts'
import { corePid, findBox } from './acts.ts'
import { Counter } from './counter.ts'

/** Starts the app as one machine of several on this computer: it listens at its own port of loopback and looks for nobody. */
export async function launchMachine(launch: Launch, { data, port }: { data?: string; port?: number } = {}): Promise<Cairn & { port: number }> {
  const own = port ?? (await freePort())
  return { ...(await launch({ ...(data === undefined ? {} : { data }), env: { CAIRN_NETWORK: `127.0.0.1:${own}` } })), port: own }
}

/** The administrator's screen of machines, by its name. */
export async function openMachines(hand: Counter, page: Page): Promise<void> {
  await hand.key('Ctrl+k')
  await hand.typeIn(findBox(page), 'machines')
  await expect(page.locator('[role="option"][aria-selected="true"]')).toContainText('clinic’s machines')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Machines', level: 1 })).toBeVisible()
}

/** The code that the host shows for the next machine. */
export async function showCode(hand: Counter, page: Page): Promise<string> {
  await hand.key('n')
  return (await page.getByLabel('Code', { exact: true }).innerText()).trim()
}

/** Fills in the form of the machine that joins, with keys only, and sends it. */
export async function askToJoin(hand: Counter, page: Page, asked: { address: string; code: string; name: string; profile: 'Front desk' | 'Clinical' | 'Standby' }): Promise<void> {
  await expect(page.getByRole('button', { name: 'Join the network' })).toBeVisible()
  await hand.key('3')
  await expect(page.getByRole('textbox', { name: 'Code' })).toBeFocused()
  await hand.key('Shift+Tab')
  await hand.typeIn(page.getByLabel('Address of the host'), asked.address, 'Tab')
  await hand.typeIn(page.getByRole('textbox', { name: 'Code' }), asked.code, 'Tab')
  await hand.typeIn(page.getByLabel('Name of this computer'), asked.name, 'Tab')
  const wanted = page.getByRole('radio', { name: asked.profile })
  while (!(await wanted.isChecked())) await hand.key('ArrowRight')
  await page.keyboard.press('Enter')
}

/** What both screens show is compared, as the person at the host does, who then lets the machine in. */
export async function letIn(hand: Counter, host: Page, machine: Page): Promise<void> {
  const [here, there] = [host.getByLabel('Six digits'), machine.getByLabel('Six digits')]
  await expect(here).toBeVisible()
  await expect(there).toBeVisible()
  expect(await there.innerText()).toBe(await here.innerText())
  await hand.key('Tab')
  await hand.key('Enter')
}

/** The one sentence that every screen has about the network. */
export const chip = (page: Page): Locator => page.getByRole('banner').locator('button[data-kind]')

/** The administrator at `host` makes it the host and lets `machine` in; it then asks for a sign-in. */
export async function makeTwo(host: Page, machine: Page, asked: { address: string; name: string; profile: 'Front desk' | 'Clinical' | 'Standby' }): Promise<void> {
  const [here, there] = [new Counter(host), new Counter(machine)]
  await openMachines(here, host)
  await host.getByRole('button', { name: 'Be the host …' }).click()
  await host.keyboard.press('Enter')
  await expect(host.getByRole('heading', { name: 'This computer is the host' })).toBeVisible()
  await askToJoin(there, machine, { ...asked, code: await showCode(here, host) })
  await letIn(here, host, machine)
  await expect(machine.getByLabel('Password', { exact: true })).toBeVisible()
  await host.keyboard.press('Escape')
}

/** The machine is gone as in a power cut: its core and its windows at once. */
export async function cutPower({ app, process: shell }: Cairn): Promise<void> {
  const core = await corePid(app)
  const ended = new Promise((resolve) => shell.once('exit', resolve))
  if (core !== undefined) process.kill(core, 'SIGKILL')
  shell.kill('SIGKILL')
  await ended
}
