import * as z from 'zod'
import { query } from '../../rpc/define.ts'
import { Clinic, Room, StaffMember } from './model.ts'

const none = z.strictObject({})

export const clinic = {
  get: query({ can: 'clinic.read', topics: ['clinic'], input: none, output: Clinic }),
  listStaff: query({ can: 'clinic.read', topics: ['staff'], input: none, output: z.array(StaffMember) }),
  listRooms: query({ can: 'clinic.read', topics: ['clinic'], input: none, output: z.array(Room) }),
}
