import type { CoreOptions } from './core.ts'
import type { Device } from './keys/device.ts'

/** What lets a core that was killed go on: the raw key and who was at which window. It lives in the shell's memory only. */
export interface Resume {
  dataKey: Uint8Array
  /** Door id to the tokens of its sessions; the first is the one that stood there. */
  sessions: Record<string, readonly string[]>
  /** The private keys of the people who are signed in, by account. */
  userKeys: Record<string, Uint8Array>
  /** Doors of displays that somebody was allowed to open: they go on showing calls after a crash. */
  displays: readonly string[]
}

/** What a core starts with: where its files lie, and how it listens where somebody has said so. */
export type StartOptions = Pick<CoreOptions, 'dataFolder' | 'migrationsFolder' | 'resourcesFolder' | 'appVersion' | 'network'>

export type ToCore =
  | { type: 'start'; options: StartOptions; resume: Resume | null }
  /** What the operating system keeps for this machine. It may come long after `start`: it asks a person on some systems. */
  | { type: 'device'; device: Device }
  /** `resume`: the sessions to go on with; `beside`: the window whose person opened this one. */
  | { type: 'door'; doorId: string; resume?: readonly string[]; beside?: string; isDisplay?: boolean }
  | { type: 'door-closed'; doorId: string }
  /** The link of a visit by video, for whoever sits at that window. */
  | { type: 'video-link'; requestId: string; doorId: string; appointmentId: string; seat: string }
  /** The computer was locked or put to sleep: every window is. */
  | { type: 'lock-all' }
  | { type: 'stop' }

export type FromCore =
  | { type: 'started' }
  | { type: 'failed'; code: string }
  | { type: 'resume'; resume: Resume | null }
  /** Null: there is none, or not for this person. */
  | { type: 'video-link'; requestId: string; url: string | null }
