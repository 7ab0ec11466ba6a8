import { dialog, type BrowserWindow } from 'electron'
import fs from 'node:fs/promises'
import path from 'node:path'
import * as z from 'zod'
import { LABEL_MM, type Paper, type PrintOutcome, type Printer } from '#shared/bridge.ts'
import { answerTo } from './channels.ts'
import { pdfFolder } from './hooks.ts'

const paper = z.enum(['Letter', 'A4', 'Label'])
const PageRequest = z.strictObject({ paper, printer: z.string().max(200).optional(), copies: z.int().min(1).max(20).optional() })
const PdfRequest = z.strictObject({ suggestedName: z.string().regex(/^[A-Za-z0-9 -]{1,60}$/), paper })

/** Margins come from the print stylesheet's @page rule. */
const NO_MARGINS = { marginType: 'none' } as const
const MICRONS = 1_000
const INCH_MM = 25.4
/** A printer is told in micrometres, a PDF in inches. */
const printSize = (of: Paper) => (of === 'Label' ? { width: LABEL_MM.width * MICRONS, height: LABEL_MM.height * MICRONS } : of)
const pdfSize = (of: Paper) => (of === 'Label' ? { width: LABEL_MM.width / INCH_MM, height: LABEL_MM.height / INCH_MM } : of)
const FAILED: PrintOutcome = { done: false, reason: 'failed' }

/** Prints the page that asks, as it is laid out for paper. */
export function servePrinting(): void {
  answerTo('print:printers', [], async ({ webContents }): Promise<Printer[]> => {
    const printers = await webContents.getPrintersAsync()
    return printers.map((one) => ({ name: one.name, label: one.displayName || one.name, isDefault: 'isDefault' in one ? Boolean(one.isDefault) : false }))
  })

  answerTo('print:page', FAILED, async ({ webContents }, input): Promise<PrintOutcome> => {
    const request = PageRequest.safeParse(input)
    if (!request.success) return FAILED
    const { printer, copies, paper: wanted } = request.data
    const printers = await webContents.getPrintersAsync()
    if (printers.length === 0) return { done: false, reason: 'no-printer' }
    return new Promise((resolve) => {
      webContents.print(
        { silent: printer !== undefined, printBackground: true, margins: NO_MARGINS, pageSize: printSize(wanted), copies: copies ?? 1, ...(printer ? { deviceName: printer } : {}) },
        (success, reason) => resolve(success ? { done: true } : { done: false, reason: /cancel/i.test(reason) ? 'cancelled' : 'failed' }),
      )
    })
  })

  answerTo('print:save-pdf', FAILED, async (window, input): Promise<PrintOutcome> => {
    const request = PdfRequest.safeParse(input)
    if (!request.success) return FAILED
    const file = await chooseFile(window, `${request.data.suggestedName}.pdf`)
    if (!file) return { done: false, reason: 'cancelled' }
    try {
      const pdf = await window.webContents.printToPDF({ pageSize: pdfSize(request.data.paper), printBackground: true, preferCSSPageSize: true })
      await fs.writeFile(file, pdf, { mode: 0o600 })
      return { done: true }
    } catch {
      return FAILED
    }
  })
}

async function chooseFile(window: BrowserWindow, name: string): Promise<string | undefined> {
  const fixed = pdfFolder()
  if (fixed) return path.join(fixed, name)
  const { filePath, canceled } = await dialog.showSaveDialog(window, { defaultPath: name, filters: [{ name: 'PDF', extensions: ['pdf'] }] })
  return canceled ? undefined : filePath
}
