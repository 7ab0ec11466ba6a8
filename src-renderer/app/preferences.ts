import type { PreferenceName } from '#shared/bridge.ts'

/** The storage tells the other windows; the shell keeps the choice for the next start, because the storage forgets it. */
export function keepPreference(name: PreferenceName, value: string): void {
  globalThis.localStorage?.setItem(name, value)
  globalThis.window?.cairn?.preferences.save(name, value)
}
