import fs from 'node:fs'
import path from 'node:path'
import { expect, temporaryFolder, test } from './launch.ts'
import { shot, signIn } from './support/acts.ts'
import { people } from './support/clinic.ts'
import { mountSmallDisk } from './support/small-disk.ts'

const ROOM_MB = 24
const copy = (from: string, to: string): void => {
  for (const name of ['cairn.db', 'keyring.json', 'keyring.copy.json', 'keyring.spare.json']) fs.copyFileSync(path.join(from, name), path.join(to, name))
}

test('a full disk refuses the booking in words, loses nothing, and the same booking goes through once there is room', async ({ launch, clinic }) => {
  const seeded = clinic.copy()
  const disk = mountSmallDisk(Math.ceil(fs.statSync(path.join(seeded, 'cairn.db')).size / 1e6) + ROOM_MB)
  if (!disk) return
  try {
    copy(seeded, disk.folder)
    const profile = temporaryFolder()
    const { page, close } = await launch({ data: disk.folder, args: [`--user-data-dir=${profile}`] })
    await signIn(page, people.receptionist)
    await expect(page.getByRole('grid').first()).toBeVisible()
    await page.keyboard.press('b')
    await page.getByRole('combobox', { name: 'Patient' }).fill('zenobia thistlewood')
    await expect(page.getByRole('option').first()).toContainText('Thistlewood, Zenobia')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('region', { name: 'Next fitting slots' }).getByRole('button').first()).toContainText('Today')
    disk.fill()
    await page.keyboard.press('1')
    await expect(page.getByText('The disk of this computer is full.')).toBeVisible()
    await expect(page.getByRole('row', { name: 'Thistlewood, Zenobia' })).toHaveCount(0)
    await shot(page, 'full-disk')
    disk.makeRoom()
    await page.keyboard.press('1')
    await expect(page.getByRole('row', { name: 'Thistlewood, Zenobia' })).toBeVisible()
    await close()
    fs.rmSync(profile, { recursive: true, force: true })
  } finally {
    disk.remove()
    fs.rmSync(seeded, { recursive: true, force: true })
  }
})
