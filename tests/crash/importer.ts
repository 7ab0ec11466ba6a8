import { createCore } from '#main/core/core.ts'
import { inProcessClient } from '#main/core/rpc/in-process.ts'
import { accountByUserName } from '#main/domains/session/repository.ts'
import { startSession } from '#main/domains/session/service.ts'

/** A process of its own that imports a file and says how far it is; the test kills it. */
const [folder = '', key = '', kind = '', file = ''] = process.argv.slice(2)
const core = await createCore({ dataFolder: folder, migrationsFolder: 'drizzle/migrations', resourcesFolder: 'resources' })
core.vault.open(Buffer.from(key, 'hex'))
const door = core.openDoor('test')
const account = accountByUserName(core.vault.reader, 'administrator')
if (account) startSession(core, door, account)
const client = inProcessClient(core, door)
const tell = async (events: AsyncIterable<{ kind: string; taken?: number; doneBytes?: number }>): Promise<void> => {
  for await (const event of events) if (event.kind === 'progress') process.stdout.write(`${event.taken ?? event.doneBytes ?? 0}\n`)
}
if (kind === 'fhir') await tell(await client.migration.importFhir({ id: core.platform.newId(), path: file }))
else if (kind === 'codes') await tell(await client.codes.importFile({ path: file }))
else {
  const [run] = await client.migration.listCsv({})
  if (run) await tell(await client.migration.commitCsv({ id: run.id, kind: run.kind, rowCount: run.rowCount }))
}
