import type { GiveTicket } from '#shared/domains/flow/contract.ts'
import { Refusal } from '#shared/rpc/errors.ts'
import { api } from '#renderer/rpc/api.ts'
import { newId } from '#renderer/rpc/ids.ts'

/** So many windows of one machine would have to press in the same moment. */
const TRIES = 5

/** With the number this machine gives next; another window that was faster has it, and this one takes the one after. */
export async function withTicket<T>(act: (ticket: GiveTicket) => Promise<T>): Promise<T> {
  const id = newId()
  for (let tries = 1; ; tries += 1) {
    const next = await api.flow.nextTicket({})
    try {
      return await act({ id, ...next })
    } catch (error) {
      if (tries === TRIES || !(error instanceof Refusal) || error.code !== 'TICKET_TAKEN') throw error
    }
  }
}
