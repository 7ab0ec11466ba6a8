import type { Cancellation, PrescriptionRow } from './model.ts'

/** Letters and digits that nobody mistakes for each other on paper. */
const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/**
 * The number on the paper. It follows from the prescription's own id, so a machine without the host prints the same one
 * as the host would: eight symbols of the id's random part, "K7QX-2M9D".
 */
export function prescriptionNumber(id: string): string {
  const tail = BigInt(`0x${id.replaceAll('-', '').slice(-10)}`)
  const symbols = Array.from({ length: 8 }, (_, at) => letters[Number((tail >> BigInt(5 * (7 - at))) & 31n)] ?? '')
  return `${symbols.slice(0, 4).join('')}-${symbols.slice(4).join('')}`
}

export type PrescriptionState = 'signed' | 'renewed' | 'cancelled'

export const stateOf = ({ cancellation, isRenewed }: { cancellation: Cancellation | null; isRenewed: boolean }): PrescriptionState =>
  cancellation ? 'cancelled' : isRenewed ? 'renewed' : 'signed'

/** A cancelled prescription is not handed out once more. */
export const mayPrint = (row: Pick<PrescriptionRow, 'cancellation'>): boolean => row.cancellation === null

/** An error ends the entry among the medications as an error; everything else ends it today. Lost paper ends nothing: another one is written. */
export const effectOnChart = ({ reason }: Pick<Cancellation, 'reason'>): 'in-error' | 'stopped' | 'none' =>
  reason === 'wrong-drug' || reason === 'wrong-patient' || reason === 'wrong-dose' ? 'in-error' : reason === 'lost-paper' || reason === 'replaced' ? 'none' : 'stopped'
