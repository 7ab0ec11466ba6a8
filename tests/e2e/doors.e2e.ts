import { openDb, closeDb } from '#main/core/db/open.ts'
import { copies } from '#main/core/keys/keyring-files.ts'
import { readKeyring } from '#main/core/keys/keyring.ts'
import { unlockWithPassword } from '#main/core/keys/unlock.ts'
import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from './launch.ts'
import { giveNameAndPassword, signIn, shot } from './support/acts.ts'
import { PASSWORD, people } from './support/clinic.ts'

const places = { name: 'Places' }

test('a wrong password says so, opens nothing and waits for the next try', async ({ launch, clinic }) => {
  const { page } = await launch({ data: clinic.copy() })
  await giveNameAndPassword(page, people.receptionist, 'the wrong one altogether')
  await expect(page.getByText('Name and password do not go together.')).toBeVisible()
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('')
  await expect(page.getByLabel('Password', { exact: true })).toBeFocused()
  await expect(page.getByRole('navigation', places)).toHaveCount(0)
  await shot(page, 'door-wrong-password')

  await page.keyboard.type(PASSWORD)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('navigation', places)).toBeVisible()
})

const troubles: [what: string, break_: (file: string, data: string) => Promise<void> | void, title: string, wayOut: string][] = [
  ['a database with one flipped byte', flipByte, 'The records on this computer cannot be read safely', 'Restore the last backup'],
  ['a plain, unencrypted database', plain, 'The records on this computer cannot be read safely', 'Restore the last backup'],
  ['a database of a newer Cairn', makeNewer, 'These records were written by a newer Cairn', 'Update Cairn on this computer'],
]

for (const [what, damage, title, wayOut] of troubles) {
  test(`${what} is refused with a way out and left as it is`, async ({ launch, clinic }) => {
    const data = clinic.copy()
    const file = path.join(data, 'cairn.db')
    await damage(file, data)
    const before = fs.readFileSync(file)
    const { page } = await launch({ data })
    await giveNameAndPassword(page, people.receptionist, PASSWORD)
    const trouble = page.getByRole('alert')
    await expect(trouble).toContainText(title)
    await expect(trouble).toContainText(wayOut)
    await expect(page.getByRole('navigation', places)).toHaveCount(0)
    await shot(page, `door-${what.replaceAll(/\W+/g, '-')}`)

    await expect(trouble.getByRole('button', { name: 'Try again' })).toBeFocused()
    await page.keyboard.press('Enter')
    await giveNameAndPassword(page, people.receptionist, PASSWORD)
    await expect(trouble).toContainText(title)
    expect(fs.readFileSync(file).equals(before), 'the file is as it was').toBe(true)
  })
}

test('a torn key file is made good by its copy; without both nothing opens', async ({ launch, clinic }) => {
  const data = clinic.copy()
  fs.truncateSync(path.join(data, 'keyring.json'), 100)
  const { page, close } = await launch({ data })
  await signIn(page, people.receptionist)
  await close()

  const both = clinic.copy()
  for (const name of copies) fs.truncateSync(path.join(both, name), 100)
  const second = await launch({ data: both })
  await giveNameAndPassword(second.page, people.receptionist, PASSWORD)
  await expect(second.page.getByRole('alert')).toContainText('The key file beside the records cannot be read')
})

function flipByte(file: string): void {
  const at = Math.floor(fs.statSync(file).size / 2)
  const handle = fs.openSync(file, 'r+')
  const byte = Buffer.alloc(1)
  fs.readSync(handle, byte, 0, 1, at)
  fs.writeSync(handle, Buffer.from([(byte[0] ?? 0) ^ 0xff]), 0, 1, at)
  fs.closeSync(handle)
}

function plain(file: string): void {
  fs.writeFileSync(file, Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(8_176)]))
}

async function makeNewer(file: string, data: string): Promise<void> {
  const opened = await unlockWithPassword(readKeyring(data), people.receptionist, PASSWORD)
  if (!opened) throw new Error('the seeded password opens the key')
  const db = openDb({ path: file, key: opened.dataKey })
  db.$client.pragma('user_version=9999')
  db.$client.pragma('wal_checkpoint(TRUNCATE)')
  closeDb(db)
}
