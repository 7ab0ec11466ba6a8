import { AnnotationMode, getDocument, type PDFDocumentProxy, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs'
import * as reading from 'pdfjs-dist/legacy/build/pdf.worker.mjs'

/*
 * A chunk of its own, loaded with the first PDF. The library draws; it runs no program that a file carries: the part with
 * the script engine is not in the bundle, XFA forms are off, text is never made into functions (script-src would refuse
 * it), and nothing is fetched (connect-src is none). Its reading part is handed over here and runs in the page, because a
 * page with trusted types starts no worker; the page is a sandboxed process of its own. The older build of the library,
 * because the oldest runtime that the app is started on lacks what the newer one asks for.
 */
Object.assign(globalThis, { pdfjsWorker: reading })

/** Beyond it a picture in a file is left out: it would be larger than any screen and fill the memory. */
const PICTURE_PIXELS_MAX = 40_000_000
const CANVAS_BYTES_MAX = 64_000_000
/** A file that claims more is shown up to here, and says so. */
export const PDF_PAGES_MAX = 300

export interface OpenPdf {
  pages: number
  /** Draws one page as wide as asked for, and answers with its height. */
  draw: (page: number, canvas: HTMLCanvasElement, width: number) => Promise<void>
  close: () => void
}

/** Throws whatever the library throws for what is no PDF, is broken or is locked by a password. */
export async function openPdf(bytes: Uint8Array): Promise<OpenPdf> {
  const task = getDocument({
    data: bytes, enableXfa: false, useWasm: false, useWorkerFetch: false, useSystemFonts: true, isOffscreenCanvasSupported: false, isImageDecoderSupported: false,
    disableAutoFetch: true, disableStream: true, disableRange: true, maxImageSize: PICTURE_PIXELS_MAX, canvasMaxAreaInBytes: CANVAS_BYTES_MAX, verbosity: VerbosityLevel.ERRORS,
  })
  // A password would be asked for by the library itself, and a page waits for ever.
  task.onPassword = () => void task.destroy()
  const file: PDFDocumentProxy = await task.promise
  return { pages: Math.min(file.numPages, PDF_PAGES_MAX), draw: (page, canvas, width) => drawPage(file, page, canvas, width), close: () => void task.destroy() }
}

async function drawPage(file: PDFDocumentProxy, number: number, canvas: HTMLCanvasElement, width: number): Promise<void> {
  const page = await file.getPage(number)
  const natural = page.getViewport({ scale: 1 })
  const viewport = page.getViewport({ scale: width / natural.width })
  canvas.width = Math.floor(viewport.width)
  canvas.height = Math.floor(viewport.height)
  await page.render({ canvas, viewport, annotationMode: AnnotationMode.ENABLE, background: 'white' }).promise
  page.cleanup()
}
