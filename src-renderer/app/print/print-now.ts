import { bridge } from '../bridge.ts'
import type { CommandContext } from '../contribution.ts'
import { paths } from '../paths.ts'

/** What `useCarried` says of a page that prints itself and goes back. */
export const PRINTS_ITSELF = { print: 'now' } as const

/** Prints a page by itself, on the printer that was chosen last. A computer without a printer shows nothing: it prints from where the page is listed. */
export async function printNow(go: CommandContext['go'], document: string, id: string): Promise<void> {
  const printers = (await bridge()?.print.printers().catch(() => [])) ?? []
  if (printers.length > 0) go(paths.print(document, id), PRINTS_ITSELF)
}
