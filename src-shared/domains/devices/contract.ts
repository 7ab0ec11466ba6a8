import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { action, command, query } from '../../rpc/define.ts'
import { Device, DeviceName, DeviceSession } from './model.ts'

export const devices = {
  /** Every machine that ever held these records (R12). */
  list: query({ can: 'clinic.manage', scope: 'host', topics: ['devices'], input: z.strictObject({}), output: z.array(Device) }),
  rename: command({ conflict: 'own', can: 'clinic.manage', scope: 'host', audit: 'device.renamed', topics: ['devices'], input: z.strictObject({ id: Id, name: DeviceName }), output: z.object({ id: Id, name: DeviceName }) }),
  /** Live ones first, then the latest; of one person or of everybody. */
  sessions: query({
    can: 'clinic.manage', scope: 'host', topics: ['session', 'staff'], output: z.array(DeviceSession).max(limits.page_rows),
    input: z.strictObject({ userId: Id.nullable().default(null), limit: z.int().min(1).max(limits.page_rows).default(limits.page_rows) }),
  }),
  /** Signs somebody out at whatever window they are in; what was typed there is in its draft. */
  endSession: action({ can: 'clinic.manage', scope: 'host', topics: ['session'], input: z.strictObject({ id: Id }), output: z.object({ ended: z.int() }), errors: { SESSION_OVER: z.undefined() } }),
  /** All of a person, or of everybody but the caller's own session. */
  endSessions: action({ can: 'clinic.manage', scope: 'host', topics: ['session'], input: z.strictObject({ userId: Id.nullable() }), output: z.object({ ended: z.int() }) }),
}
