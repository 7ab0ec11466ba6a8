import { useEffect, useRef, useState } from 'react'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import styles from '../Patient.module.css'
import { type PdfState, usePdf } from './usePdf.ts'

/** Sharp on a screen of twice the dots, and small enough to draw at once. */
const DRAWN_WIDTH = 1_400

/** A PDF page by page: drawn, and nothing that is in it runs. */
export function PdfView({ bytes, title }: { bytes: Uint8Array; title: string }) {
  const state = usePdf(bytes)
  if (state.kind === 'opening') return <p role="status">Opening the PDF…</p>
  if (state.kind === 'unreadable') return <Unreadable />
  return <Pages pdf={state.pdf} title={title} />
}

export const Unreadable = () => <Notice tone="warn" title="This PDF cannot be shown.">It is damaged, or locked with a password. It is kept as it came, to the bit: save it to a file to open it elsewhere.</Notice>

function Pages({ pdf, title }: { pdf: Extract<PdfState, { kind: 'open' }>['pdf']; title: string }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [page, setPage] = useState(1)
  const [drawn, setDrawn] = useState<{ page: number; isBroken: boolean }>()
  useEffect(() => {
    let isCurrent = true
    if (canvas.current) void pdf.draw(page, canvas.current, DRAWN_WIDTH).then(() => isCurrent && setDrawn({ page, isBroken: false }), () => isCurrent && setDrawn({ page, isBroken: true }))
    return () => {
      isCurrent = false
    }
  }, [pdf, page])
  const go = (to: number): void => setPage(Math.min(pdf.pages, Math.max(1, to)))
  useKeys([
    { id: 'paper.next', keys: '→', label: 'Next page', where: 'Document', run: () => go(page + 1) },
    { id: 'paper.before', keys: '←', label: 'Page before', where: 'Document', run: () => go(page - 1) },
  ])
  return (
    <div>
      {drawn?.page === page && drawn.isBroken && <Unreadable />}
      <div className={styles['pageFrame']} tabIndex={0} role="group" aria-label="Page">
        <canvas key={page} ref={canvas} className={styles['pdfPage']} role="img" aria-label={`${title}, page ${page} of ${pdf.pages}`} data-drawn={(drawn?.page === page && !drawn.isBroken) || undefined} />
      </div>
      <div className={styles['pageActs']}>
        <ActionButton size="compact-sm" keyId="paper.before" disabledReason={page === 1 && 'This is the first page.'} reasonAt="hidden" onClick={() => go(page - 1)}>Before</ActionButton>
        <span role="status">Page {page} of {pdf.pages}</span>
        <ActionButton size="compact-sm" keyId="paper.next" disabledReason={page === pdf.pages && 'This is the last page.'} reasonAt="hidden" onClick={() => go(page + 1)}>Next</ActionButton>
      </div>
    </div>
  )
}
