import { execFile } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { auditEvents } from '#drizzle/schema/audit.ts'
import { formatRecoveryKey } from '#shared/kernel/recovery-key.ts'
import { readKeyring } from '#main/core/keys/keyring.ts'
import { ADMIN_PASSWORD } from '#tests/support/small-clinic.ts'
import { makeWorld, openCore, type World } from '#tests/support/world.ts'

const root = path.resolve(import.meta.dirname, '../..')

/** The command line as a person runs it: a process of its own. */
function cairn(args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [path.join(root, 'src-main/cli/cairn.ts'), ...args], { cwd: root }, (error, out, err) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, out: out.trim(), err })
    })
  })
}

async function closedClinic(): Promise<World & { password: string; recovery: string }> {
  const world = await makeWorld()
  await world.core.close()
  const password = path.join(world.folder, 'password.txt')
  const recovery = path.join(world.folder, 'recovery.txt')
  fs.writeFileSync(password, `${ADMIN_PASSWORD}\n`)
  fs.writeFileSync(recovery, formatRecoveryKey(world.clinic.recoveryKey).join(' '))
  return { ...world, password, recovery }
}

describe('cairn call', () => {
  it('answers JSON through the same pipeline, unlocked by the password of the person', async () => {
    const { folder, password } = await closedClinic()
    const { code, out } = await cairn(['call', 'clinic.get', '{}', '--as', 'administrator', '--unlock', password, '--data', folder])
    expect([code, JSON.parse(out).name]).toEqual([0, 'Harbor Family Clinic'])
  })

  it('acts as anyone when unlocked by the recovery key, with that person\'s rights and no more', async () => {
    const { folder, recovery } = await closedClinic()
    const day = await cairn(['call', 'scheduling.listDay', '{"date":"2026-11-17"}', '--as', 'receptionist', '--unlock', recovery, '--data', folder])
    expect([day.code, JSON.parse(day.out).date]).toEqual([0, '2026-11-17'])
    const refused = await cairn(['call', 'scheduling.listDay', '{"date":"2026-11-17"}', '--as', 'pharmacist', '--unlock', recovery, '--data', folder])
    expect([refused.code, JSON.parse(refused.out)]).toEqual([1, { error: { code: 'FORBIDDEN' } }])
  })

  it('refuses a wrong password, bad input and an unknown procedure with a code and exit 1', async () => {
    const { folder, password, recovery } = await closedClinic()
    const call = (...args: string[]) => cairn(['call', ...args, '--as', 'administrator', '--data', folder])
    const guess = path.join(folder, 'guess.txt')
    fs.writeFileSync(guess, 'four loud stones')
    const wrong = await call('clinic.get', '{}', '--unlock', guess)
    expect([wrong.code, JSON.parse(wrong.out).error.code]).toEqual([1, 'SIGN_IN_REFUSED'])
    expect(JSON.parse((await call('scheduling.listDay', '{"date":"yesterday"}', '--unlock', recovery)).out)).toMatchObject({ error: { code: 'INVALID_INPUT', data: { issues: [{ path: ['date'] }] } } })
    expect(JSON.parse((await call('clinic.get', 'not json', '--unlock', password)).out)).toMatchObject({ error: { code: 'INVALID_INPUT' } })
    expect(JSON.parse((await call('constructor.name', '{}', '--unlock', password)).out)).toMatchObject({ error: { code: 'UNKNOWN_PROCEDURE' } })
  })

  it('refuses clearly while another process has the records open, and without a file to unlock with', async () => {
    const world = await makeWorld()
    const busy = await cairn(['call', 'clinic.get', '{}', '--as', 'administrator', '--data', world.folder])
    expect([busy.code, JSON.parse(busy.out)]).toEqual([1, { error: { code: 'IN_USE' } }])
    expect(busy.err).toContain('Close it')
    await world.core.close()
    const locked = await cairn(['call', 'clinic.get', '{}', '--as', 'administrator', '--data', world.folder])
    expect(JSON.parse(locked.out)).toEqual({ error: { code: 'UNLOCK_NEEDED' } })
  })

  it('explains its use and exits with 2 when it is called wrongly', async () => {
    expect((await cairn(['dance'])).code).toBe(2)
    expect((await cairn(['call', 'clinic.get', '--nonsense', '--data', '/nowhere'])).code).toBe(2)
    expect(await cairn(['help'])).toMatchObject({ code: 0, out: '' })
  })
})

describe('cairn doctor', () => {
  it('finds a healthy clinic healthy', async () => {
    const { folder, recovery } = await closedClinic()
    const { code, out } = await cairn(['doctor', '--unlock', recovery, '--data', folder])
    expect([code, JSON.parse(out).healthy]).toEqual([0, true])
  })

  it('names what is wrong: a broken page, a missing file, a torn keyring', async () => {
    const { folder, recovery } = await closedClinic()
    const database = path.join(folder, 'cairn.db')
    const bytes = fs.readFileSync(database)
    fs.writeFileSync(database, Buffer.concat([bytes.subarray(0, 5_000), Buffer.from([(bytes[5_000] ?? 0) ^ 1]), bytes.subarray(5_001)]))
    const broken = await cairn(['doctor', '--unlock', recovery, '--data', folder])
    expect([broken.code, broken.out.includes('restore the last backup') || broken.out.includes('DATABASE_DAMAGED')]).toEqual([1, true])
    fs.rmSync(database)
    expect((await cairn(['doctor', '--unlock', recovery, '--data', folder])).out).toContain('missing')
    for (const name of ['keyring.json', 'keyring.copy.json', 'keyring.spare.json']) fs.writeFileSync(path.join(folder, name), '{"v":1')
    expect((await cairn(['doctor', '--unlock', recovery, '--data', folder])).out).toContain('no copy is readable')
  })
})

describe('cairn rotate-key', () => {
  it('gives the records a new data key in an administrator\'s name and tells when', { timeout: 120_000 }, async () => {
    const { folder, recovery } = await closedClinic()
    const rotate = (as: string) => cairn(['rotate-key', '--as', as, '--unlock', recovery, '--data', folder])
    const before = readKeyring(folder).generation
    const refused = await rotate('nurse')
    expect([refused.code, JSON.parse(refused.out), readKeyring(folder).generation]).toEqual([1, { error: { code: 'FORBIDDEN' } }, before])
    const { code, out, err } = await rotate('administrator')
    expect([code, JSON.parse(out), readKeyring(folder).generation]).toEqual([0, { dataKeyAt: expect.any(String), seconds: expect.any(Number) }, before + 1])
    expect(err).toContain('100 %')
  })
})

describe('cairn bench', () => {
  it('times the reads people wait for and leaves no look in the activity log', async () => {
    const world = await makeWorld()
    const patientId = world.clinic.addPatient(world.core)
    const key = world.core.vault.dataKey ?? new Uint8Array(32)
    await world.core.close()
    const recovery = path.join(world.folder, 'recovery.txt')
    fs.writeFileSync(recovery, formatRecoveryKey(world.clinic.recoveryKey).join(' '))
    const { code, out } = await cairn(['bench', '--as', 'doctor', '--unlock', recovery, '--data', world.folder])
    expect([code, JSON.parse(out)]).toMatchObject([0, { patients: 1, chartMs: { median: expect.any(Number), p95: expect.any(Number) } }])
    const core = await openCore(world.folder)
    core.vault.open(key)
    expect(core.vault.reader.select().from(auditEvents).where(eq(auditEvents.patientId, patientId)).all()).toEqual([])
    await core.close()
  })
})
