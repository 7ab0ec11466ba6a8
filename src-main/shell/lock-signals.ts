import { powerMonitor } from 'electron'
import type { CoreHost } from './core-host.ts'

/** R04: whoever locks the computer or lets it sleep has left the desk. Where the system sends no such signal the idle time does it. */
export function watchComputer(core: CoreHost): void {
  powerMonitor.on('lock-screen', () => core.lockAll())
  powerMonitor.on('suspend', () => core.lockAll())
}
