import { createHash, randomBytes, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { fetchFirstCopy } from '#main/core/sync/first-copy.ts'
import type { ToHost, ToNode } from '#shared/sync/messages.ts'
import type { Peer } from '#main/core/network/server-peers.ts'
import { testClock } from '#tests/support/clock.ts'
import { emptyFolder, makeClinic, startHost } from '#tests/support/wire.ts'
import { openCore, refusalOf } from '#tests/support/world.ts'

// The goal: a machine that joins gets its copy from a host that is hardly there, and a clear word from one that has none.

const bytes = randomBytes(400_000)
const sha256 = createHash('sha256').update(bytes).digest('hex')
const ready = { t: 'snapshot-ready', id: randomUUID(), bytes: bytes.length, sha256, key: '0'.repeat(64), tx: 1, chains: {} } as const

/** A host that answers the first questions of a machine that has been let in, and what it does about a copy. */
async function joining({ onSnapshot, snapshotFile }: { onSnapshot: (peer: Peer) => void; snapshotFile?: () => { path: string; sha256: string } | undefined }) {
  const clinic = await makeClinic()
  const answer = ({ t }: ToHost, peer: Peer): void => {
    if (t === 'hello') peer.send(welcome())
    if (t === 'snapshot') onSnapshot(peer)
  }
  const host = await startHost(clinic, { onMessage: (_, message, peer) => answer(message, peer), ...(snapshotFile ? { snapshotFile } : {}) })
  const identity = { ...(await clinic.machine()), addresses: [host.address] }
  host.allow(identity)
  const core = await openCore(emptyFolder(), testClock(), { network: { isOff: true } })
  const admission = { certificate: identity.certificate, authority: identity.authority, clinicId: clinic.clinicId, clinicName: '', hostId: host.identity.deviceId, hostName: '', epoch: 1, name: 'Laptop', profile: 'clinical' as const }
  const fetching = fetchFirstCopy(core, { identity, admission, signal: new AbortController().signal, onProgress: () => {}, waitMs: () => 0 })
  return { core, fetching }
}

const welcome = (): ToNode => ({
  t: 'welcome', proto: 1, schema: 1, epoch: 1, hostId: randomUUID(), hostName: '', profile: 'clinical', lastSeq: 0, feedMin: 0, feedMax: 1, epochs: [], durableTx: 0, lastEvent: 0, sentAt: 0, receivedAt: 0, answeredAt: 0,
})

test('a download that is cut again and again goes on as long as each attempt brings something', async () => {
  const file = path.join(emptyFolder(), 'copy')
  let asked = 0
  const { fetching } = await joining({
    onSnapshot: (peer) => peer.send(ready),
    // A host that never gets further than another twentieth.
    snapshotFile: () => {
      asked += 1
      fs.writeFileSync(file, bytes.subarray(0, asked * 20_000))
      return { path: file, sha256 }
    },
  })
  const arrived = await fetching
  expect(fs.readFileSync(arrived.file).equals(bytes)).toBe(true)
  expect(asked).toBe(20)
})

test('attempts that bring nothing end one day, and not at the first few', async () => {
  let asked = 0
  const { fetching } = await joining({ onSnapshot: (peer) => peer.send(ready), snapshotFile: () => void (asked += 1) })
  expect((await refusalOf(fetching)).code).toBe('SNAPSHOT_CUT')
  expect(asked).toBe(10)
})

test('a host that cannot make a copy says so', async () => {
  const { fetching } = await joining({ onSnapshot: (peer) => peer.send({ t: 'snapshot-failed', code: 'DISK_FULL' }) })
  expect(await refusalOf(fetching)).toMatchObject({ code: 'COPY_NOT_MADE', data: { isDiskFull: true } })
})
