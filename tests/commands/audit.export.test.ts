import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { ExportEvent, ExportInput } from '#shared/domains/audit/contract.ts'
import type { Role } from '#shared/access/roles.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import { Refusal } from '#shared/rpc/errors.ts'
import { addEvents, withoutGuards } from '#tests/support/audit.ts'
import { makeWorld, refusalOf, type World } from '#tests/support/world.ts'

function target(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-export-'))
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }))
  return folder
}

interface Wish extends Partial<Omit<ExportInput, 'folder'>> { folder: string }

async function exported(world: World, wish: Wish, client: CairnClient = world.as('administrator')): Promise<{ folder: string; done: Extract<ExportEvent, { kind: 'done' }> }> {
  for await (const event of await client.audit.export({ id: world.core.platform.newId(), recipient: 'Dana Reyes, auditor', purpose: 'Yearly review', ...wish })) {
    if (event.kind === 'done') return { folder: path.join(wish.folder, event.name), done: event }
  }
  throw new Error('the export did not end')
}

/** On plain Node and with nothing but the folder, as an auditor runs it. */
function check(folder: string, ...more: string[]): { status: number | null; finding: { kind: string; seq: number } | null; said: string } {
  const script = path.join(folder, 'verify-audit.mjs')
  const json = spawnSync(process.execPath, [script, '--json', ...more], { encoding: 'utf8', cwd: os.tmpdir() })
  const said = spawnSync(process.execPath, [script, ...more], { encoding: 'utf8', cwd: os.tmpdir() })
  return { status: json.status, finding: json.stdout ? (JSON.parse(json.stdout) as { finding: { kind: string; seq: number } | null }).finding : null, said: said.stdout + said.stderr } // The script's own format.
}

async function verifiedHere(world: World): Promise<unknown> {
  let finding: unknown
  for await (const event of await world.as('administrator').audit.verify({})) if (event.kind === 'done') finding = event.verification.finding
  return finding
}

const disclosed = async (world: World) => (await world.as('administrator').audit.disclosures({})).rows

describe('audit.export', () => {
  it('R24: writes a folder that checks itself anywhere, and a disclosure with the same number of rows', async () => {
    const world = await makeWorld()
    const patientId = world.clinic.addPatient(world.core)
    addEvents(world, 1_200, { patientId })
    const { folder, done } = await exported(world, { folder: target() })
    expect(fs.readdirSync(folder).toSorted()).toEqual(['anchors.jsonl', 'events.csv', 'events.jsonl', 'manifest.json', 'manifest.sig', 'verify-audit.mjs'])
    expect(fs.readFileSync(path.join(folder, 'events.jsonl'), 'utf8').trim().split('\n')).toHaveLength(done.rows)
    expect(await disclosed(world)).toMatchObject([{ kind: 'export', document: 'audit-log', rowCount: done.rows, recipient: 'Dana Reyes, auditor', purpose: 'Yearly review', actorName: 'Olive Brandt' }])
    const { status, said } = check(folder, '--fingerprint', done.fingerprint)
    expect(said).toContain('Everything fits')
    expect(status).toBe(0)
    expect(check(folder, '--fingerprint', 'AAAA-AAAA-AAAA')).toMatchObject({ status: 1, finding: { kind: 'fingerprint' } })
  })

  it('R24: a part of the log is checked row by row', async () => {
    const world = await makeWorld()
    const patientId = world.clinic.addPatient(world.core)
    addEvents(world, 5)
    addEvents(world, 3, { patientId })
    addEvents(world, 5)
    addEvents(world, 2, { patientId, actorId: world.clinic.people.nurse.userId })
    const { folder, done } = await exported(world, { folder: target(), patientId })
    expect(done.rows).toBe(5)
    expect(check(folder)).toMatchObject({ status: 0, finding: null })
    expect((await world.as('administrator').audit.disclosures({ patientId })).rows).toMatchObject([{ patientId, rowCount: 5 }])
    const file = path.join(folder, 'events.jsonl')
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('chart.opened', 'chart.closed'))
    expect(check(folder)).toMatchObject({ status: 1, finding: { kind: 'altered' } })
  })

  it.each([
    ['an altered row', `update audit_events set at = '2020-01-01T00:00:00.000Z' where seq = 17`, { kind: 'altered', seq: 17 }],
    ['a missing row', 'delete from audit_events where seq = 17', { kind: 'missing', seq: 17 }],
    ['an inserted row', `update audit_events set seq = -seq where seq >= 17; update audit_events set seq = -seq + 1 where seq < 0; insert into audit_events (seq, at, action, outcome, door, mac) values (17, 'x', 'x', 'done', 'x', randomblob(32))`, { kind: 'inserted', seq: 17 }],
    ['two rows in each other’s place', `create temp table taken as select * from audit_events where seq in (17, 23); update audit_events set (at, action, outcome, actor_id, session_id, door, command_id, patient_id, entity_id, code, roles, device_id, reason, item_count, item_ids, terms, before_hash, after_hash, mac) = (select at, action, outcome, actor_id, session_id, door, command_id, patient_id, entity_id, code, roles, device_id, reason, item_count, item_ids, terms, before_hash, after_hash, mac from taken where taken.seq <> audit_events.seq) where seq in (17, 23)`, { kind: 'reordered', seq: 17 }],
    ['a replaced anchor', 'update audit_anchors set signature = randomblob(64) where seq = (select min(seq) from audit_anchors)', { kind: 'anchor', seq: 20 }],
  ])('R07: the stand-alone verifier agrees with Verify on %s', { timeout: 90_000 }, async (_what, tampering, finding) => {
    const world = await makeWorld()
    for (let i = 0; i < 20; i += 1) {
      world.clock.advanceMinutes(1)
      addEvents(world, 1)
    }
    world.core.audit.anchor()
    for (let i = 0; i < 20; i += 1) {
      world.clock.advanceMinutes(1)
      addEvents(world, 1)
    }
    withoutGuards(world.core.vault.writer)
    world.core.vault.writer.$client.exec(tampering)
    const { folder } = await exported(world, { folder: target() })
    expect(await verifiedHere(world)).toEqual(finding)
    expect(check(folder)).toMatchObject({ status: 1, finding })
  })

  it('R07: an export that is changed on its way is not whole: rows cut off, the manifest, another file', async () => {
    const world = await makeWorld()
    addEvents(world, 30)
    const { folder } = await exported(world, { folder: target() })
    const altered = (name: string, change: (text: string) => string) => {
      const copy = `${folder}-${name.replaceAll('.', '-')}`
      fs.cpSync(folder, copy, { recursive: true })
      fs.writeFileSync(path.join(copy, name), change(fs.readFileSync(path.join(copy, name), 'utf8')))
      return check(copy)
    }
    expect(altered('events.jsonl', (text) => `${text.trim().split('\n').slice(0, -3).join('\n')}\n`)).toMatchObject({ status: 1, finding: { kind: 'truncated' } })
    expect(altered('manifest.json', (text) => text.replace('Yearly review', 'Weekly review'))).toMatchObject({ status: 1, finding: { kind: 'signature' } })
    expect(altered('events.csv', (text) => text.replace('chart.opened', 'chart.closed'))).toMatchObject({ status: 1, finding: { kind: 'file' } })
    expect(altered('manifest.json', () => '{')).toMatchObject({ status: 2 })
  })

  it('lets no cell of the CSV begin like a formula', async () => {
    const world = await makeWorld()
    const patientId = world.clinic.addPatient(world.core, { familyName: '=HYPERLINK("http://x")', givenName: '"quoted"' })
    addEvents(world, 1, { patientId, entityId: '@SUM(A1)', reason: '-2+3' })
    const { folder } = await exported(world, { folder: target(), patientId })
    const csv = fs.readFileSync(path.join(folder, 'events.csv'), 'utf8')
    expect(csv).toContain(`"'=HYPERLINK(""http://x""), ""quoted"""`)
    expect(csv).toContain(`"'@SUM(A1)"`)
    expect(csv).toContain(`"'-2+3"`)
    expect(csv).not.toMatch(/(^|,)"[=+\-@\t]/m)
  })

  it('R31: asks for the password again when the last proof is older than five minutes', async () => {
    const world = await makeWorld()
    const administrator = world.as('administrator')
    world.clock.advanceMinutes(6)
    expect(await refusalOf(exported(world, { folder: target() }, administrator))).toMatchObject({ code: 'REAUTH' })
    expect(await disclosed(world)).toEqual([])
  })

  it.each(['doctor', 'nurse', 'receptionist', 'billing', 'pharmacist'] satisfies Role[])('is closed to %s', async (role) => {
    const world = await makeWorld()
    expect(await refusalOf(exported(world, { folder: target() }, world.as(role)))).toMatchObject({ code: 'FORBIDDEN' })
    expect(await refusalOf(world.as(role).audit.disclosures({}))).toMatchObject({ code: 'FORBIDDEN' })
  })

  it('refuses a folder that is none, filters that match nothing, and an id that was used; nothing is left behind', async () => {
    const world = await makeWorld()
    const folder = target()
    expect(await refusalOf(exported(world, { folder: path.join(folder, 'nowhere') }))).toMatchObject({ code: 'FOLDER_NOT_WRITABLE' })
    expect(await refusalOf(exported(world, { folder: 'relative' }))).toMatchObject({ code: 'FOLDER_NOT_WRITABLE' })
    expect(await refusalOf(exported(world, { folder, action: 'nothing.like-this' }))).toMatchObject({ code: 'NOTHING_TO_EXPORT' })
    expect(fs.readdirSync(folder)).toEqual([])
    const id = world.core.platform.newId()
    await exported(world, { folder, id })
    expect(await refusalOf(exported(world, { folder, id }))).toMatchObject({ code: 'ID_USED' })
    expect(fs.readdirSync(folder)).toHaveLength(1)
    expect(await disclosed(world)).toHaveLength(1)
  })

  it('leaves nothing when it is stopped half way, and is then no disclosure', async () => {
    const world = await makeWorld()
    addEvents(world, 3_000)
    const folder = target()
    const stop = new AbortController()
    const input = { id: world.core.platform.newId(), folder, recipient: 'Dana Reyes', purpose: 'Review' }
    for await (const event of await world.as('administrator').audit.export(input, { signal: stop.signal })) if (event.kind === 'progress') stop.abort()
    expect(fs.readdirSync(folder)).toEqual([])
    expect(await disclosed(world)).toEqual([])
  })

  it('leaves nothing when it cannot be recorded', async () => {
    const world = await makeWorld()
    const folder = target()
    const administrator = world.as('administrator')
    world.core.vault.writer.$client.exec(`create temp trigger full before insert on main.disclosures begin select raise(abort, 'no room'); end`)
    const outcome = await exported(world, { folder }, administrator).catch((error: unknown) => error)
    expect(outcome).toBeInstanceOf(Refusal)
    expect(fs.readdirSync(folder)).toEqual([])
  })
})
