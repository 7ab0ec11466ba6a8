import UTIF from 'utif2/UTIF.js'

/* A chunk of its own, loaded with the first TIFF. Its pages are drawn onto canvases; of the file itself nothing is kept. */

/** A scan of two sheets beside each other at 600 dots per inch; what claims more is no scan. */
const PIXELS_MAX = 60_000_000
const PAGES_MAX = 20

/** One canvas for each page; throws for what cannot be read. */
export function tiffPages(bytes: Uint8Array<ArrayBuffer>): HTMLCanvasElement[] {
  const found = UTIF.decode(bytes.buffer).filter((one) => one.t256 !== undefined)
  if (found.length === 0 || found.length > PAGES_MAX) throw new Error('no pages, or too many')
  return found.map((one) => {
    // The size is a claim of the file: it is asked before anything is made of that size.
    const [width, height] = [one.t256?.[0] ?? 0, one.t257?.[0] ?? 0]
    if (!(width > 0 && height > 0 && width * height <= PIXELS_MAX)) throw new Error('no size, or too large')
    UTIF.decodeImage(bytes.buffer, one)
    const canvas = document.createElement('canvas')
    canvas.width = one.width
    canvas.height = one.height
    canvas.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(UTIF.toRGBA8(one)), one.width, one.height), 0, 0)
    return canvas
  })
}
