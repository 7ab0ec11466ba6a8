import { Select } from '@mantine/core'
import { useRouter } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { LABEL_MM, type Paper, type PrintOutcome, type Printer } from '#shared/bridge.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { count } from '#renderer/ui/format.ts'
import { IconDownload, IconPrinter } from '#renderer/ui/icons.ts'
import { bridge } from '../bridge.ts'
import { useKeys } from '../keys/keys.tsx'
import { useCarried } from '../navigation.ts'
import { keepPreference } from '../preferences.ts'
import { PRINTS_ITSELF } from './print-now.ts'
import { type PrintDocument, Sheets } from './Sheets.tsx'
import styles from './print.module.css'

interface PrintPreviewProps {
  documents: readonly PrintDocument[]
  /** What is printed on its own paper instead of sheets: a label. */
  paper?: Paper
  pages?: ReactNode
  /** File name for the PDF: a number, never a name of a person. */
  fileName: string
  /** Where Close leads; the page before by default. */
  onClose?: () => void
  /** After paper or file: the recovery key marks itself as printed, a numbered page counts its copies. */
  onPrinted?: (medium: PrintMedium) => void
}

export type PrintMedium = 'paper' | 'pdf'

/** Preview in the window: Enter prints to the remembered printer, Esc closes. */
export function PrintPreview({ documents, paper, pages, fileName, onClose, onPrinted }: PrintPreviewProps) {
  const router = useRouter()
  const isPrintedAtOnce = useCarried()['print'] === PRINTS_ITSELF.print
  return <PrintDesk documents={documents} paper={paper} pages={pages} fileName={fileName} onClose={onClose ?? (() => router.history.back())} onPrinted={onPrinted} isPrintedAtOnce={isPrintedAtOnce} />
}

interface PrintDeskProps {
  documents: readonly PrintDocument[]
  paper?: Paper | undefined
  pages?: ReactNode
  fileName: string
  onClose: () => void
  onPrinted?: ((medium: PrintMedium) => void) | undefined
  /** Somebody has asked for this page on paper already: it goes to the printer and the screen goes back. What hinders it is said here. */
  isPrintedAtOnce?: boolean
}

/** The same without a router: the set-up wizard prints the recovery key before anyone has signed in. */
export function PrintDesk({ documents, paper: ownPaper, pages, fileName, onClose, onPrinted, isPrintedAtOnce = false }: PrintDeskProps) {
  const paper: Paper = ownPaper ?? (documents[0]?.clinic.paper === 'a4' ? 'A4' : 'Letter')
  const { printers, chosen, choose } = usePrinters(paper === 'Label' ? 'cairn.label-printer' : 'cairn.printer')
  const [outcome, setOutcome] = useState<PrintOutcome>()
  const [isRunning, setRunning] = useState(false)

  const run = async (medium: PrintMedium, work: (() => Promise<PrintOutcome>) | undefined): Promise<boolean> => {
    if (!work) {
      window.print()
      return false
    }
    setRunning(true)
    const result = await work().catch((): PrintOutcome => ({ done: false, reason: 'failed' }))
    setRunning(false)
    setOutcome(result)
    if (result.done) onPrinted?.(medium)
    return result.done
  }
  const cairn = bridge()
  const printPage = () => run('paper', cairn && (() => cairn.print.page({ paper, ...(chosen ? { printer: chosen } : {}) })))
  const print = () => void printPage()
  usePrintedAtOnce(isPrintedAtOnce && chosen !== undefined, () => void printPage().then((done) => done && onClose()))
  const savePdf = () => void run('pdf', cairn && (() => cairn.print.savePdf({ suggestedName: fileName, paper })))
  useKeys([
    { id: 'print.print', keys: 'Enter', label: 'Print', where: 'Print', run: print },
    { id: 'print.pdf', keys: 'S', label: 'Save as PDF', where: 'Print', run: savePdf },
    { id: 'print.close', keys: 'Esc', label: 'Close', where: 'Print', run: onClose },
  ])
  return (
    <div className={styles['desk']}>
      <header className={styles['bar']} data-region="header">
        <IconPrinter size={20} stroke={1.7} />
        <h1>Print</h1>
        <span className={styles['barNote']}>{pages ? 'label, 62 × 29 mm' : count(documents.length, 'document')}</span>
        <span className={styles['outcome']} role="status">
          {outcome && outcomeWords(outcome)}
        </span>
        {printers.length > 0 && (
          <Select aria-label="Printer" w={190} data={printers.map((printer) => ({ value: printer.name, label: printer.label }))} value={chosen ?? null} onChange={choose} />
        )}
        <ActionButton keyId="print.close" onClick={onClose}>
          Close
        </ActionButton>
        <ActionButton keyId="print.pdf" icon={<IconDownload size={16} stroke={1.7} />} onClick={savePdf} running={isRunning}>
          Save as PDF
        </ActionButton>
        <ActionButton variant="filled" keyId="print.print" onClick={print} running={isRunning}>
          Print
        </ActionButton>
      </header>
      <main className={styles['papers']} data-many={documents.length > 1 || undefined} data-region="main" tabIndex={0} aria-label="Pages">
        {documents.map((document) => (
          <Sheets key={`${document.title}-${String(document.subtitle)}`} document={document} />
        ))}
        {pages}
      </main>
      <PageSize paper={paper} />
    </div>
  )
}

/** Once, as soon as the sheets stand as they will be printed: their fonts are there and the page was drawn with them. */
function usePrintedAtOnce(isWanted: boolean, print: () => void): void {
  const latest = useRef(print)
  const isDone = useRef(false)
  useEffect(() => {
    latest.current = print
  })
  useEffect(() => {
    if (!isWanted || isDone.current) return
    isDone.current = true
    void window.document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(() => latest.current())))
  }, [isWanted])
}

function outcomeWords(outcome: PrintOutcome): string {
  if (outcome.done) return 'Done.'
  return {
    cancelled: 'Not printed: the print window was closed.',
    'no-printer': 'Not printed: this computer knows no printer. Save as PDF works.',
    failed: 'Not printed: the printer did not take it. Check the printer, then print again.',
  }[outcome.reason]
}

/** The paper size as a constructed style sheet: @page cannot be set from a class, and style elements are refused. */
function PageSize({ paper }: { paper: Paper }): ReactNode {
  useEffect(() => {
    if (!('replaceSync' in CSSStyleSheet.prototype)) return undefined
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(`@page { size: ${paper === 'Label' ? `${LABEL_MM.width}mm ${LABEL_MM.height}mm` : `${paper.toLowerCase()} portrait`}; margin: 0; }`)
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet)
    }
  }, [paper])
  return null
}

function usePrinters(rememberedPrinter: 'cairn.printer' | 'cairn.label-printer'): { printers: readonly Printer[]; chosen: string | undefined; choose: (name: string | null) => void } {
  const [printers, setPrinters] = useState<readonly Printer[]>([])
  const [name, setName] = useState(() => localStorage.getItem(rememberedPrinter))
  useEffect(() => {
    let isCurrent = true
    void bridge()
      ?.print.printers()
      .then((found) => isCurrent && setPrinters(found))
      .catch(() => undefined)
    return () => {
      isCurrent = false
    }
  }, [])
  const chosen = printers.find((printer) => printer.name === name) ?? printers.find((printer) => printer.isDefault) ?? printers[0]
  return {
    printers,
    chosen: chosen?.name,
    choose: (next) => {
      setName(next)
      if (next) keepPreference(rememberedPrinter, next)
    },
  }
}
