import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import readline from 'node:readline'
import { expect, it, vi } from 'vitest'
import { findDamage } from '#main/core/db/damage.ts'
import { closeDb, openDb } from '#main/core/db/open.ts'
import { finishRotation } from '#main/core/keys/rotation-files.ts'
import { fetched, makeNetwork } from '#tests/support/network.ts'

const root = path.resolve(import.meta.dirname, '../..')
/** `CAIRN_KILLS=200` before a release. */
const KILLS = Number(process.env['CAIRN_KILLS'] ?? 8)
const person = { familyName: 'Doe', givenName: 'John', birthDate: '1980-02-01', sex: 'male' as const, duplicateReason: null }

interface Round { confirmed: number[]; isTaken: boolean; spanMs: number }

/** Starts a member that takes a copy, and kills it that long after it has begun; without a time, once the copy is taken. */
async function killedCopy(args: readonly string[], afterMs?: number): Promise<Round> {
  const child = spawn(process.execPath, [path.join(root, 'tests/crash/copier.ts'), ...args], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_COMPILE_CACHE: path.join(args[0] ?? '', 'compiled') } })
  const round: Round = { confirmed: [], isTaken: false, spanMs: 0 }
  let [timer, begun]: [NodeJS.Timeout | undefined, number] = [undefined, 0]
  for await (const line of readline.createInterface({ input: child.stdout })) {
    if (line === 'ready') {
      begun = performance.now()
      if (afterMs !== undefined) timer = setTimeout(() => child.kill('SIGKILL'), afterMs)
    } else if (line === 'taken') {
      round.isTaken = true
      round.spanMs = performance.now() - begun
      if (afterMs === undefined) child.kill('SIGKILL')
    } else round.confirmed.push(Number(line))
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  clearTimeout(timer)
  expect(child.signalCode).toBe('SIGKILL')
  return round
}

it(`opens with the old records or the new ones, and with everything of its own, after each of ${KILLS} kill -9 while a whole copy takes their place`, { timeout: 3_600_000 }, async () => {
  const network = await makeNetwork()
  const member = await network.join('clinical')
  member.plug()
  await vi.waitFor(() => expect(member.core.node.isConnected).toBe(true))
  member.unplug()
  await member.as('receptionist').patients.register({ id: member.core.platform.newId(), ...person, familyName: 'Unsent' })
  const key = member.core.vault.dataKey ?? new Uint8Array(32)
  await member.core.close()
  await network.host.as('receptionist').patients.register({ id: network.host.core.platform.newId(), ...person, familyName: 'New' })
  // The copy of the first day is kept; this one is newer.
  network.host.server.snapshots.close()
  const arrived = path.join(member.folder, 'arrived.json')
  fs.writeFileSync(arrived, JSON.stringify(await fetched(network.host.server, 'clinical')))
  const kept = path.join(member.folder, '..', `${path.basename(member.folder)}-kept`)
  const [file, args] = [path.join(member.folder, 'cairn.db'), [member.folder, Buffer.from(key).toString('hex'), arrived]]
  // Each round begins with the records as they were before any copy.
  fs.copyFileSync(file, kept)
  const again = (): void => {
    for (const end of ['', '-wal', '-shm']) fs.rmSync(file + end, { force: true })
    fs.copyFileSync(kept, file)
  }
  // The first one compiles; how long a copy takes is the second one's.
  await killedCopy([...args, '0'])
  again()
  const { spanMs } = await killedCopy([...args, '0'])
  const seen = { old: 0, new: 0, unfinished: 0 }
  for (let kill = 0; kill < KILLS; kill += 1) {
    again()
    // Every second one around the exchange, and the last after it.
    const around = kill % 2 === 0 ? Math.random() * spanMs : spanMs * (0.85 + Math.random() * 0.3)
    const round = await killedCopy([...args, '0'], kill === KILLS - 1 ? undefined : around)
    if (fs.existsSync(path.join(member.folder, 'cairn.next.db'))) seen.unfinished += 1
    finishRotation(member.folder)
    const db = openDb({ path: file, key })
    const one = (sql: string, ...values: unknown[]): unknown => db.$client.prepare(sql).pluck().get(...values)
    const isNew = one(`select count(*) from patients where family_name = 'New'`) === 1
    seen[isNew ? 'new' : 'old'] += 1
    if (round.isTaken) expect(isNew).toBe(true)
    const rows = Math.max(-1, ...round.confirmed) + 1
    expect([kill, one(`select count(distinct entity_id) from audit_events where action = 'test.row' and cast(entity_id as integer) < ?`, rows), findDamage(db)]).toEqual([kill, rows, []])
    expect([kill, one(`select state from sync_outbox`), one(`select count(*) from patients where family_name = 'Unsent'`)]).toEqual([kill, 'pending', 1])
    closeDb(db)
    expect(fs.readdirSync(member.folder).filter((name) => name.includes('next'))).toEqual([])
  }
  fs.rmSync(kept, { force: true })
  expect(Math.min(seen.old, seen.new, seen.unfinished)).toBeGreaterThan(0)
})
