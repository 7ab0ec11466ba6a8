import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonItems, type JsonItem } from '#main/core/files/json-items.ts'
import { linesOf, type Line } from '#main/core/files/lines.ts'

async function* chunksOf(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  for (let from = 0, i = 0; from < bytes.length; i += 1) {
    const size = Math.max(1, sizes[i % sizes.length] ?? bytes.length)
    yield bytes.subarray(from, from + size)
    from += size
  }
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}
const read = (text: string | Buffer, sizes: readonly number[] = [7]): Promise<JsonItem[]> => all(jsonItems(chunksOf(Buffer.from(text), sizes)))
const told = (line: Line): string => ('bytes' in line ? `${line.line}:${line.bytes.toString()}` : `${line.line}:too long`)

describe('lines', () => {
  it('are the same wherever the chunks are cut', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 })
    await fc.assert(fc.asyncProperty(fc.array(fc.string({ maxLength: 12, unit: 'grapheme' }).map((text) => text.replace(/[\r\n]/g, '_')), { maxLength: 8 }), sizes, async (texts, cut) => {
      const lines = await all(linesOf(chunksOf(Buffer.from(texts.join('\n')), cut), () => 1_000))
      expect(lines.map(told)).toEqual(texts.flatMap((text, i) => (text === '' ? [] : [`${i + 1}:${text}`])))
    }))
  })

  it('past their limit are passed over, and the next ones are read', async () => {
    const lines = await all(linesOf(chunksOf(Buffer.from(`short\n${'x'.repeat(50)}\r\nafter\n${'y'.repeat(11)}`), [4]), () => 10))
    expect(lines.map(told)).toEqual(['1:short', '2:too long', '3:after', '4:too long'])
  })
})

describe('a JSON file', () => {
  it.each([
    ['one JSON a line', '{"a":1}\n{"b":2}\n', [{ line: 1, json: { a: 1 } }, { line: 2, json: { b: 2 } }]],
    ['Windows line ends and empty lines', '{"a":1}\r\n\r\n{"b":2}', [{ line: 1, json: { a: 1 } }, { line: 3, json: { b: 2 } }]],
    ['one object over many lines', '{\n  "a": [\n    1\n  ]\n}\n', [{ line: 1, json: { a: [1] } }]],
    ['one object whose first line is long', '{"resourceType":"Bundle",\n"entry":[]}', [{ line: 1, json: { resourceType: 'Bundle', entry: [] } }]],
    ['a list over many lines', '[\n{"a":1},\n{"b":2}\n]', [{ line: 1, json: { a: 1 } }, { line: 2, json: { b: 2 } }]],
    ['a list on one line', '[{"a":1},{"b":2}]', [{ line: 1, json: { a: 1 } }, { line: 2, json: { b: 2 } }]],
    ['a broken first line of an export', '{"a":\n{"b":2}\n{"c":3}', [{ line: 1, problem: 'NOT_JSON' }, { line: 2, json: { b: 2 } }, { line: 3, json: { c: 3 } }]],
    ['a broken line in the middle', '{"a":1}\n{"b"\n{"c":3}', [{ line: 1, json: { a: 1 } }, { line: 2, problem: 'NOT_JSON' }, { line: 3, json: { c: 3 } }]],
    ['a broken document', '{\n  "a": 1\n', [{ line: 1, problem: 'NOT_JSON' }]],
    ['no JSON at all', 'hello', [{ line: 1, problem: 'NOT_JSON' }]],
    ['nothing', '', []],
  ])('with %s', async (_what, text, items) => {
    for (const sizes of [[1], [3, 5], [1_000]]) expect(await read(text, sizes)).toEqual(items)
  })

  it('in another encoding is told, not guessed', async () => {
    expect(await read(Buffer.concat([Buffer.from('{"a":1}\n{"name":"Jos'), Buffer.from([0xe9]), Buffer.from('"}\n{"b":2}')]))).toEqual([
      { line: 1, json: { a: 1 } }, { line: 2, problem: 'NOT_UTF8' }, { line: 3, json: { b: 2 } },
    ])
  })

  it('with characters of several bytes is whole wherever it is cut', async () => {
    for (const size of [1, 2, 3]) expect(await read('{"name":"Adán Ångström 愛"}', [size])).toEqual([{ line: 1, json: { name: 'Adán Ångström 愛' } }])
  })
})
