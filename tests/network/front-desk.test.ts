import fs from 'node:fs'
import path from 'node:path'
import type { Database } from 'better-sqlite3'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { columnsOf } from '#main/core/sync/capture.ts'
import { syncedTables } from '#main/core/sync/tables.ts'
import type { Machine } from './support/machine.ts'
import { column, keyOf, one, reading } from './support/records.ts'
import { startClinic, type Clinic } from './support/start.ts'

// What a front desk's disk holds: nothing of the charts, neither of what was there when it came nor of what is written since.

const CANARY = 'Zebrafinch seven seven three one'

let clinic: Clinic

beforeEach(async () => {
  clinic = await startClinic()
})
afterEach(() => clinic.end())

it('puts no word of a chart on the disk of a front desk, neither with the copy nor with what comes after', async () => {
  const { host } = clinic
  const early = await frontDesk('early')
  await writeChart(host)
  const written = reading(host, (db) => columnsWith(db, CANARY))
  const late = await frontDesk('late')
  for (const desk of [early, late]) {
    await vi.waitFor(async () => expect((await desk.status()).cursor).toBe((await host.status()).cursor), { timeout: 20_000 })
    await desk.stop()
  }

  // Everywhere that a person of the clinic can write in a chart.
  expect(written).toEqual([
    'allergies.label', 'allergies.reaction', 'break_glass.explanation', 'clinical_notes.assessment', 'clinical_notes.objective', 'clinical_notes.plan', 'clinical_notes.subjective', 'diagnoses.label',
    'medication_statements.label', 'medication_statements.sig', 'note_addenda.text', 'note_copies.assessment', 'note_copies.objective', 'note_copies.plan', 'note_copies.subjective', 'problems.label',
  ])
  const words = reading(host, chartWords)
  expect(words.length).toBeGreaterThan(300)
  for (const desk of [early, late]) {
    const all = reading(desk, everything)
    expect(all.length).toBeGreaterThan(100_000)
    expect([CANARY, ...words].filter((word) => all.includes(word))).toEqual([])
    expect(reading(desk, (db) => clinicalTables.filter((table) => one<number>(db, `select count(*) from ${table}`) !== 0))).toEqual([])
    // And in no file, in whatever form: the records' key is the only thing that opens them.
    expect(filesWith(path.dirname(desk.data), CANARY)).toEqual([])
    expect(keyOf(desk)).not.toEqual(keyOf(host))
  }
})

async function frontDesk(name: string): Promise<Machine> {
  const machine = await clinic.machine(name)
  await clinic.host.letIn(machine, 'front-desk', `127.0.0.1:${clinic.host.port}`)
  await machine.start('node')
  await vi.waitFor(async () => expect(await machine.status()).toMatchObject({ link: 'connected' }), { timeout: 20_000 })
  return machine
}

/** Through the procedures that screens call, each word that they take. */
async function writeChart(host: Machine): Promise<void> {
  const [desk, doctor, colleague] = [await host.as('delgado'), await host.as('haddad'), await host.as('lee')]
  const id = (): string => crypto.randomUUID()
  const { noteId, patientId, providerId, strangerId } = reading(host, (db) => {
    const note = one<string>(db, `select n.id from clinical_notes n join user_accounts u on u.id = n.author_id where u.user_name = 'haddad' and n.status = 'signed' and n.sensitivity = 'normal' order by n.id limit 1`)
    const about = one<string>(db, 'select patient_id from clinical_notes where id = ?', note)
    return {
      noteId: note, patientId: about, providerId: one<string>(db, `select staff_id from user_accounts where user_name = 'haddad'`),
      strangerId: one<string>(db, `select id from patients where id not in (select patient_id from care_team_members c join user_accounts u on u.staff_id = c.staff_id where u.user_name = 'lee')
        and id not in (select patient_id from appointments a join user_accounts u on u.staff_id = a.provider_id where u.user_name = 'lee') and id not in (select patient_id from restricted_patients) order by id limit 1`),
    }
  })
  const concept = { system: null, code: null, label: CANARY }
  const words = { subjective: CANARY, objective: CANARY, assessment: CANARY, plan: CANARY }
  const now = new Date()
  now.setMinutes(0, 0, 0)
  const booked = await desk.scheduling.book({ id: id(), patientId, providerId, roomId: null, typeId: null, startsAt: new Date(now.getTime() + 23 * 3_600_000).toISOString(), durationMin: 5, reason: null })
  await desk.scheduling.arrive({ id: booked.id, version: booked.version })
  const encounter = await doctor.encounters.open({ appointmentId: booked.id })
  const draft = await doctor.encounters.saveDraft({ id: id(), encounterId: encounter.id, revision: 0, ...words })
  await doctor.encounters.keepCopy({ id: id(), noteId: draft.id, ...words })
  await doctor.encounters.addDiagnosis({ id: id(), encounterId: encounter.id, concept })
  await doctor.encounters.addProblem({ id: id(), patientId, concept })
  await doctor.encounters.addAllergy({ id: id(), patientId, concept, reaction: CANARY, severity: 'mild' })
  await doctor.encounters.addMedication({ id: id(), patientId, concept, sig: CANARY })
  await doctor.encounters.recordVitals({ encounterId: encounter.id, values: [{ kind: 'pulse', value: 80 }] })
  await doctor.encounters.addAddendum({ id: id(), noteId, text: CANARY })
  await colleague.access.breakGlass({ id: id(), patient: { id: strangerId }, reason: 'emergency', explanation: CANARY })
}

const clinicalTables = Object.entries(syncedTables).filter(([, { scope }]) => scope === 'clinical').map(([table]) => table)

function columnsWith(db: Database, word: string): string[] {
  return clinicalTables.flatMap((table) => columnsOf(db, table).filter(({ name }) => one<number>(db, `select count(*) from ${table} where ${name} = ?`, word) > 0).map(({ name }) => `${table}.${name}`)).toSorted()
}

/** What the charts of the clinic say, in sentences that stand nowhere but in a chart. */
function chartWords(db: Database): string[] {
  const texts = clinicalTables.flatMap((table) => columnsOf(db, table).flatMap(({ name }) => column<unknown>(db, `select distinct ${name} from ${table} where typeof(${name}) = 'text' and length(${name}) > 30 and instr(${name}, ' ') > 0`)))
  const elsewhere = everything(db, (table) => syncedTables[table]?.scope === 'admin')
  return [...new Set(texts.filter((text) => typeof text === 'string'))].filter((text) => !elsewhere.includes(text))
}

/** Every value of every table, those of the search tables as well, as one text. */
function everything(db: Database, which: (table: string) => boolean = () => true): string {
  const tables = column<string>(db, `select name from sqlite_master where type = 'table' and sql not like 'create virtual%'`).filter(which)
  return tables.flatMap((table) => db.prepare(`select * from "${table}"`).raw().all().map((row) => (row as unknown[]).map(textOf).join('\t'))).join('\n')
}

const textOf = (value: unknown): string => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value))

function filesWith(folder: string, word: string): string[] {
  const needles = [Buffer.from(word, 'utf8'), Buffer.from(word, 'utf16le')]
  return fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => needles.some((needle) => fs.readFileSync(file).includes(needle)))
}
