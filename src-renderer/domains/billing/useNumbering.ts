import { isOutOfReach } from '#renderer/app/network/reach.ts'
import { useNetwork } from '#renderer/app/network/state.ts'

/** Why no bill can be issued now; undefined when one can. Numbers have no gap, so only the host gives them. */
export function useNumbering(): string | undefined {
  return isOutOfReach(useNetwork()) ? 'Draft, number after sync: the host gives the numbers and is not reachable. The charges are kept.' : undefined
}
