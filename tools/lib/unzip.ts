import fs from 'node:fs'
import path from 'node:path'
import { inflateRawSync } from 'node:zlib'

// The parts of the ZIP format that are needed to read an archive through its central directory
// (APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16). A fresh Debian has neither unzip nor Python.
const endOfDirectory = 0x06054b50
const directoryEntry = 0x02014b50
const endOfDirectorySize = 22
const commentSizeMax = 0xffff

type Entry = { name: string; method: number; compressedSize: number; headerOffset: number; mode: number }

/** Extracts the files of `archive` that `rename` gives a path inside `target` for. */
export function unzip(archive: string, target: string, rename: (name: string) => string | undefined): number {
  const fd = fs.openSync(archive, 'r')
  try {
    let count = 0
    for (const entry of readDirectory(fd)) {
      const name = entry.name.endsWith('/') ? undefined : rename(entry.name)
      if (name === undefined) continue
      const file = path.join(target, name)
      if (!file.startsWith(target + path.sep)) throw new Error(`${archive}: an entry points outside the target folder`)
      fs.mkdirSync(path.dirname(file), { recursive: true })
      fs.writeFileSync(file, readEntry(fd, entry), { mode: entry.mode || 0o644 })
      count++
    }
    return count
  } finally {
    fs.closeSync(fd)
  }
}

function readDirectory(fd: number): Entry[] {
  const size = fs.fstatSync(fd).size
  const tail = read(fd, Math.max(0, size - endOfDirectorySize - commentSizeMax), Math.min(size, endOfDirectorySize + commentSizeMax))
  let end = tail.length - endOfDirectorySize
  while (end >= 0 && tail.readUInt32LE(end) !== endOfDirectory) end--
  if (end < 0) throw new Error('not a zip archive')
  const count = tail.readUInt16LE(end + 10)
  const directory = read(fd, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12))
  const entries: Entry[] = []
  for (let at = 0, i = 0; i < count; i++) {
    if (directory.readUInt32LE(at) !== directoryEntry) throw new Error('damaged zip archive')
    const nameSize = directory.readUInt16LE(at + 28)
    entries.push({
      method: directory.readUInt16LE(at + 10),
      compressedSize: directory.readUInt32LE(at + 20),
      // The upper half of the external attributes holds the Unix mode.
      mode: (directory.readUInt32LE(at + 38) >>> 16) & 0o777,
      headerOffset: directory.readUInt32LE(at + 42),
      name: directory.toString('utf8', at + 46, at + 46 + nameSize),
    })
    at += 46 + nameSize + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return entries
}

function readEntry(fd: number, entry: Entry): Buffer {
  const header = read(fd, entry.headerOffset, 30)
  const dataOffset = entry.headerOffset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  const data = read(fd, dataOffset, entry.compressedSize)
  if (entry.method === 0) return data
  if (entry.method === 8) return inflateRawSync(data)
  throw new Error(`zip method ${entry.method} is not supported`)
}

function read(fd: number, position: number, length: number): Buffer {
  const buffer = Buffer.alloc(length)
  let done = 0
  while (done < length) {
    const count = fs.readSync(fd, buffer, done, length - done, position + done)
    if (count === 0) throw new Error('the archive ends too early')
    done += count
  }
  return buffer
}
