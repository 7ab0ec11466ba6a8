import { createCore } from '#main/core/core.ts'
import { placesOf } from '#main/core/platform/last-words.ts'
import { createLogger } from '#main/core/platform/logger.ts'
import { inProcessClient } from '#main/core/rpc/in-process.ts'
import { accountByUserName } from '#main/domains/session/repository.ts'
import { startSession } from '#main/domains/session/service.ts'
import type { Role } from '#shared/access/roles.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import { testClock } from '#tests/support/clock.ts'
import { makeSmallClinic } from '#tests/support/small-clinic.ts'
import { refusalOf } from '#tests/support/world.ts'
import { inRoot } from '#tools/lib/paths.ts'
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'

const CANARY = 'Zqcanaryx'

// The goal: whatever goes wrong, and however talkative the logs, no word of a patient is in them (R37).
it('R37: five hundred forced exceptions, each with a patient’s name in its message, leave none in the logs', { timeout: 60_000 }, async () => {
  const { lines, desk, doctor, newId, patientId, close } = await fragileClinic()
  const failing: (() => Promise<unknown>)[] = [
    () => desk.patients.register({ id: newId(), familyName: CANARY, givenName: CANARY, birthDate: '1980-01-01', sex: 'male', phone: '+14135550177', addressLine1: CANARY, email: `${CANARY}@example.org`, duplicateReason: null }),
    () => desk.patients.update({ id: patientId, was: { familyName: 'Lopez', city: null }, changes: { familyName: CANARY, city: CANARY }, duplicateReason: null }),
    () => desk.patients.addContact({ id: newId(), patientId, name: CANARY, relationship: 'other', phone: null, isEmergency: true, isGuardian: false }),
    () => desk.patients.keepForm({ id: newId(), fields: { familyName: CANARY } }),
    () => desk.patients.search({ text: CANARY }),
    () => desk.patients.closest({ text: CANARY }),
    () => doctor.codes.search({ system: 'icd10cm', text: CANARY }),
  ]
  const codes = new Map<string, number>()
  for (let i = 0; i < 500; i += 1) {
    const { code } = await refusalOf(failing[i % failing.length]?.() ?? Promise.resolve())
    codes.set(code, (codes.get(code) ?? 0) + 1)
  }
  expect(Object.fromEntries(codes)).toEqual({ INTERNAL: 500 })
  const said = lines.join('')
  expect(said.match(/internal error/g)).toHaveLength(500)
  expect(said).toMatch(/"kind":"SqliteError","stack":\["at /)
  expect(said.toLowerCase()).not.toContain(CANARY.toLowerCase())
  await close()
})

it('R37: an error’s places are told and its words are not, over however many lines', () => {
  const error = new TypeError(`${CANARY}\n    at ${CANARY} (file:///x.js:1:1)\n${CANARY}`)
  expect(placesOf(error)).toEqual({ kind: 'TypeError', stack: expect.arrayContaining([expect.stringMatching(/^at .+logs\.test\.ts/)]) })
  expect(JSON.stringify([placesOf(error), placesOf(CANARY), placesOf({ message: CANARY }), placesOf(undefined)])).not.toContain(CANARY)
})

it.each([['an exception', `throw new Error('${CANARY}')`], ['a promise nobody waited for', `Promise.reject(new Error('${CANARY}'))`], ['a text', `throw '${CANARY}'`]])(
  'R37: %s that nobody catches ends the core without a word of it',
  (_what, act) => {
    const script = `import { speakNoWords } from '#main/core/platform/last-words.ts'; speakNoWords('core'); setImmediate(() => { ${act} })`
    const outcome = ended(() => execFileSync(process.execPath, ['--input-type=module', '--eval', script], { cwd: inRoot(), encoding: 'utf8', stdio: 'pipe' }))
    expect(outcome.status).toBe(1)
    expect(outcome.stderr).toContain('"msg":"uncaught"')
    expect(outcome.stderr + outcome.stdout).not.toContain(CANARY)
  },
)

/** A core whose every write and search fails with the row's own words, as talkative as can be, without the checks of tests. */
async function fragileClinic() {
  const lines: string[] = []
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-logs-'))
  const core = await createCore({
    dataFolder: folder, platform: testClock(), migrationsFolder: inRoot('drizzle/migrations'), resourcesFolder: inRoot('resources'),
    logger: createLogger('core', 'trace', { write: (line) => void lines.push(line) }),
  })
  const clinic = await makeSmallClinic(core)
  const patientId = clinic.addPatient(core)
  const enter = (role: Role): CairnClient => {
    const account = accountByUserName(core.vault.reader, clinic.people[role].userName)
    const door = core.openDoor('test')
    if (account) startSession(core, door, account)
    return inProcessClient(core, door)
  }
  const [desk, doctor] = [enter('receptionist'), enter('doctor')]
  const client = core.vault.writer.$client
  const tables = client.prepare(`select name from sqlite_master where type = 'table' and sql like '%STRICT%' and name not like 'audit%'`).pluck().all() as string[] // As selected.
  for (const table of tables) {
    const words = (client.pragma(`table_info(${table})`) as { name: string; type: string }[]).filter(({ type }) => type.toUpperCase() === 'TEXT').map(({ name }) => `coalesce(new.${name}, '')`).join(` || ' ' || `) || `''` // SQLite's own format.
    for (const act of ['insert', 'update']) client.exec(`create trigger fragile_${table}_${act} before ${act} on ${table} begin select raise(abort, ${words}); end`)
  }
  for (const table of ['patient_search', 'code_search']) client.exec(`drop table ${table}`)
  const close = async (): Promise<void> => {
    await core.close()
    fs.rmSync(folder, { recursive: true, force: true })
  }
  return { lines, desk, doctor, newId: core.platform.newId, patientId, close }
}

function ended(work: () => string): { status: number | null; stdout: string; stderr: string } {
  try {
    return { status: 0, stdout: work(), stderr: '' }
  } catch (error) {
    return error as { status: number | null; stdout: string; stderr: string } // execFileSync throws what the child left.
  }
}
