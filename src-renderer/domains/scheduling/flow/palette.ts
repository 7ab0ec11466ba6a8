import { readTicket, ticketCode } from '#shared/domains/flow/rules.ts'
import type { PaletteHit } from '#renderer/app/contribution.ts'
import { paths } from '#renderer/app/paths.ts'
import { api } from '#renderer/rpc/api.ts'
import { listName } from '#renderer/ui/format.ts'

/** A scanned slip, or the number that somebody says: opens their card on the board. Other words are not asked about. */
export async function searchQueue(text: string, signal: AbortSignal): Promise<PaletteHit[]> {
  if (!readTicket(text)) return []
  const found = await api.flow.findTicket({ text }, { signal })
  if (!found) return []
  const { ticket, patient } = found
  return [{ id: ticket.id, kind: 'other', title: listName(patient), titleNote: ticketCode(ticket), meta: 'In the queue', path: paths.flowAt(ticket.appointmentId) }]
}
