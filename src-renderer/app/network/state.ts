import { useMemo } from 'react'
import type { NetworkState } from '#shared/domains/network/model.ts'
import { useApiQuery } from '#renderer/rpc/api.ts'

/** Until the core has answered, and for every clinic of one machine: nothing waits and nobody is out of reach. */
const alone: NetworkState = {
  role: 'alone', profile: null, link: 'none', offlineSince: null, stoppedBy: null, hostName: null, epoch: 0, cursor: 0, connected: 0, unsent: 0, unsentSince: null, attention: 0, behind: 0, pending: [], clockOffBySeconds: null,
}

/** How this machine stands to the clinic's others; live. */
export const useNetwork = (): NetworkState => useApiQuery('network.state', {}).data ?? alone

/** The tables, by their names in the database, whose rows are shown as unconfirmed. */
export type PendingTable = 'appointments' | 'payments' | 'clinical_notes' | 'note_addenda' | 'patients' | 'medication_requests' | 'drawer_closes'

/** Whether a row was changed here and the host has not confirmed it yet. */
export function usePending(): (table: PendingTable, id: string) => boolean {
  const { pending } = useNetwork()
  return useMemo(() => {
    const keys = new Set(pending.map((row) => `${row.table} ${row.id}`))
    return (table, id) => keys.has(`${table} ${id}`)
  }, [pending])
}
