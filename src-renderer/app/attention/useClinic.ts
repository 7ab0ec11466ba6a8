import { useNow, useToday, useZone } from '#renderer/app/actor.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import type { Clinic } from './view.ts'

/** What the words of an item need to know of the clinic: its clock and its people. */
export function useClinic(): Clinic {
  return { zone: useZone(), now: useNow(), today: useToday(), staff: useApiQuery('clinic.listStaff', {}).data ?? [] }
}
