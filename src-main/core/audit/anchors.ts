import { createHash, sign, verify, type KeyObject } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { asc, desc } from 'drizzle-orm'
import * as z from 'zod'
import { auditAnchors, auditEvents } from '#drizzle/schema/audit.ts'
import { paperFingerprint } from '#shared/domains/audit/rules.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { ReadDb, WriteDb } from '../db/types.ts'
import { chainOf, type Chain } from './keys.ts'

/** "At this moment the log ended here", signed by the machine. Mac and signature in hexadecimal and base64, as in the file. */
const Line = z.strictObject({ chain: z.uuid(), seq: z.int().min(1), mac: z.string().regex(/^[0-9a-f]{64}$/), at: z.string().max(40), signature: z.string().max(120) })
export type AnchorLine = z.infer<typeof Line>

/** Outside the database, so that a log that was cut off or put back from an older copy gives itself away. No patient data. */
export const anchorsFile = (folder: string): string => path.join(folder, 'anchors.log')

/** The first anchor line names the format; the stand-alone verifier builds the same text. */
const signedText = ({ chain, seq, mac, at }: Omit<AnchorLine, 'signature'>): Buffer => Buffer.from(JSON.stringify(['cairn-anchor-1', chain, seq, mac, at]))

export const hasGoodSignature = (key: KeyObject, line: AnchorLine): boolean => verify(null, signedText(line), key, Buffer.from(line.signature, 'base64'))

export const fingerprintOf = ({ chain, seq, mac }: Pick<AnchorLine, 'chain' | 'seq' | 'mac'>): string =>
  paperFingerprint(createHash('sha256').update(`${chain}:${seq}:${mac}`).digest())

/** Signs the last row, unless it is signed already. */
export function writeAnchor(db: WriteDb, at: Instant): AnchorLine | undefined {
  const head = db.select({ seq: auditEvents.seq, mac: auditEvents.mac }).from(auditEvents).orderBy(desc(auditEvents.seq)).limit(1).get()
  const last = lastAnchor(db)
  if (!head?.mac || (last && last.seq >= head.seq)) return undefined
  const line = signed(chainOf(db), { seq: head.seq, mac: head.mac.toString('hex'), at })
  db.insert(auditAnchors).values({ seq: line.seq, chainId: line.chain, mac: head.mac, at, signature: Buffer.from(line.signature, 'base64') }).run()
  return line
}

function signed(chain: Chain, about: Pick<AnchorLine, 'seq' | 'mac' | 'at'>): AnchorLine {
  const line = { chain: chain.id, ...about }
  return { ...line, signature: sign(null, signedText(line), chain.signingKey).toString('base64') }
}

export function lastAnchor(db: ReadDb): AnchorLine | undefined {
  const row = db.select().from(auditAnchors).orderBy(desc(auditAnchors.seq)).limit(1).get()
  return row && toLine(row)
}

/** The newest, oldest of them first. */
export const lastAnchors = (db: ReadDb, count: number): AnchorLine[] => db.select().from(auditAnchors).orderBy(desc(auditAnchors.seq)).limit(count).all().map(toLine).toReversed()

export const anchorsIn = (db: ReadDb): AnchorLine[] => db.select().from(auditAnchors).orderBy(asc(auditAnchors.seq)).all().map(toLine)

export function appendAnchors(folder: string, lines: readonly AnchorLine[]): void {
  if (lines.length === 0) return
  const file = fs.openSync(anchorsFile(folder), 'a+', 0o600)
  try {
    dropTornLine(file)
    fs.writeSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    fs.fsyncSync(file)
  } finally {
    fs.closeSync(file)
  }
}

/** More than a line and less than a page of them. */
const LINE_BYTES = 4_096

/** What a power cut left half written would spoil the next line; the database has that anchor too. */
function dropTornLine(file: number): void {
  const { size } = fs.fstatSync(file)
  const from = Math.max(0, size - LINE_BYTES)
  const end = Buffer.alloc(size - from)
  fs.readSync(file, end, 0, end.length, from)
  const whole = from + end.lastIndexOf(0x0a) + 1
  if (whole < size) fs.ftruncateSync(file, whole)
}

export interface AnchorFile {
  lines: AnchorLine[]
  /** Lines that are no anchors. The last one may be half written after a power cut, and does not count. */
  unreadable: number
}

/** Enough for the last few days; six years are some megabytes. */
const TAIL_BYTES = 65_536

/** Undefined when there is no file. `tail`: its last lines only, for a start that waits for nothing. */
export function readAnchorFile(folder: string, span: 'all' | 'tail' = 'all'): AnchorFile | undefined {
  let text: string
  try {
    text = span === 'all' ? fs.readFileSync(anchorsFile(folder), 'utf8') : endOf(anchorsFile(folder))
  } catch {
    return undefined
  }
  const whole = text.split('\n').slice(0, -1).filter((line) => line !== '')
  const lines = whole.flatMap((line) => parseLine(line) ?? [])
  return { lines, unreadable: whole.length - lines.length }
}

function endOf(path: string): string {
  const file = fs.openSync(path, 'r')
  try {
    const { size } = fs.fstatSync(file)
    const end = Buffer.alloc(Math.min(size, TAIL_BYTES))
    fs.readSync(file, end, 0, end.length, size - end.length)
    const text = end.toString('utf8')
    return size > TAIL_BYTES ? text.slice(text.indexOf('\n') + 1) : text
  } finally {
    fs.closeSync(file)
  }
}

function parseLine(text: string): AnchorLine | undefined {
  try {
    return Line.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

const toLine = (row: typeof auditAnchors.$inferSelect): AnchorLine => ({
  chain: row.chainId, seq: row.seq, mac: row.mac.toString('hex'), at: row.at, signature: row.signature.toString('base64'),
})
