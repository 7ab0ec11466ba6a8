import type { CoreOptions } from './core.ts'

/** What lets a core that was killed go on: the raw key and who was at which window. It lives in the shell's memory only. */
export interface Resume {
  dataKey: Uint8Array
  /** Door id to session id. */
  sessions: Record<string, string>
}

export type Folders = Pick<CoreOptions, 'dataFolder' | 'migrationsFolder' | 'resourcesFolder' | 'appVersion'>

export type ToCore =
  | { type: 'start'; folders: Folders; resume: Resume | null }
  /** `resume`: the session to go on with; `beside`: the window whose person opened this one. */
  | { type: 'door'; doorId: string; resume?: string; beside?: string }
  | { type: 'door-closed'; doorId: string }
  | { type: 'stop' }

export type FromCore =
  | { type: 'started' }
  | { type: 'failed'; code: string }
  | { type: 'resume'; resume: Resume | null }
