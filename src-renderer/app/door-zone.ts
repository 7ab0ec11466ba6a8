import { useEffect } from 'react'
import type { Clinic } from '#shared/domains/clinic/model.ts'

const KEY = 'cairn-zone'

/** The clinic's time zone, also when its records were closed under the window's hands: the door's clock does not jump when a machine is taken out of the clinic. */
export function useDoorZone(clinic: Clinic | null): string {
  const known = clinic?.timeZone
  useEffect(() => {
    if (known !== undefined) globalThis.localStorage?.setItem(KEY, known)
  }, [known])
  return known ?? globalThis.localStorage?.getItem(KEY) ?? Intl.DateTimeFormat().resolvedOptions().timeZone
}
