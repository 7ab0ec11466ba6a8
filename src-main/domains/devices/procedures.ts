import type { devices } from '#shared/domains/devices/contract.ts'
import type { Handlers } from '#main/core/rpc/context.ts'
import { endSession, endSessions, listDevices, listSessions, renameDevice } from './service.ts'

export const devicesProcedures: Handlers<typeof devices> = {
  list: (context) => listDevices(context),
  rename: (context, input) => renameDevice(context, input),
  sessions: (context, input) => listSessions(context, input),
  endSession: (context, input) => endSession(context, input.id),
  endSessions: (context, input) => endSessions(context, input.userId),
}
