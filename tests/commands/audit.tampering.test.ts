import { describe, expect, it } from 'vitest'
import type { Finding } from '#shared/domains/audit/model.ts'
import { readAnchorFile, type AnchorFile } from '#main/core/audit/anchors.ts'
import { verifyChain, type Checked } from '#main/core/audit/verify.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import { addEvents, withoutGuards } from '#tests/support/audit.ts'
import { makeWorld } from '#tests/support/world.ts'

const ROWS = 90
const ANCHOR_EVERY = 30
const TAMPERINGS = 1_000

function verifiedNow(db: WriteDb, file: AnchorFile | undefined): Checked {
  const walk = verifyChain(db, file, 'all')
  let step = walk.next()
  while (!step.done) step = walk.next()
  return step.value
}

/** A log with anchors, open to somebody who has the data key and a database tool. */
async function openLog() {
  const world = await makeWorld()
  const patientId = world.clinic.addPatient(world.core)
  while ((world.core.vault.reader.$client.prepare('select max(seq) from audit_events').pluck().get() as number | null ?? 0) < ROWS) { // One number.
    for (let i = 0; i < ANCHOR_EVERY; i += 1) {
      world.clock.advanceMinutes(1)
      addEvents(world, 1, { patientId, roles: ['doctor'], itemIds: [patientId], terms: ['lopez'] })
    }
    world.core.audit.anchor()
  }
  addEvents(world, 15)
  const db = world.core.vault.writer
  withoutGuards(db)
  const rows = db.$client.prepare('select max(seq) from audit_events').pluck().get() as number // One number.
  return { world, db, rows, file: readAnchorFile(world.folder), run: (sql: string, ...given: unknown[]) => db.$client.prepare(sql).run(...given) }
}

/** Always the same sequence, so that a failure can be seen again; printed with each failure. */
function dice(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 4_294_967_296) * below)
  }
}

const texts = ['at', 'action', 'actor_id', 'session_id', 'door', 'command_id', 'patient_id', 'entity_id', 'code', 'roles', 'device_id', 'reason', 'item_ids', 'terms', 'before_hash', 'after_hash']
const contents = [...texts, 'outcome', 'item_count'].join(', ')
type Run = (sql: string, ...given: unknown[]) => unknown
interface Tampering { name: string; does: (run: Run, at: number, other: number) => void; expected: (at: number, other: number) => Finding | undefined }

const shiftDown = (run: Run, from: number): void => {
  run('update audit_events set seq = -seq where seq > ?', from)
  run('update audit_events set seq = -seq - 1 where seq < 0')
}
const exchange = (run: Run, columns: string, a: number, b: number): void => {
  run(`create temp table taken as select * from audit_events where seq in (${a}, ${b})`)
  const pair = columns.split(', ').map((name) => `${name} = (select ${name} from taken where taken.seq <> audit_events.seq)`).join(', ')
  run(`update audit_events set ${pair} where seq in (?, ?)`, a, b)
  run('drop table taken')
}

const tamperings: Tampering[] = [
  { name: 'flip a character', does: (run, at, other) => run(`update audit_events set ${texts[other % texts.length]} = coalesce(${texts[other % texts.length]}, '') || 'x' where seq = ?`, at), expected: (seq) => ({ kind: 'altered', seq }) },
  { name: 'change an outcome', does: (run, at) => run(`update audit_events set outcome = case outcome when 'done' then 'seen' else 'done' end where seq = ?`, at), expected: (seq) => ({ kind: 'altered', seq }) },
  { name: 'change a number', does: (run, at) => run('update audit_events set item_count = coalesce(item_count, 0) + 1 where seq = ?', at), expected: (seq) => ({ kind: 'altered', seq }) },
  { name: 'flip a bit of a mac', does: (run, at) => run(`update audit_events set mac = randomblob(32) where seq = ?`, at), expected: (seq) => ({ kind: 'altered', seq }) },
  { name: 'delete a row', does: (run, at) => run('delete from audit_events where seq = ?', at), expected: (seq) => ({ kind: 'missing', seq }) },
  { name: 'delete a row and close up', does: (run, at) => { run('delete from audit_events where seq = ?', at); shiftDown(run, at) }, expected: (seq) => ({ kind: 'missing', seq }) },
  {
    name: 'insert a row and push down', expected: (seq) => ({ kind: 'inserted', seq }),
    does: (run, at) => {
      run('update audit_events set seq = -seq where seq >= ?', at)
      run('update audit_events set seq = -seq + 1 where seq < 0')
      run(`insert into audit_events (seq, at, action, outcome, door, mac) values (?, '2026-11-17T15:00:00.000Z', 'chart.opened', 'seen', 'window', randomblob(32))`, at)
    },
  },
  { name: 'insert before the first', does: (run) => run(`insert into audit_events (seq, at, action, outcome, door, mac) values (0, 'x', 'chart.opened', 'seen', 'window', randomblob(32))`), expected: () => ({ kind: 'inserted', seq: 0 }) },
  { name: 'take a mac away', does: (run, at) => run('update audit_events set mac = null where seq = ?', at), expected: (seq) => ({ kind: 'inserted', seq }) },
  { name: 'exchange two rows with their macs', does: (run, at, other) => exchange(run, `${contents}, mac`, at, other), expected: (at, other) => ({ kind: 'reordered', seq: Math.min(at, other) }) },
  { name: 'exchange what two rows say', does: (run, at, other) => exchange(run, contents, at, other), expected: (at, other) => ({ kind: 'reordered', seq: Math.min(at, other) }) },
  { name: 'cut the end off', does: (run, at) => run('delete from audit_events where seq >= ?', at), expected: (seq) => ({ kind: 'truncated', seq }) },
  {
    name: 'cut the end off and the numbers given', expected: (seq) => ({ kind: 'truncated', seq }),
    does: (run, at) => {
      const cut = Math.min(at, ROWS)
      run('delete from audit_events where seq >= ?', cut)
      run(`update sqlite_sequence set seq = ? where name = 'audit_events'`, cut - 1)
    },
  },
  { name: 'replace an anchor', does: (run, at) => run('update audit_anchors set mac = randomblob(32), signature = randomblob(64) where seq = (select min(seq) from audit_anchors where seq >= ?)', at), expected: () => undefined },
  { name: 'move an anchor', does: (run, at) => run('update audit_anchors set seq = seq - 1 where seq = (select min(seq) from audit_anchors where seq >= ?)', at), expected: () => undefined },
  { name: 'remove an anchor', does: (run, at) => run('delete from audit_anchors where seq = (select min(seq) from audit_anchors where seq >= ?)', at), expected: () => undefined },
  { name: 'exchange the keys', does: (run) => run('update audit_chains set mac_key = randomblob(32)'), expected: () => ({ kind: 'altered', seq: 1 }) },
]

describe('R07 F17: a changed log', () => {
  it(`R07 F17: ${TAMPERINGS} random tamperings are found ${TAMPERINGS} times, each at its row`, { timeout: 300_000 }, async () => {
    const { db, rows, file, run } = await openLog()
    expect(verifiedNow(db, file)).toMatchObject({ rows, finding: null })
    const roll = dice(20_261_117)
    const missed: string[] = []
    for (let i = 0; i < TAMPERINGS; i += 1) {
      const tampering = tamperings[i % tamperings.length] as Tampering // Within the list.
      // An anchor is signed for each of the first rows; the very last may have none behind it.
      const [at, other] = [1 + roll(ROWS - 1), 1 + roll(ROWS - 1)]
      const apart = other === at ? at + 1 : other
      db.$client.exec('savepoint tampering')
      tampering.does(run, at, apart)
      const { finding } = verifiedNow(db, file)
      db.$client.exec('rollback to tampering; release tampering')
      const expected = tampering.name.startsWith('cut the end off and') ? tampering.expected(Math.min(at, ROWS), apart) : tampering.expected(at, apart)
      const isFound = finding !== null && (expected === undefined || (finding.seq === expected.seq && finding.kind === expected.kind))
      if (!isFound) missed.push(`${i} ${tampering.name} at ${at}, ${apart}: ${JSON.stringify(finding)} for ${JSON.stringify(expected)}`)
    }
    expect(missed).toEqual([])
    expect(verifiedNow(db, file)).toMatchObject({ rows, finding: null })
  })
})
