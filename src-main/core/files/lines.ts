/** One line of a file as bytes, without its end; longer than the limit it is passed over and only its number is known. */
export type Line = { readonly line: number; readonly bytes: Buffer } | { readonly line: number; readonly tooLong: true }

const NEW_LINE = 0x0a

/** Splits chunks into lines and holds at most one of them; empty lines count and are not given. */
export async function* linesOf(chunks: AsyncIterable<Buffer>, limitBytes: (line: number) => number): AsyncGenerator<Line> {
  let parts: Buffer[] = []
  let length = 0
  let line = 1
  const finish = (): Line | undefined => {
    const number = line
    const isTooLong = length > limitBytes(number)
    const bytes = withoutReturn(parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts))
    parts = []
    length = 0
    line += 1
    if (isTooLong) return { line: number, tooLong: true }
    return bytes.length === 0 ? undefined : { line: number, bytes }
  }
  for await (const chunk of chunks) {
    let from = 0
    for (let at = chunk.indexOf(NEW_LINE); at >= 0; at = chunk.indexOf(NEW_LINE, from)) {
      add(chunk.subarray(from, at))
      from = at + 1
      const found = finish()
      if (found) yield found
    }
    if (from < chunk.length) add(chunk.subarray(from))
  }
  if (length > 0) {
    const found = finish()
    if (found) yield found
  }

  function add(piece: Buffer): void {
    length += piece.length
    // Past the limit only the length is kept, so that an endless line does not fill the memory.
    if (length <= limitBytes(line)) parts.push(piece)
    else parts = []
  }
}

function withoutReturn(bytes: Buffer): Buffer {
  return bytes.at(-1) === 0x0d ? bytes.subarray(0, -1) : bytes
}
