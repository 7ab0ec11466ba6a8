#!/usr/bin/env node
// Checks an export of Cairn's activity log on any computer with Node 20 or newer. It needs nothing else and no network.
//
//   node verify-audit.mjs [FOLDER] [--anchors FILE] [--fingerprint XXXX-XXXX-XXXX] [--json]
//
// FOLDER       the export; without it, the folder this program lies in
// --anchors    a copy of the clinic's anchors.log, kept elsewhere: shows whether the log was cut off or put back
// --fingerprint  twelve characters noted on paper: shows whether the log still holds that moment
//
// Ends with 0 when everything fits, 1 when something does not, 2 when the folder is no export.
import { createHash, createHmac, createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'

const NO_MAC = Buffer.alloc(32)
const NEARBY = 5_000
const CLOSED_UP = 20
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

const words = {
  altered: (seq) => `Event ${seq} is not what was written: it was altered.`,
  missing: (seq) => `Event ${seq} is missing: it was taken out.`,
  inserted: (seq) => `Event ${seq} was inserted later.`,
  reordered: (seq) => `Event ${seq} stands in another's place: events were reordered.`,
  truncated: (seq) => `The log was cut off: events from ${seq} on are gone.`,
  anchor: (seq) => `The signed anchor at event ${seq} does not fit the log: one of them was changed.`,
  signature: () => 'The signature of the export does not fit: manifest.json was changed.',
  file: (_seq, name) => `${name} is not the file that was exported.`,
  fingerprint: (_seq, name) => `No anchor in this export has the fingerprint ${name}.`,
}

/** One text for one row: its cells without the empty ones at the end. */
function canonical(cells) {
  let length = cells.length
  while (length > 0 && cells[length - 1] === null) length -= 1
  return JSON.stringify(cells.slice(0, length))
}

const macOf = (key, before, cells) => createHmac('sha256', key).update(before).update(canonical(cells)).digest('hex')

const bytes = (hex) => (typeof hex === 'string' && /^[0-9a-f]{64}$/.test(hex) ? Buffer.from(hex, 'hex') : undefined)

const linesOf = (text) => text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line))

function fingerprintOf({ chain, seq, mac }) {
  const digest = createHash('sha256').update(`${chain}:${seq}:${mac}`).digest()
  const bits = [...digest.subarray(0, 8)].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return Array.from({ length: 12 }, (_, i) => LETTERS[Number.parseInt(bits.slice(i * 5, i * 5 + 5), 2)]).join('').replace(/(.{4})(.{4})(.{4})/, '$1-$2-$3')
}

/** What happened to the first row that does not fit, from the rows after it. */
function explain(key, before, rows) {
  const [bad, next] = rows
  const seq = bad.row[0]
  if (!bytes(bad.mac)) return { kind: 'inserted', seq }
  const fits = (previous, row, number, mac = row.mac) => Boolean(previous && mac) && macOf(key, previous, [number, ...row.row.slice(1)]) === mac
  for (let at = 1; at < Math.min(rows.length, NEARBY); at += 1) {
    const other = rows[at]
    if (fits(before, other, seq, bad.mac) && fits(bytes(rows[at - 1].mac), bad, other.row[0], other.mac)) return { kind: 'reordered', seq }
    if (!fits(before, other, seq)) continue
    const previous = bytes(at === 1 ? other.mac : rows[at - 1].mac)
    return { kind: fits(previous, bad, other.row[0]) || at > 1 ? 'reordered' : 'inserted', seq }
  }
  for (let gone = 1; next && gone <= CLOSED_UP; gone += 1) if (fits(bytes(bad.mac), next, next.row[0] + gone)) return { kind: 'missing', seq }
  return { kind: 'altered', seq }
}

/** Every row after the one before it; in a part of the log each row is checked with the mac that was before it. */
function walk({ isWhole, macKey, firstSeq }, rows, anchors) {
  const key = Buffer.from(macKey, 'hex')
  const signed = new Map(anchors.map((one) => [one.seq, one.mac]))
  let [last, lastMac] = [isWhole ? 0 : firstSeq - 1, NO_MAC]
  for (const [at, one] of rows.entries()) {
    const seq = one.row[0]
    if (seq <= last) return { kind: 'inserted', seq }
    if (isWhole && seq > last + 1) return { kind: 'missing', seq: last + 1 }
    const follows = at > 0 && seq === last + 1
    const before = isWhole || follows ? lastMac : (bytes(one.prev) ?? NO_MAC)
    if (!bytes(one.mac) || macOf(key, before, one.row) !== one.mac) return explain(key, before, isWhole ? rows.slice(at, at + NEARBY) : [one])
    if (signed.has(seq) && signed.get(seq) !== one.mac) return { kind: 'anchor', seq }
    last = seq
    lastMac = Buffer.from(one.mac, 'hex')
  }
  return undefined
}

function badAnchor({ chain, publicKey }, anchors) {
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
  const bad = anchors.find((one) => {
    const text = JSON.stringify(['cairn-anchor-1', one.chain, one.seq, one.mac, one.at])
    return one.chain !== chain || !verify(null, Buffer.from(text), key, Buffer.from(one.signature, 'base64'))
  })
  return bad && { kind: 'anchor', seq: bad.seq }
}

function badFile(folder, manifest, manifestText) {
  const key = createPublicKey({ key: Buffer.from(manifest.publicKey, 'base64'), format: 'der', type: 'spki' })
  const signature = Buffer.from(readFileSync(path.join(folder, 'manifest.sig'), 'utf8'), 'base64')
  if (!verify(null, Buffer.from(manifestText), key, signature)) return { kind: 'signature', seq: 0 }
  const changed = Object.entries(manifest.files).find(([name, hash]) => createHash('sha256').update(readFileSync(path.join(folder, path.basename(name)))).digest('hex') !== hash)
  return changed && { kind: 'file', seq: 0, name: changed[0] }
}

function check(folder, { anchors: outside, fingerprint }) {
  const manifestText = readFileSync(path.join(folder, 'manifest.json'), 'utf8')
  const manifest = JSON.parse(manifestText)
  if (manifest.format !== 'cairn-audit-export-1') throw new Error('not an export')
  const rows = linesOf(readFileSync(path.join(folder, 'events.jsonl'), 'utf8'))
  const inside = linesOf(readFileSync(path.join(folder, 'anchors.jsonl'), 'utf8'))
  const anchors = [...inside, ...(outside ? linesOf(readFileSync(outside, 'utf8')) : [])]
  const noted = fingerprint?.toUpperCase()
  const end = rows.at(-1)?.row[0] ?? 0
  const reached = Math.max(0, ...anchors.map((one) => one.seq))
  // The rows come first: they say where. A file that was changed after the export is said when the rows still fit.
  const finding = walk(manifest, rows, anchors) ?? badAnchor(manifest, anchors)
    ?? (manifest.isWhole && reached > end ? { kind: 'truncated', seq: end + 1 } : undefined)
    ?? badFile(folder, manifest, manifestText)
    ?? (noted && !anchors.some((one) => fingerprintOf(one) === noted) ? { kind: 'fingerprint', seq: 0, name: noted } : undefined)
  return { finding, rows: rows.length, anchors: anchors.length, manifest, last: inside.at(-1) }
}

function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true, options: { anchors: { type: 'string' }, fingerprint: { type: 'string' }, json: { type: 'boolean' } },
  })
  const folder = positionals[0] ?? import.meta.dirname ?? '.'
  const { finding, rows, anchors, manifest, last } = check(folder, values)
  if (values.json) console.log(JSON.stringify({ whole: !finding, finding: finding ?? null, rows, anchors }))
  else {
    console.log(`${rows} events ${manifest.isWhole ? '(the whole log)' : '(a part of the log)'}, exported ${manifest.exportedAt}, ${anchors} signed anchors.`)
    if (last) console.log(`Last anchor: event ${last.seq}, ${last.at}, fingerprint ${fingerprintOf(last)}.`)
    console.log(finding ? `NOT WHOLE. ${words[finding.kind](finding.seq, finding.name)}` : 'Everything fits: no event was altered, inserted, taken out or reordered.')
    if (!finding && !manifest.isWhole) console.log('A part of the log shows that its own events are genuine, not that none between them is missing.')
  }
  return finding ? 1 : 0
}

try {
  process.exitCode = main()
} catch (error) {
  console.error(`This folder cannot be checked: ${error instanceof SyntaxError ? 'a file in it is no longer readable.' : 'it is not an export of the activity log, or a file is missing.'}`)
  process.exitCode = 2
}
