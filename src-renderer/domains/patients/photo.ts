import { limits } from '#shared/kernel/limits.ts'

const EDGE = 480

/**
 * Makes a picture small enough to be kept: at most 480 pixels on its longer edge, as JPEG. Drawing it anew also
 * leaves behind what a camera writes into its files (place, device, time).
 */
export async function smallPhoto(file: Blob): Promise<string> {
  const picture = await createImageBitmap(file)
  const scale = Math.min(1, EDGE / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  for (const quality of [0.86, 0.7, 0.5]) {
    const data = canvas.toDataURL('image/jpeg', quality).replace(/^data:image\/jpeg;base64,/, '')
    if (data.length * 0.75 <= limits.photo_bytes) return data
  }
  throw new Error('The picture stays too large.')
}
