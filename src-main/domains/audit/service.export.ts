import { createHash, sign, type Hash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { setImmediate as nextTick } from 'node:timers/promises'
import type { ExportEvent, ExportInput } from '#shared/domains/audit/contract.ts'
import { csvLine } from '#shared/domains/audit/rules.ts'
import { CommonError, refuse, Refusal } from '#shared/rpc/errors.ts'
import { anchorsIn, fingerprintOf } from '#main/core/audit/anchors.ts'
import { chainColumns } from '#main/core/audit/chain.ts'
import { chainOf } from '#main/core/audit/keys.ts'
import type { Core } from '#main/core/core.ts'
import type { StreamContext } from '#main/core/rpc/context.ts'
import { exportRows, type ExportRow } from './repository.export.ts'
import { isDisclosed, queryOf, recordDisclosure } from './service.ts'

/** A piece takes a few milliseconds; between two of them everybody else is served. */
const PIECE = 500
const SCRIPT = 'verify-audit.mjs'

/**
 * The log, or the part of it that was asked for, in a new folder: CSV for people, the rows as the chain covers them, the
 * anchors, a signed manifest, and the program that checks all of it on any computer. It is written beside its place, then
 * recorded as a disclosure, then put there: nothing leaves unrecorded, and what is stopped half way leaves nothing.
 */
export async function* exportLog(context: StreamContext, input: ExportInput): AsyncGenerator<ExportEvent> {
  const { core, signal, read, transact } = context
  if (read(({ db }) => isDisclosed(db, input.id))) throw refuse('ID_USED')
  core.audit.flush()
  core.audit.anchor()
  const target = newFolder(input.folder, core.platform.now())
  const beside = `${target}.partial`
  try {
    writable(() => fs.mkdirSync(beside, { mode: 0o700 }))
    const written = yield* writeRows(context, beside, input)
    if (written.rows === 0) throw refuse('NOTHING_TO_EXPORT')
    if (signal.aborted) return
    const fingerprint = writable(() => writeProof(core, beside, input, written))
    transact('audit.exported', (writing) => {
      writing.audit({ ...(input.patientId ? { patientId: input.patientId } : {}), entityId: input.id, itemCount: written.rows })
      recordDisclosure(writing, {
        id: input.id, kind: 'export', document: 'audit-log', documentId: null, patientId: input.patientId, recipient: input.recipient, purpose: input.purpose, rowCount: written.rows,
      })
    })
    writable(() => fs.renameSync(beside, target))
    yield { kind: 'done', name: path.basename(target), rows: written.rows, fingerprint }
  } finally {
    fs.rmSync(beside, { recursive: true, force: true })
  }
}

interface Written { rows: number; firstSeq: number; lastSeq: number; hashes: Record<string, string> }

const csvHead = ['number', 'time (UTC)', 'what', 'outcome', 'person', 'roles', 'patient', 'MRN', 'from', 'reason', 'refusal', 'rows shown', 'about', 'session', 'command', 'device']

async function* writeRows({ core, read, signal }: StreamContext, folder: string, input: ExportInput): AsyncGenerator<ExportEvent, Written> {
  const files = { 'events.csv': openFile(folder, 'events.csv'), 'events.jsonl': openFile(folder, 'events.jsonl') }
  files['events.csv'].write(csvLine(csvHead))
  const { query, bounds } = read(({ db, zone }) => queryOf(db, zone, filterOf(input)))
  const written: Written = { rows: 0, firstSeq: 0, lastSeq: 0, hashes: {} }
  try {
    for (let after = bounds.lowest - 1; !signal.aborted;) {
      const piece = exportRows(core.vault.reader, query, bounds, after, PIECE)
      files['events.csv'].write(piece.map(csvRow).join(''))
      files['events.jsonl'].write(piece.map(({ cells, prev, mac }) => `${JSON.stringify({ row: cells, prev, mac })}\n`).join(''))
      written.rows += piece.length
      written.firstSeq ||= piece[0]?.seq ?? 0
      written.lastSeq = after = piece.at(-1)?.seq ?? after
      if (piece.length < PIECE) break
      yield { kind: 'progress', rows: written.rows }
      await nextTick()
    }
  } finally {
    for (const [name, file] of Object.entries(files)) written.hashes[name] = file.close()
  }
  return written
}

const filterOf = ({ id: _i, folder: _f, recipient: _r, purpose: _p, ...filter }: ExportInput) => filter

function csvRow({ cells, person, patient, mrn }: ExportRow): string {
  const cell = Object.fromEntries(chainColumns.map((name, at) => [name, cells[at] ?? null]))
  return csvLine([
    cell['seq'] ?? null, cell['at'] ?? null, cell['action'] ?? null, cell['outcome'] ?? null, person ?? cell['actor_id'] ?? null, cell['roles'] ?? null, patient, mrn,
    cell['door'] ?? null, cell['reason'] ?? null, cell['code'] ?? null, cell['item_count'] ?? null, cell['entity_id'] ?? null, cell['session_id'] ?? null,
    cell['command_id'] ?? null, cell['device_id'] ?? null,
  ])
}

/**
 * The manifest names every file by its hash and is signed. It carries the key of the macs: the rows can then be checked
 * one against the other, and who has it can still change nothing here (the signature) and nothing in the clinic (the
 * database is encrypted). The key of the searched words stays.
 */
function writeProof(core: Core, folder: string, input: ExportInput, { rows, firstSeq, lastSeq, hashes }: Written): string {
  const db = core.vault.reader
  const chain = chainOf(db)
  const anchors = anchorsIn(db)
  const filter = filterOf(input)
  const anchorFile = openFile(folder, 'anchors.jsonl')
  anchorFile.write(anchors.map((line) => `${JSON.stringify(line)}\n`).join(''))
  const script = fs.readFileSync(path.join(core.options.resourcesFolder, 'audit', SCRIPT))
  fs.writeFileSync(path.join(folder, SCRIPT), script, { mode: 0o600 })
  const manifest = JSON.stringify({
    format: 'cairn-audit-export-1', chain: chain.id, exportedAt: core.platform.now(), isWhole: Object.values(filter).every((value) => value === null), filter,
    rows, firstSeq, lastSeq, columns: chainColumns, macKey: chain.macKey.toString('hex'), publicKey: chain.publicKey.toString('base64'),
    recipient: input.recipient, purpose: input.purpose, files: { ...hashes, 'anchors.jsonl': anchorFile.close(), [SCRIPT]: createHash('sha256').update(script).digest('hex') },
  }, null, 1)
  fs.writeFileSync(path.join(folder, 'manifest.json'), manifest, { mode: 0o600 })
  fs.writeFileSync(path.join(folder, 'manifest.sig'), sign(null, Buffer.from(manifest), chain.signingKey).toString('base64'), { mode: 0o600 })
  const last = anchors.at(-1)
  return last ? fingerprintOf(last) : ''
}

interface HashedFile { write(text: string): void; close(): string }

/** Flushed when it is closed; answers with the hash of what was written. */
function openFile(folder: string, name: string): HashedFile {
  const file = fs.openSync(path.join(folder, name), 'wx', 0o600)
  const hash: Hash = createHash('sha256')
  return {
    write: (text) => {
      writable(() => fs.writeSync(file, text))
      hash.update(text)
    },
    close: () => {
      fs.fsyncSync(file)
      fs.closeSync(file)
      return hash.digest('hex')
    },
  }
}

/** "cairn-audit-20261117-150000": when, and nothing about whom. */
function newFolder(parent: string, now: string): string {
  if (!path.isAbsolute(parent) || !fs.statSync(parent, { throwIfNoEntry: false })?.isDirectory()) throw refuse('FOLDER_NOT_WRITABLE')
  const name = `cairn-audit-${now.slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}`
  for (let copy = 1; ; copy += 1) {
    const folder = path.join(parent, copy === 1 ? name : `${name}-${copy}`)
    if (!fs.existsSync(folder) && !fs.existsSync(`${folder}.partial`)) return folder
  }
}

/** Errors of the file system as refusals; a short write never passes for a whole file, because the hash would not fit. */
function writable<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (error instanceof Refusal || code === undefined) throw error
    throw refuse(code === 'ENOSPC' || code === 'EDQUOT' ? CommonError.DISK_FULL : 'FOLDER_NOT_WRITABLE')
  }
}
