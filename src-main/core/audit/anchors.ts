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

export const anchorsIn = (db: ReadDb): AnchorLine[] => db.select().from(auditAnchors).orderBy(asc(auditAnchors.seq)).all().map(toLine)

export function appendAnchors(folder: string, lines: readonly AnchorLine[]): void {
  if (lines.length === 0) return
  const file = fs.openSync(anchorsFile(folder), 'a', 0o600)
  try {
    fs.writeSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    fs.fsyncSync(file)
  } finally {
    fs.closeSync(file)
  }
}

export interface AnchorFile {
  lines: AnchorLine[]
  /** Lines that are no anchors. The last one may be half written after a power cut, and does not count. */
  unreadable: number
}

/** Undefined when there is no file. */
export function readAnchorFile(folder: string): AnchorFile | undefined {
  let text: string
  try {
    text = fs.readFileSync(anchorsFile(folder), 'utf8')
  } catch {
    return undefined
  }
  const whole = text.split('\n').slice(0, -1).filter((line) => line !== '')
  const lines = whole.flatMap((line) => parseLine(line) ?? [])
  return { lines, unreadable: whole.length - lines.length }
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
