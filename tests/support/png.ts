import { inflateSync } from 'node:zlib'

/** Width, height and how many different byte values the pixels of a PNG have: a blank page has a handful. */
export function measurePng(png: Buffer): { width: number; height: number; variety: number } {
  const parts: Buffer[] = []
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length))
    at += 12 + length
  }
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20), variety: new Set(inflateSync(Buffer.concat(parts))).size }
}
