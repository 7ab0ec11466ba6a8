import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import readline from 'node:readline'
import { expect, it } from 'vitest'
import { auditEvents } from '#drizzle/schema/audit.ts'
import { readAnchorFile } from '#main/core/audit/anchors.ts'
import { verifyChain, type Checked } from '#main/core/audit/verify.ts'
import type { Core } from '#main/core/core.ts'
import { addEvents } from '#tests/support/audit.ts'
import { makeWorld, openCore, refusalOf } from '#tests/support/world.ts'

const root = path.resolve(import.meta.dirname, '../..')

function verifiedNow(core: Core): Checked {
  const walk = verifyChain(core.vault.reader, readAnchorFile(core.vault.folder), 'all')
  let step = walk.next()
  while (!step.done) step = walk.next()
  return step.value
}

it('R07: leaves no torn chain through five kill -9 while writing', { timeout: 120_000 }, async () => {
  const world = await makeWorld()
  const patientId = world.clinic.addPatient(world.core)
  const key = world.core.vault.dataKey ?? new Uint8Array(32)
  await world.core.close()
  for (let round = 0; round < 5; round += 1) {
    const child = spawn(process.execPath, [path.join(root, 'tests/crash/writer.ts'), world.folder, Buffer.from(key).toString('hex'), patientId, world.clinic.providers[0], String(round * 10_000)], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
    let left = 15 + round * 11
    for await (const _line of readline.createInterface({ input: child.stdout })) {
      left -= 1
      if (left === 0) child.kill('SIGKILL')
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    const core = await openCore(world.folder)
    core.vault.open(key)
    expect(verifiedNow(core), `round ${round}`).toMatchObject({ finding: null })
    await core.close()
  }
})

it('R06: a full disk refuses what cannot be audited, and the chain is whole once there is room', async () => {
  const world = await makeWorld()
  const { writer, reader } = world.core.vault
  const desk = world.as('receptionist')
  const doctor = world.as('doctor')
  const patientId = world.clinic.addPatient(world.core)
  await desk.patients.search({ text: 'lopez' })
  world.core.audit.flush()
  const pages = writer.$client.pragma('page_count', { simple: true }) as number // One integer.
  writer.$client.pragma(`max_page_count=${pages}`)
  const fill = (): void => addEvents(world, 1, { code: 'x'.repeat(900) })
  expect(() => {
    for (let i = 0; i < 2_000; i += 1) fill()
  }).toThrow(/full/)
  // What is left of a page takes a few small rows more; each look is new after a while.
  let refusal: { code: string } | undefined
  for (let i = 0; i < 200 && !refusal; i += 1) {
    world.clock.advanceMinutes(11)
    refusal = await doctor.encounters.openChart({ patientId }).then(() => undefined, (error: { code: string }) => error)
  }
  expect(refusal).toMatchObject({ code: 'DISK_FULL' })
  // A search is answered before its group is written; when that failed, the next one waits for room.
  let flushed: unknown
  let searches = 0
  for (; searches < 200 && !flushed; searches += 1) {
    await desk.patients.search({ text: `somebody ${searches}` })
    flushed = await Promise.resolve().then(() => world.core.audit.flush()).then(() => undefined, (error: unknown) => error)
  }
  expect(String(flushed)).toMatch(/full/)
  const before = reader.select().from(auditEvents).all().length
  expect(await refusalOf(desk.patients.search({ text: 'somebody else' }))).toMatchObject({ code: 'DISK_FULL' })
  expect(reader.select().from(auditEvents).all()).toHaveLength(before)
  writer.$client.pragma('max_page_count=1073741823')
  await doctor.encounters.openChart({ patientId })
  await desk.patients.search({ text: 'somebody else' })
  world.core.audit.flush()
  // A search that waited for room may be written before the chart or after it.
  expect(reader.select().from(auditEvents).all().slice(before).map((row) => row.action).toSorted()).toEqual(['chart.opened', 'patient.searched', 'patient.searched'])
  expect(verifiedNow(world.core)).toMatchObject({ finding: null })
})
