import { documentTypeOf, isTiff } from '#shared/domains/patients/rules.documents.ts'
import { limits } from '#shared/kernel/limits.ts'
import { Refusal } from '#shared/rpc/errors.ts'

/** Enough to read small print on a card or a letter. */
const EDGE = 2_200

/** What of a file is kept: a PDF as it is, a picture drawn anew, which leaves behind where and with what it was taken; of a TIFF a picture of each page. */
export async function readDocument(file: Blob): Promise<Uint8Array<ArrayBuffer>[]> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const kept = await keptOf(file, bytes).catch(() => {
    throw new Refusal('DOCUMENT_NOT_READABLE')
  })
  if (kept.some((one) => one.length > limits.document_bytes)) throw new Refusal('DOCUMENT_TOO_LARGE', { bytesMax: limits.document_bytes })
  return kept
}

async function keptOf(file: Blob, bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>[]> {
  if (isTiff(bytes)) {
    const { tiffPages } = await import('./paper/tiff-reader.ts')
    const pages = []
    for (const page of tiffPages(bytes)) pages.push(await redrawn(page))
    return pages
  }
  const type = documentTypeOf(bytes)
  if (type === null) throw new Refusal('DOCUMENT_NOT_READABLE')
  return [type === 'application/pdf' ? bytes : await redrawn(await createImageBitmap(file))]
}

/** Also what a camera has just seen. */
export async function redrawn(picture: ImageBitmap | HTMLCanvasElement): Promise<Uint8Array<ArrayBuffer>> {
  const scale = Math.min(1, EDGE / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  const paper = canvas.getContext('2d')
  if (!paper) throw new Refusal('DOCUMENT_NOT_READABLE')
  // What is transparent would come out black.
  paper.fillStyle = 'white'
  paper.fillRect(0, 0, canvas.width, canvas.height)
  paper.drawImage(picture, 0, 0, canvas.width, canvas.height)
  if ('close' in picture) picture.close()
  const drawn = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.85))
  if (!drawn) throw new Refusal('DOCUMENT_NOT_READABLE')
  return new Uint8Array(await drawn.arrayBuffer())
}

/** In base64, each as long as one call may carry. */
export function partsInBase64(bytes: Uint8Array): string[] {
  const parts = []
  for (let at = 0; at < bytes.length; at += limits.document_part_bytes) parts.push(base64(bytes.subarray(at, at + limits.document_part_bytes)))
  return parts
}

const SLICE = 8_192
export function base64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += SLICE) text += String.fromCharCode(...bytes.subarray(at, at + SLICE))
  return btoa(text)
}

export async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
