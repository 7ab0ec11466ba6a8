import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readIdentity, rememberAddress, rememberEpoch, writeIdentity } from '#main/core/network/identity.ts'
import { emptyFolder, makeClinic } from '#tests/support/wire.ts'

// The goal: a machine knows who it is after any restart, and a copied folder does not.

const fileIn = (folder: string): string => path.join(folder, 'network.json')

test('with a machine’s secret the private key is sealed, and opens with that secret alone', async () => {
  const [folder, secret, identity] = [emptyFolder(), randomBytes(32), await (await makeClinic()).machine()]
  writeIdentity(folder, { ...identity, addresses: ['10.0.0.1'] }, secret)
  expect(readIdentity(folder, secret)).toEqual({ is: 'open', identity: { ...identity, addresses: ['10.0.0.1:21470'] } })
  const text = fs.readFileSync(fileIn(folder), 'utf8')
  expect(text).not.toContain('PRIVATE')
  const { deviceId, clinicId } = identity
  for (const wrong of [randomBytes(32), undefined]) expect(readIdentity(folder, wrong)).toEqual({ is: 'closed', deviceId, clinicId })
})

test('a sealed key opens under its own name only', async () => {
  const [folder, secret, clinic] = [emptyFolder(), randomBytes(32), await makeClinic()]
  const identity = await clinic.machine()
  writeIdentity(folder, identity, secret)
  const other = { ...JSON.parse(fs.readFileSync(fileIn(folder), 'utf8')) as object, deviceId: (await clinic.machine()).deviceId }
  fs.writeFileSync(fileIn(folder), JSON.stringify(other))
  expect(readIdentity(folder, secret)).toMatchObject({ is: 'closed' })
})

test('without one the file is for this account alone', async () => {
  const [folder, identity] = [emptyFolder(), await (await makeClinic()).machine()]
  writeIdentity(folder, identity, undefined)
  expect(fs.statSync(fileIn(folder)).mode & 0o777).toBe(0o600)
  expect(readIdentity(folder, undefined)).toEqual({ is: 'open', identity })
})

test('no file, and one that says nothing any more, are told apart', async () => {
  const folder = emptyFolder()
  expect(readIdentity(folder, undefined)).toEqual({ is: 'none' })
  fs.writeFileSync(fileIn(folder), '{"version":1}')
  expect(readIdentity(folder, undefined)).toEqual({ is: 'damaged' })
  fs.writeFileSync(fileIn(folder), '{"versi')
  expect(readIdentity(folder, undefined)).toEqual({ is: 'damaged' })
})

test('addresses and the epoch are remembered without the secret; the epoch never goes down', async () => {
  const [folder, secret, identity] = [emptyFolder(), randomBytes(32), await (await makeClinic()).machine()]
  writeIdentity(folder, identity, secret)
  rememberAddress(folder, '10.0.0.1:21470')
  rememberAddress(folder, '10.0.0.2')
  rememberAddress(folder, '10.0.0.1')
  rememberEpoch(folder, 7)
  rememberEpoch(folder, 3)
  expect(readIdentity(folder, secret)).toEqual({ is: 'open', identity: { ...identity, addresses: ['10.0.0.1:21470', '10.0.0.2:21470'], epochSeen: 7 } })
})

test('a machine in no network remembers nothing', () => {
  const folder = emptyFolder()
  rememberEpoch(folder, 7)
  expect(fs.readdirSync(folder)).toEqual([])
})
