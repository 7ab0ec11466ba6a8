import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { isTwoPerson } from '#shared/domains/approvals/rules.ts'
import { contract } from '#shared/rpc/contract.ts'
import { listProcedures, type Procedure } from '#shared/rpc/define.ts'
import type { Core } from '#main/core/core.ts'
import { migrate } from '#main/core/db/migrate.ts'
import { closeDb, openDb } from '#main/core/db/open.ts'
import { surroundingsOf } from '#main/core/rpc/surroundings.ts'
import { carryOut } from '#main/core/sync/carry-out.ts'
import { readSync } from '#main/core/sync/context.ts'
import { copyRows } from '#main/core/sync/copy.ts'
import { testClock } from '#tests/support/clock.ts'
import { migrations } from '#tests/support/database.ts'
import { openCore } from '#tests/support/world.ts'
import { catalogue, validInput } from './catalogue.ts'
import { roleColumns, rowsOf, type Caller } from './matrix.ts'
import { accountOf } from './people.ts'
import { makeScene, type Scene } from './scene.ts'

// A command is carried out on the machine where it was given, at the host, and again on each machine after newer rows. All
// of them have to make the same rows of it: on another machine, at another time, in a file whose pages lie elsewhere.

/** Everything that is synchronised, in another file, under another key, of a machine whose clock is years ahead. */
async function openCopy(from: Core): Promise<Core> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-copy-'))
  const key = new Uint8Array(32).fill(9)
  const db = openDb({ path: path.join(folder, 'cairn.db'), key })
  migrate(db, migrations)
  from.node.end(from.vault.writer, undefined, from.platform.now(), null)
  const filling = copyRows(from.vault.reader, db, 'standby')
  while (!filling.next().done);
  closeDb(db)
  const core = await openCore(folder, testClock('2031-05-05T05:05:05.000Z'))
  core.vault.open(key)
  core.node.becomeHost(core.vault.writer)
  return core
}

interface Given { scene: Scene; name: string; procedure: Procedure; input: unknown; caller: Caller; at: string }
/** Not what it answers: that may say what one machine alone knows (when somebody has last signed in there). */
interface Made { isDone: boolean; code: string | undefined; data: unknown; rows: unknown[] }

/** What a command makes of the rows of one machine; taken back again. */
function carriedOut(core: Core, { scene, name, procedure, input, caller, at }: Given, cid: string): Made {
  const actorId = accountOf(core, caller).userId
  const { writer } = core.vault
  const client = writer.$client
  client.exec('BEGIN IMMEDIATE')
  try {
    catalogue[name]?.before?.({ ...scene, world: { ...scene.world, core } }, caller, 'any')
    // What takes two people goes through alone only where nobody else is left, and an administrator always is.
    if (isTwoPerson(procedure, input) && caller === 'administrator') client.prepare(`update user_accounts set disabled_at = ? where id <> ?`).run(at, actorId)
    const { nextTx } = readSync(writer)
    const { executed } = carryOut(writer, surroundingsOf(core), { cid, name, input, actorId, sessionId: cid, proof: 'full', at })
    const rows = client.prepare(`select table_name, pk, op, data from sync_feed where tx = ? order by seq`).all(nextTx)
    return { isDone: executed.isDone, ...(executed.isDone ? { code: undefined, data: undefined } : { code: executed.code, data: executed.data }), rows }
  } finally {
    client.exec('ROLLBACK')
  }
}

const commands = listProcedures(contract).filter(({ procedure }) => procedure.kind === 'command' && procedure.scope !== 'host')
const callersOf = (name: string): Caller[] => roleColumns.filter((role) => role !== 'patient' && rowsOf(name).some((row) => row[role] !== '-'))

it('makes the same rows of every command on two machines', async () => {
  const scene = await makeScene()
  const here = scene.world.core
  here.node.becomeHost(here.vault.writer)
  const there = await openCopy(here)
  const found = commands.map(({ path: name, procedure }) => {
    const tried = callersOf(name).map((caller) => {
      const [given, cid] = [{ scene, name, procedure, caller, at: scene.world.clock.now(), input: procedure.input.parse(validInput(scene, name, caller)) }, scene.newId()]
      const [first, second] = [carriedOut(here, given, cid), carriedOut(there, given, cid)]
      expect(second, `${name} by ${caller}`).toEqual(first)
      return first
    })
    return tried.some((one) => one.isDone && one.rows.length > 0) ? [] : [name]
  })
  // Of every other command at least one of those who may has really done it. In this scene nobody who could go through alone
  // finds the patient of the first; fees and forms are there to begin with; a death is said by two. Their refusals were
  // compared. A print of a paper is a row of the log alone.
  expect(found.flat()).toEqual(['access.unrestrictPatient', 'billing.addStarterFees', 'consents.addStarterForms', 'patients.recordDocumentPrint', 'scheduling.recordDeath', 'scheduling.reverseDeath'])
  expect(commands.length).toBeGreaterThan(60)
  await there.close()
})
