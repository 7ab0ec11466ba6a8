import fs from 'node:fs'
import path from 'node:path'

/** Every file below `folder` that holds one of these texts as UTF-8 or UTF-16, in any case. */
export function filesWith(folder: string, texts: readonly string[]): string[] {
  return fs.readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .flatMap((file) => {
      const bytes = readIfThere(file)
      return texts.filter((text) => holds(bytes, text)).map((text) => `${path.relative(folder, file)}: ${text}`)
    })
}

function holds(bytes: Buffer, text: string): boolean {
  return [text, text.toLowerCase(), text.toUpperCase()].some((form) => bytes.includes(Buffer.from(form, 'utf8')) || bytes.includes(Buffer.from(form, 'utf16le')))
}

/** Chromium removes files while it runs. */
function readIfThere(file: string): Buffer {
  try {
    return fs.readFileSync(file)
  } catch {
    return Buffer.alloc(0)
  }
}
