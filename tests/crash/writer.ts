import { makeClient } from '#shared/rpc/client.ts'
import { createCore } from '#main/core/core.ts'
import { accountByUserName } from '#main/domains/session/repository.ts'
import { startSession } from '#main/domains/session/service.ts'
import { realPlatform } from '#main/core/platform/platform.ts'

/** A process of its own that books without end and says each booking that was confirmed; the test kills it. */
const [folder = '', key = '', patientId = '', providerId = '', from = '0'] = process.argv.slice(2)
const core = await createCore({ dataFolder: folder, migrationsFolder: 'drizzle/migrations', resourcesFolder: 'resources' })
core.vault.open(Buffer.from(key, 'hex'))
const door = core.openDoor('test')
const account = accountByUserName(core.vault.reader, 'receptionist')
if (account) startSession(core, door, account)
const client = makeClient((path, input) => core.pipeline.call(door, { path, input }))
const platform = realPlatform()
for (let i = Number(from); ; i += 1) {
  const id = platform.newId()
  await client.scheduling.book({
    id, patientId, providerId, roomId: null, typeId: null, startsAt: new Date(Date.UTC(2027, 0, 1) + i * 900_000).toISOString(), durationMin: 15, reason: null,
  })
  process.stdout.write(`${id}\n`)
}
