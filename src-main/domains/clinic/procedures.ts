import type { clinic } from '#shared/domains/clinic/contract.ts'
import type { Handlers } from '#main/core/rpc/context.ts'
import { getClinic, listRooms, listStaff } from './service.ts'

export const clinicProcedures: Handlers<typeof clinic> = {
  get: (context) => getClinic(context),
  listStaff: (context) => listStaff(context),
  listRooms: (context) => listRooms(context),
}
