import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import readline from 'node:readline'
import { expect, it } from 'vitest'
import { findDamage } from '#main/core/db/damage.ts'
import { closeDb, openDb } from '#main/core/db/open.ts'
import { readKeyring } from '#main/core/keys/keyring.ts'
import { finishRotation } from '#main/core/keys/rotation-files.ts'
import { unlockWithRecoveryKey } from '#main/core/keys/unlock.ts'
import { makeWorld } from '#tests/support/world.ts'

const root = path.resolve(import.meta.dirname, '../..')
/** `CAIRN_KILLS=200` before a release: ten minutes. */
const KILLS = Number(process.env['CAIRN_KILLS'] ?? 25)

interface Point { after: string; spanMs: number }
interface Round { confirmed: number[]; rotated: boolean }

/**
 * The points lie before, in and after the copying, and every second one around the moment in which the files change
 * places. How long both take is this machine's: one change that is left alone is timed first.
 */
async function pointsOf(folder: string, recoveryKey: Uint8Array): Promise<[Point, Point]> {
  const child = startRotator(folder, recoveryKey, 0)
  const seenAt: Record<string, number> = {}
  for await (const line of readline.createInterface({ input: child.stdout })) {
    seenAt[line] ??= performance.now()
    if (line === 'rotated') child.kill('SIGKILL')
  }
  const until = (from: string) => (seenAt['rotated'] ?? NaN) - (seenAt[from] ?? NaN)
  return [{ after: 'ready', spanMs: 1.5 * until('ready') }, { after: 'done 0.99', spanMs: 3 * until('done 0.99') }]
}

function startRotator(folder: string, recoveryKey: Uint8Array, from: number) {
  return spawn(process.execPath, [path.join(root, 'tests/crash/rotator.ts'), folder, Buffer.from(recoveryKey).toString('hex'), String(from)], {
    // Many starts of the same program: its compiled form is kept between them.
    cwd: root, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_COMPILE_CACHE: path.join(folder, 'compiled') },
  })
}

/** Starts a change of the data key in a process of its own and kills it at a random moment after it has come to that point. */
async function killedRotation(folder: string, recoveryKey: Uint8Array, from: number, { after, spanMs }: Point): Promise<Round> {
  const child = startRotator(folder, recoveryKey, from)
  const round: Round = { confirmed: [], rotated: false }
  let timer: NodeJS.Timeout | undefined
  for await (const line of readline.createInterface({ input: child.stdout })) {
    if (line === after) timer = setTimeout(() => child.kill('SIGKILL'), Math.random() * spanMs)
    if (line === 'rotated') round.rotated = true
    if (/^\d+$/.test(line)) round.confirmed.push(Number(line))
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  clearTimeout(timer)
  expect(child.signalCode).toBe('SIGKILL')
  return round
}

it(`opens with exactly one key and has every confirmed row after each of ${KILLS} kill -9 at random points of a change of the data key`, { timeout: 3_600_000 }, async () => {
  const world = await makeWorld()
  await world.core.close()
  const { folder, clinic: { recoveryKey } } = world
  const file = path.join(folder, 'cairn.db')
  const points = await pointsOf(folder, recoveryKey)
  finishRotation(folder)
  // The rows of the round that was timed have numbers of their own from here on.
  let [oldKey, rows] = [keyOf(folder, recoveryKey), nextRow(folder, recoveryKey)]
  const seen = { changed: 0, kept: 0, interrupted: 0 }
  for (let kill = 0; kill < KILLS; kill += 1) {
    const round = await killedRotation(folder, recoveryKey, rows, points[kill % 2] ?? points[0])
    rows = Math.max(rows, ...round.confirmed.map((row) => row + 1))
    if (fs.existsSync(path.join(folder, 'cairn.next.db'))) seen.interrupted += 1
    finishRotation(folder)
    const key = keyOf(folder, recoveryKey)
    const isChanged = !Buffer.from(key).equals(Buffer.from(oldKey))
    seen[isChanged ? 'changed' : 'kept'] += 1
    if (round.rotated) expect(isChanged).toBe(true)
    const db = openDb({ path: file, key })
    const present = db.$client.prepare(`select count(distinct entity_id) from audit_events where action = 'test.row' and cast(entity_id as integer) < ?`).pluck().get(rows)
    expect([kill, present, findDamage(db)]).toEqual([kill, rows, []])
    closeDb(db)
    rows = nextRow(folder, recoveryKey) // The last one may be written and not said.
    if (isChanged) expect(() => openDb({ path: file, key: oldKey })).toThrow('DATABASE_DAMAGED')
    expect(fs.readdirSync(folder).filter((name) => name.includes('next'))).toEqual([])
    oldKey = key
  }
  expect(Math.min(seen.changed, seen.kept, seen.interrupted)).toBeGreaterThan(KILLS / 20)
})

function nextRow(folder: string, recoveryKey: Uint8Array): number {
  const db = openDb({ path: path.join(folder, 'cairn.db'), key: keyOf(folder, recoveryKey) })
  const last = db.$client.prepare(`select max(cast(entity_id as integer)) from audit_events where action = 'test.row'`).pluck().get() as number | null
  closeDb(db)
  return (last ?? -1) + 1
}

function keyOf(folder: string, recoveryKey: Uint8Array): Uint8Array {
  const opened = unlockWithRecoveryKey(readKeyring(folder), recoveryKey)
  if (!opened) throw new Error('the printed key opens the records')
  return opened.dataKey
}
