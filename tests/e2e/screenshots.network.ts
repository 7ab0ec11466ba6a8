import { layCable } from '#tests/support/cable.ts'
import type { Page } from '@playwright/test'
import { launchCairn } from './launch.ts'
import { signIn, takeOver } from './support/acts.ts'
import { beginBooking } from './support/booking.ts'
import { people, type SeededClinic } from './support/clinic.ts'
import { Counter } from './support/counter.ts'
import { askToJoin, chip, launchMachine, letIn, openMachines, showCode } from './support/machines.ts'

/** The pictures of several machines as one: two apps, and a cable between them that is pulled. */
export async function takeNetwork(clinic: SeededClinic, picture: (page: Page, name: string) => Promise<void>): Promise<void> {
  const host = await launchMachine(launchCairn, { data: clinic.copy() })
  const desk = await launchMachine(launchCairn)
  const cable = await layCable(host.port)
  const [here, there] = [new Counter(host.page), new Counter(desk.page)]
  await signIn(host.page, people.administrator)
  await openMachines(here, host.page)
  await host.page.getByRole('button', { name: 'Be the host …' }).click()
  await host.page.keyboard.press('Enter')
  await host.page.getByRole('heading', { name: 'This computer is the host' }).waitFor()
  const code = await showCode(here, host.page)
  await askToJoin(there, desk.page, { address: cable.address, code, name: 'Front desk 2', profile: 'Front desk' })
  await host.page.getByLabel('Six digits').waitFor()
  await picture(host.page, 'join-host')
  await picture(desk.page, 'join-machine')
  await letIn(here, host.page, desk.page)
  await signIn(desk.page, people.secondReceptionist)
  await host.page.keyboard.press('Escape')
  await picture(host.page, 'machines')
  await takeOver(host.page, people.receptionist)
  cable.cut()
  await chip(desk.page).filter({ hasText: 'Host not reachable' }).waitFor()
  for (const [page, name] of [[host.page, 'Thistlewood'], [desk.page, 'Ruscombe']] as const) {
    await page.getByRole('grid').first().waitFor()
    await beginBooking(page, name)
    await page.keyboard.press('1')
    await page.getByText(/booked,/).waitFor()
  }
  await chip(desk.page).click()
  await picture(desk.page, 'offline')
  cable.plug()
  await chip(desk.page).filter({ hasText: 'Attention 1' }).waitFor()
  for (const key of ['Escape', 'g', 'a']) await desk.page.keyboard.press(key)
  await desk.page.getByRole('heading', { name: 'Appointment not booked' }).waitFor()
  await picture(desk.page, 'attention')
  await Promise.all([host.close(), desk.close()])
  await cable.close()
}
