import { BrowserWindow, dialog, ipcMain, type IpcMainInvokeEvent } from 'electron'
import fs from 'node:fs/promises'
import * as z from 'zod'
import type { PrintOutcome, Printer } from '#shared/bridge.ts'

const paper = z.enum(['Letter', 'A4'])
const PageRequest = z.strictObject({ paper, printer: z.string().max(200).optional(), copies: z.int().min(1).max(20).optional() })
const PdfRequest = z.strictObject({ suggestedName: z.string().regex(/^[A-Za-z0-9 -]{1,60}$/), paper })

/** Margins come from the print stylesheet's @page rule. */
const NO_MARGINS = { marginType: 'none' } as const

/** Prints the page that asks, as it is laid out for paper. `CAIRN_PDF_DIR` answers the save dialog in tests and kiosks. */
export function servePrinting(isOurs: (event: IpcMainInvokeEvent) => boolean): void {
  ipcMain.handle('print:printers', async (event): Promise<Printer[]> => {
    if (!isOurs(event)) return []
    const printers = await event.sender.getPrintersAsync()
    return printers.map((one) => ({ name: one.name, label: one.displayName || one.name, isDefault: 'isDefault' in one ? Boolean(one.isDefault) : false }))
  })

  ipcMain.handle('print:page', async (event, input: unknown): Promise<PrintOutcome> => {
    const request = PageRequest.safeParse(input)
    if (!isOurs(event) || !request.success) return { done: false, reason: 'failed' }
    const { printer, copies, paper: pageSize } = request.data
    const printers = await event.sender.getPrintersAsync()
    if (printers.length === 0) return { done: false, reason: 'no-printer' }
    return new Promise((resolve) => {
      event.sender.print(
        { silent: printer !== undefined, printBackground: true, margins: NO_MARGINS, pageSize, copies: copies ?? 1, ...(printer ? { deviceName: printer } : {}) },
        (success, reason) => resolve(success ? { done: true } : { done: false, reason: /cancel/i.test(reason) ? 'cancelled' : 'failed' }),
      )
    })
  })

  ipcMain.handle('print:save-pdf', async (event, input: unknown): Promise<PrintOutcome> => {
    const request = PdfRequest.safeParse(input)
    if (!isOurs(event) || !request.success) return { done: false, reason: 'failed' }
    const file = await chooseFile(event, `${request.data.suggestedName}.pdf`)
    if (!file) return { done: false, reason: 'cancelled' }
    try {
      const pdf = await event.sender.printToPDF({ pageSize: request.data.paper, printBackground: true, preferCSSPageSize: true })
      await fs.writeFile(file, pdf, { mode: 0o600 })
      return { done: true }
    } catch {
      return { done: false, reason: 'failed' }
    }
  })
}

async function chooseFile(event: IpcMainInvokeEvent, name: string): Promise<string | undefined> {
  const fixed = process.env['CAIRN_PDF_DIR']
  if (fixed) return `${fixed}/${name}`
  const window = BrowserWindow.fromWebContents(event.sender)
  if (!window) return undefined
  const { filePath, canceled } = await dialog.showSaveDialog(window, { defaultPath: name, filters: [{ name: 'PDF', extensions: ['pdf'] }] })
  return canceled ? undefined : filePath
}
