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
const events = kind === 'fhir' ? await client.migration.importFhir({ id: core.platform.newId(), path: file }) : await client.codes.importFile({ path: file })
for await (const event of events) if (event.kind === 'progress') process.stdout.write(`${event.taken}\n`)
