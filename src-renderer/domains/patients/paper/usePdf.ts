import { useEffect, useState } from 'react'
import type { OpenPdf } from './pdf-reader.ts'

export type PdfState = { kind: 'opening' } | { kind: 'open'; pdf: OpenPdf } | { kind: 'unreadable' }

/** Opens a PDF with a reader that is loaded for it, and closes it with the screen. */
export function usePdf(bytes: Uint8Array | undefined): PdfState {
  const [state, setState] = useState<PdfState>({ kind: 'opening' })
  useEffect(() => {
    if (bytes === undefined) return undefined
    let isCurrent = true
    let opened: OpenPdf | undefined
    // The reader takes the bytes it is given away; a second look needs them whole.
    void import('./pdf-reader.ts').then(({ openPdf }) => openPdf(bytes.slice())).then((pdf) => {
      opened = pdf
      if (isCurrent) setState({ kind: 'open', pdf })
      else pdf.close()
    }).catch(() => isCurrent && setState({ kind: 'unreadable' }))
    return () => {
      isCurrent = false
      opened?.close()
    }
  }, [bytes])
  return state
}
