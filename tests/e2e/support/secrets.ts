import fs from 'node:fs'
import path from 'node:path'
import zlib from 'node:zlib'

/** Every file below `folder` that holds one of these texts, in any case and in any of the forms a program may write it. */
export function filesWith(folder: string, texts: readonly string[]): string[] {
  const wanted = texts.map((text) => ({ text, forms: formsOf(text) }))
  return fs.readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .flatMap((file) => {
      const bytes = readIfThere(file)
      const all = [bytes, ...unpacked(bytes)]
      const inName = texts.filter((text) => file.toLowerCase().includes(text.toLowerCase()))
      return [...inName, ...wanted.filter(({ forms }) => forms.some((form) => all.some((one) => one.includes(form)))).map(({ text }) => text)].map((text) => `${path.relative(folder, file)}: ${text}`)
    })
}

/** The text in what was said, as one form or another. */
export const isIn = (bytes: Buffer, text: string): boolean => [bytes, ...unpacked(bytes)].some((one) => formsOf(text).some((form) => one.includes(form)))

/** UTF-8, UTF-16 both ways round, and both of them in base64 at each of the three places they can begin, and in hexadecimal. */
function formsOf(text: string): Buffer[] {
  const plain = [text, text.toLowerCase(), text.toUpperCase()].flatMap((form) => [Buffer.from(form, 'utf8'), Buffer.from(form, 'utf16le'), Buffer.from(form, 'utf16le').swap16()])
  const encoded = plain.flatMap((form) => [...[0, 1, 2].flatMap((at) => base64At(form, at)), form.toString('hex'), form.toString('hex').toUpperCase()])
  return [...plain, ...encoded.map((form) => Buffer.from(form))]
}

/** The characters that only these bytes decide, in both alphabets. */
function base64At(bytes: Buffer, at: number): string[] {
  const whole = Buffer.concat([Buffer.alloc(at), bytes]).toString('base64').replaceAll('=', '')
  const inner = whole.slice(Math.ceil((at * 8) / 6), -1)
  return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')]
}

const LARGEST = 64 * 1024 * 1024

/** What is packed inside: every place that looks like the head of a zlib, gzip or raw zip stream is tried. */
function unpacked(bytes: Buffer): Buffer[] {
  const found: Buffer[] = []
  const options = { finishFlush: zlib.constants.Z_SYNC_FLUSH, maxOutputLength: LARGEST }
  const tryAt = (at: number, unpack: (bytes: Buffer, options: zlib.ZlibOptions) => Buffer): void => {
    try {
      found.push(unpack(bytes.subarray(at), options))
    } catch {
      return // It only looked like one.
    }
  }
  for (let at = 0; at + 2 < bytes.length; at += 1) {
    const head = bytes.readUInt16BE(at)
    if (head === 0x1f8b) tryAt(at, zlib.gunzipSync)
    else if (bytes[at] === 0x78 && head % 31 === 0) tryAt(at, zlib.inflateSync)
    else if (head === 0x504b && bytes.readUInt32LE(at) === 0x04034b50 && at + 30 < bytes.length) tryAt(at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28), zlib.inflateRawSync)
  }
  return found
}

/** Chromium removes files while it runs. */
function readIfThere(file: string): Buffer {
  try {
    return fs.readFileSync(file)
  } catch {
    return Buffer.alloc(0)
  }
}
