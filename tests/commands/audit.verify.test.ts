import { setImmediate as nextTick } from 'node:timers/promises'
import fs from 'node:fs'
import { describe, expect, it } from 'vitest'
import { auditAnchors } from '#drizzle/schema/audit.ts'
import type { VerifyEvent } from '#shared/domains/audit/contract.ts'
import { anchorsFile, readAnchorFile } from '#main/core/audit/anchors.ts'
import { addEvents, withoutGuards } from '#tests/support/audit.ts'
import { makeWorld, openCore, refusalOf, type World } from '#tests/support/world.ts'

/** Verify starts a thread each time, which takes a while where others use the machine. */
const WITH_THREADS = { timeout: 90_000 }

async function verified(world: World): Promise<VerifyEvent> {
  let last: VerifyEvent | undefined
  for await (const event of await world.as('administrator').audit.verify({})) last = event
  if (!last) throw new Error('Verify said nothing')
  return last
}

/** As a start after this moment finds it. */
async function startAgain(world: World, meanwhile: () => void = () => undefined) {
  const key = world.core.vault.dataKey ?? new Uint8Array(32)
  await world.core.close()
  meanwhile()
  const core = await openCore(world.folder, world.clock)
  core.vault.open(key)
  while (!core.audit.tail) await nextTick()
  const { tail } = core.audit
  return { core, tail, close: () => core.close() }
}

const anchorSeqs = (world: World): number[] => world.core.vault.reader.select({ seq: auditAnchors.seq }).from(auditAnchors).all().map((row) => row.seq)
const anchored = async (world: World, more: number): Promise<void> => {
  while (anchorSeqs(world).length < more) await nextTick()
}

describe('audit.verify and audit.state', () => {
  it('R07: finds a whole log whole, tells how far it is, and writes down who looked', WITH_THREADS, async () => {
    const world = await makeWorld()
    addEvents(world, 2_600)
    const pieces: VerifyEvent[] = []
    const administrator = world.as('administrator')
    for await (const event of await administrator.audit.verify({})) pieces.push(event)
    expect(pieces.at(-1)).toMatchObject({ kind: 'done', verification: { span: 'all', finding: null } })
    expect(pieces.filter((event) => event.kind === 'progress').map((event) => event.done)).toEqual([2_000])
    expect(await administrator.audit.state({})).toMatchObject({ full: { finding: null, byName: 'Olive Brandt' }, anchor: { fingerprint: expect.stringMatching(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$/) } })
    expect(await refusalOf(world.as('doctor').audit.state({}))).toMatchObject({ code: 'FORBIDDEN' })
  })

  it('R07: names the first row that is wrong, and keeps what it found', WITH_THREADS, async () => {
    const world = await makeWorld()
    addEvents(world, 50)
    withoutGuards(world.core.vault.writer)
    world.core.vault.writer.$client.exec(`update audit_events set actor_id = null where seq in (30, 20)`)
    expect(await verified(world)).toMatchObject({ verification: { finding: { kind: 'altered', seq: 20 }, rows: 19 } })
    expect(await world.as('administrator').audit.state({})).toMatchObject({ full: { finding: { kind: 'altered', seq: 20 } } })
  })

  it('can be stopped, and then has found nothing out', WITH_THREADS, async () => {
    const world = await makeWorld()
    addEvents(world, 5_000)
    const stop = new AbortController()
    const seen: VerifyEvent[] = []
    const administrator = world.as('administrator')
    for await (const event of await administrator.audit.verify({}, { signal: stop.signal })) {
      seen.push(event)
      stop.abort()
    }
    expect(seen.map((event) => event.kind)).toEqual(['progress'])
    expect((await administrator.audit.state({})).full).toBeNull()
  })
})

describe('R07: anchors', () => {
  it('R07: are signed after a thousand events and after an hour, and stand in the file too', async () => {
    const world = await makeWorld()
    const doctor = world.as('doctor')
    addEvents(world, 990)
    for (let i = 0; i < 50; i += 1) await doctor.scheduling.listDay({ date: '2026-11-17' }).then(() => world.as('doctor'))
    for (let i = 0; i < 50; i += 1) await refusalOf(doctor.audit.list({}))
    await anchored(world, 1)
    world.clock.advanceMinutes(61)
    await refusalOf(doctor.audit.list({}))
    await anchored(world, 2)
    expect(readAnchorFile(world.folder)?.lines.map((line) => line.seq)).toEqual(anchorSeqs(world))
    expect(anchorSeqs(world)[0]).toBeGreaterThanOrEqual(1_000)
    expect(fs.statSync(anchorsFile(world.folder)).mode & 0o077).toBe(0)
  })

  it('R07: a start looks through the events since the last one', async () => {
    const world = await makeWorld()
    addEvents(world, 20)
    const { tail, close } = await startAgain(world)
    expect(tail).toMatchObject({ span: 'tail', finding: null })
    await close()
  })

  it('R07: an older copy of the database gives itself away by the file, at the next start', async () => {
    const world = await makeWorld()
    addEvents(world, 20)
    world.core.audit.anchor()
    world.core.vault.writer.$client.pragma('wal_checkpoint(TRUNCATE)')
    const older = fs.readFileSync(world.core.vault.file)
    addEvents(world, 20)
    const { tail, core, close } = await startAgain(world, () => fs.writeFileSync(world.core.vault.file, older))
    expect(tail.finding).toEqual({ kind: 'truncated', seq: 21 })
    expect(core.audit.tail?.finding).toEqual(tail.finding)
    await close()
  })

  it('R07: a file that was emptied is named once and written anew from the signed ones', WITH_THREADS, async () => {
    const world = await makeWorld()
    for (let i = 0; i < 3; i += 1) {
      addEvents(world, 5)
      world.core.audit.anchor()
    }
    fs.writeFileSync(anchorsFile(world.folder), '')
    expect(await verified(world)).toMatchObject({ verification: { finding: { kind: 'anchor-file' } } })
    expect(await verified(world)).toMatchObject({ verification: { finding: null } })
    fs.appendFileSync(anchorsFile(world.folder), '{"chain":"half a li')
    expect(await verified(world)).toMatchObject({ verification: { finding: null } })
    expect(await verified(world)).toMatchObject({ verification: { finding: null } })
  })

  it('R07: who writes the whole log anew, with its key, is found at the first anchor', WITH_THREADS, async () => {
    const world = await makeWorld()
    addEvents(world, 20)
    world.core.audit.anchor()
    addEvents(world, 5)
    const { writer } = world.core.vault
    withoutGuards(writer)
    // Everything after the fifth event again, by the program's own writer: every mac fits.
    writer.$client.exec(`delete from audit_events where seq > 5; update sqlite_sequence set seq = 5 where name = 'audit_events'`)
    addEvents(world, 20, { action: 'something.else' })
    expect(await verified(world)).toMatchObject({ verification: { finding: { kind: 'anchor' } } })
  })
})
