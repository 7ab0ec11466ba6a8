import { app } from 'electron'
import fs from 'node:fs'
import path from 'node:path'
import type { NetworkOptions } from '#main/core/sync/network.ts'
import { parseAddress } from '#shared/sync/address.ts'

/**
 * The ways in which development and tests steer the shell from outside. A packed build has none of them, unless the
 * test command packed it. What stays in every build: `--data` and CAIRN_DATA (where the records lie), CAIRN_LOG
 * (logs hold no patient data at any level), CAIRN_SELF_TEST (only adds checks).
 */

/** The development server that the page comes from. */
export const developmentServer = (): string | undefined => (app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL'])

/** The folder that answers the dialog "save as PDF". */
export const pdfFolder = (): string | undefined => (isSteered() ? process.env['CAIRN_PDF_DIR'] : undefined)

/** CAIRN_OPENED_LINKS: the file that gets the link of a video visit in place of the browser. */
export const openedLinksFile = (): string | undefined => (isSteered() ? process.env['CAIRN_OPENED_LINKS'] : undefined)

/** The file asked for with `--screenshot=FILE`, which `npm start` passes where nobody can see the window. */
export const screenshotFile = (): string | undefined => (isSteered() ? valueOf('screenshot') : undefined)

/**
 * CAIRN_NETWORK=127.0.0.1:PORT: listens only there and looks for nobody, so that several machines of a clinic have room on
 * one computer.
 */
export function networkOptions(): NetworkOptions | undefined {
  const address = isSteered() ? parseAddress(process.env['CAIRN_NETWORK'] ?? '') : undefined
  return address && { bind: address.host, port: address.port, isQuiet: true }
}

export const wantsSelfTest = (): boolean => !app.isPackaged || process.env['CAIRN_SELF_TEST'] === '1'

let packedForTests: boolean | undefined

/** The mark stands in the manifest inside the archive: a file beside the program would be within reach of whoever may write there. */
export function isPackedForTests(): boolean {
  packedForTests ??= app.isPackaged && manifest()['cairnPackage'] === 'test'
  return packedForTests
}

const isSteered = (): boolean => !app.isPackaged || isPackedForTests()

const valueOf = (name: string): string | undefined => process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3)

function manifest(): Record<string, unknown> {
  return JSON.parse(fs.readFileSync(path.join(app.getAppPath(), 'package.json'), 'utf8')) as Record<string, unknown> // npm's own format
}
