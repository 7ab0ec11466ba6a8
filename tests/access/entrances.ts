import type { CairnClient } from '#shared/rpc/client.ts'
import { limits } from '#shared/kernel/limits.ts'
import type { Core } from '#main/core/core.ts'
import type { Door } from '#main/core/rpc/context.ts'
import { doors, type OpenedDoor } from '#tests/transport/doors.ts'

/** One way in, held open for many calls. */
export interface Entrance {
  readonly name: string
  /** The door to stand somebody at, and the client behind it. */
  use(): Promise<{ door: Door; client: CairnClient }>
  close(): Promise<void>
}

/** A window may ask only so often: a new one is opened before its budget is spent. */
const CALLS_A_WINDOW = limits.window_calls_at_once - 20

export function entranceOf(core: Core, name: string, open: (core: Core) => Promise<OpenedDoor>): Entrance {
  let opened: OpenedDoor | undefined
  let door: Door | undefined
  let calls = 0
  return {
    name,
    use: async () => {
      if (!opened || !door || calls >= CALLS_A_WINDOW) {
        await opened?.close()
        const before = new Set(core.doors.keys())
        opened = await open(core)
        door = [...core.doors.values()].find((one) => !before.has(one.id))
        calls = 0
      }
      if (!door) throw new Error(`${name} opened no door`)
      calls += 1
      return { door, client: opened.client }
    },
    close: async () => opened?.close(),
  }
}

export const everyEntrance = (core: Core): Entrance[] => Object.entries(doors).map(([name, open]) => entranceOf(core, name, open))
