import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import readline from 'node:readline'
import { expect, it } from 'vitest'
import { appointments } from '#drizzle/schema/scheduling.ts'
import { auditEvents } from '#drizzle/schema/audit.ts'
import { eq } from 'drizzle-orm'
import { checkDatabase } from '#main/core/db/damage.ts'
import { makeWorld, openCore } from '#tests/support/world.ts'

const root = path.resolve(import.meta.dirname, '../..')

it('keeps every confirmed booking, with its event, through five kill -9 while writing', { timeout: 60_000 }, async () => {
  const world = await makeWorld()
  const patientId = world.clinic.addPatient(world.core)
  const key = world.core.vault.dataKey ?? new Uint8Array(32)
  await world.core.close()
  const confirmed: string[] = []
  for (let round = 0; round < 5; round += 1) {
    const child = spawn(process.execPath, [path.join(root, 'tests/crash/writer.ts'), world.folder, Buffer.from(key).toString('hex'), patientId, world.clinic.providers[0], String(round * 10_000)], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
    const enough = 20 + round * 13
    let seen = 0
    for await (const line of readline.createInterface({ input: child.stdout })) {
      confirmed.push(line)
      seen += 1
      if (seen === enough) child.kill('SIGKILL')
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }
  // The folder is free at once: ownership ends with its process.
  const core = await openCore(world.folder)
  core.vault.open(key)
  const booked = new Set(core.vault.reader.select({ id: appointments.id }).from(appointments).all().map((row) => row.id))
  const logged = core.vault.reader.select({ id: auditEvents.entityId }).from(auditEvents).where(eq(auditEvents.action, 'appointment.booked')).all()
  expect(confirmed.filter((id) => !booked.has(id))).toEqual([])
  expect(new Set(logged.map((row) => row.id))).toEqual(booked)
  expect(await checkDatabase(core.vault.file, key)).toEqual([])
  await core.close()
})
