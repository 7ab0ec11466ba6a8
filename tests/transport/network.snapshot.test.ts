import { createHash, randomBytes, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import https from 'node:https'
import path from 'node:path'
import { expect, test } from 'vitest'
import { tlsOptionsOf } from '#main/core/network/dial.ts'
import type { SnapshotFile } from '#main/core/network/snapshot-file.ts'
import { refusalOf } from '#tests/support/world.ts'
import { emptyFolder, makeClinic, startHost, startMachine, type Host, type Machine } from '#tests/support/wire.ts'
import type { NetworkIdentity } from '#main/core/network/identity.ts'

// The goal: a new machine gets the whole copy or a clear word why not; after a cut it goes on where it stopped, and never
// puts two halves of different copies together.

const id = randomUUID()
const BYTES = 8_000_000

interface Scene {
  host: Host
  machine: Machine
  identity: NetworkIdentity
  files: Map<string, SnapshotFile>
  bytes: Buffer
  sha256: string
  toFile: string
  asked: string[]
}

async function scene(): Promise<Scene> {
  const [clinic, folder, files, asked] = [await makeClinic(), emptyFolder(), new Map<string, SnapshotFile>(), [] as string[]]
  const bytes = randomBytes(BYTES)
  const sha256 = sha(bytes)
  fs.writeFileSync(path.join(folder, 'export'), bytes)
  files.set(id, { path: path.join(folder, 'export'), sha256 })
  const host = await startHost(clinic, { snapshotFile: (deviceId, wanted) => (asked.push(deviceId), files.get(wanted)) })
  const identity = await clinic.machine()
  host.allow(identity)
  const machine = startMachine(identity, [host.address])
  await machine.opened.next()
  return { host, machine, identity, files, bytes, sha256, toFile: path.join(folder, 'copy'), asked }
}

test('the whole file arrives with progress, readable by this account alone', async () => {
  const { machine, identity, sha256, bytes, toFile, asked } = await scene()
  const progress: number[] = []
  await machine.client.download({ id, sha256, bytes: BYTES, toFile, onProgress: (done) => progress.push(done) })
  expect(sha(fs.readFileSync(toFile))).toBe(sha(bytes))
  expect(fs.statSync(toFile).mode & 0o777).toBe(0o600)
  expect(progress.at(-1)).toBe(BYTES)
  expect(progress.length).toBeGreaterThan(5)
  expect(asked).toEqual([identity.deviceId])
})

test('after a cut it goes on where it stopped', async () => {
  const { host, machine, identity, sha256, bytes, toFile } = await scene()
  const cut = machine.client.download({
    id, sha256, bytes: BYTES, toFile,
    onProgress: (done) => {
      if (done > BYTES / 4) host.server.drop(identity.deviceId)
    },
  })
  expect((await refusalOf(cut)).code).toBe('SNAPSHOT_CUT')
  const had = fs.statSync(toFile).size
  expect(had).toBeGreaterThan(0)
  expect(had).toBeLessThan(BYTES)
  await machine.closed.next()
  machine.client.wake()
  await machine.opened.next()
  const progress: number[] = []
  await machine.client.download({ id, sha256, bytes: BYTES, toFile, onProgress: (done) => progress.push(done) })
  expect(progress[0]).toBeGreaterThan(had)
  expect(sha(fs.readFileSync(toFile))).toBe(sha(bytes))
})

test('another file under the same name: what came of the first is not mixed with it', async () => {
  const { machine, files, toFile } = await scene()
  fs.writeFileSync(toFile, randomBytes(1_000_000))
  const other = randomBytes(BYTES)
  fs.writeFileSync(files.get(id)!.path, other)
  files.set(id, { path: files.get(id)!.path, sha256: sha(other) })
  expect((await refusalOf(machine.client.download({ id, sha256: sha(other), bytes: BYTES, toFile }))).code).toBe('SNAPSHOT_DAMAGED')
  expect(fs.existsSync(toFile)).toBe(false)
  await machine.client.download({ id, sha256: sha(other), bytes: BYTES, toFile })
  expect(sha(fs.readFileSync(toFile))).toBe(sha(other))
})

test('a host that has another file than it said sends nothing of it', async () => {
  const { machine, files, sha256, toFile } = await scene()
  files.set(id, { path: files.get(id)!.path, sha256: '0'.repeat(64) })
  expect((await refusalOf(machine.client.download({ id, sha256, bytes: BYTES, toFile }))).code).toBe('SNAPSHOT_GONE')
})

test('on the wire: the rest for the right mark, everything for a wrong one, nothing beyond the end', async () => {
  const { host, identity, sha256 } = await scene()
  const ask = (headers: Record<string, string>): Promise<{ status: number | undefined; range: string | undefined; length: number }> => new Promise((resolve, reject) => {
    https.get({ ...tlsOptionsOf(identity), host: '127.0.0.1', port: host.server.port, path: `/snapshot/${id}`, agent: false, headers }, (response) => {
      resolve({ status: response.statusCode, range: response.headers['content-range'], length: Number(response.headers['content-length']) })
      response.destroy()
    }).on('error', reject)
  })
  expect(await ask({ Range: 'bytes=1000-', 'If-Range': `"${sha256}"` })).toEqual({ status: 206, range: `bytes 1000-${BYTES - 1}/${BYTES}`, length: BYTES - 1000 })
  expect(await ask({ Range: 'bytes=1000-', 'If-Range': '"another"' })).toMatchObject({ status: 200, length: BYTES })
  expect(await ask({ Range: 'bytes=1000-' })).toMatchObject({ status: 200, length: BYTES })
  expect(await ask({ Range: `bytes=${BYTES + 1}-`, 'If-Range': `"${sha256}"` })).toMatchObject({ status: 416 })
})

test('a file that was damaged on the way or on the disk is thrown away', async () => {
  const { machine, bytes, sha256, toFile } = await scene()
  const damaged = Buffer.from(bytes)
  damaged[5] = damaged[5]! ^ 1
  fs.writeFileSync(toFile, damaged)
  expect((await refusalOf(machine.client.download({ id, sha256, bytes: BYTES, toFile }))).code).toBe('SNAPSHOT_DAMAGED')
  expect(fs.existsSync(toFile)).toBe(false)
})

test('a person may stop it, and what came is kept', async () => {
  const { machine, sha256, toFile } = await scene()
  const stop = new AbortController()
  const download = machine.client.download({ id, sha256, bytes: BYTES, toFile, signal: stop.signal, onProgress: () => stop.abort() })
  expect((await refusalOf(download)).code).toBe('CANCELLED')
  expect(fs.existsSync(toFile)).toBe(true)
})

test('what is not this machine’s to fetch is not there', async () => {
  const { machine, sha256, toFile, files } = await scene()
  files.clear()
  expect((await refusalOf(machine.client.download({ id, sha256, bytes: BYTES, toFile }))).code).toBe('SNAPSHOT_GONE')
})

test('a revoked machine gets nothing, and one that is not connected is told so', async () => {
  const { host, machine, identity, sha256, toFile, asked } = await scene()
  host.revoke(identity)
  expect((await refusalOf(machine.client.download({ id, sha256, bytes: BYTES, toFile }))).code).toBe('SNAPSHOT_CUT')
  expect(asked).toEqual([])
  expect(await host.attacks.next()).toMatchObject({ kind: 'revoked-certificate' })
  host.server.drop(identity.deviceId)
  await machine.closed.next()
  expect((await refusalOf(machine.client.download({ id, sha256, bytes: BYTES, toFile }))).code).toBe('NOT_CONNECTED')
})

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
