import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { Instant } from '../../kernel/time.ts'

/** What a machine holds. One alone is its own host; profiles of paired ones come with the network. */
export const deviceProfiles = ['standalone'] as const

export const DeviceName = z.string().trim().min(1).max(limits.name_chars)

export const Device = z.object({
  id: Id,
  name: z.string(),
  profile: z.enum(deviceProfiles),
  /** "linux 6.8.0 x64". */
  os: z.string(),
  /** Empty while only the command line has run here. */
  appVersion: z.string(),
  firstSeenAt: Instant,
  lastSeenAt: Instant,
  /** The machine that answers. */
  isThis: z.boolean(),
})
export type Device = z.infer<typeof Device>

export const DeviceSession = z.object({
  id: Id,
  userId: Id,
  personName: z.string(),
  userName: z.string(),
  /** 'window', 'cli', 'socket'. */
  door: z.string(),
  startedAt: Instant,
  endedAt: Instant.nullable(),
  /** Somebody is signed in with it now; neither live nor ended means that it was cut off. */
  isLive: z.boolean(),
  isLocked: z.boolean(),
  /** How the person proved who they are when the window was last opened; of live sessions. */
  proof: z.enum(['full', 'pin']).nullable(),
  /** The last call; of live sessions. */
  lastSeenAt: Instant.nullable(),
  isOwn: z.boolean(),
})
export type DeviceSession = z.infer<typeof DeviceSession>
