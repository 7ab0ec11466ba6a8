import { app } from 'electron'
import fs from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import { preferenceNames, type Preferences } from '#shared/bridge.ts'
import { listenTo } from './channels.ts'

/** Longer than any printer's name. */
const LONGEST = 200
const Preference = z.strictObject({ name: z.enum(preferenceNames), value: z.string().max(LONGEST) })
const Saved = z.partialRecord(z.enum(preferenceNames), z.string().max(LONGEST))

/**
 * How this machine likes its windows. The page's own storage lives in memory only, so these few choices, which are about
 * no patient, are kept by the shell. A file that cannot be read counts as none.
 */
export function readPreferences(): Preferences {
  try {
    return Saved.parse(JSON.parse(fs.readFileSync(file(), 'utf8')))
  } catch {
    return {}
  }
}

export function servePreferences(): void {
  listenTo('preferences:save', (_window, input) => {
    const one = Preference.safeParse(input)
    if (one.success) write({ ...readPreferences(), [one.data.name]: one.data.value })
  })
}

/** Written beside its place and renamed. A full disk costs a preference and nothing else. */
function write(preferences: Preferences): void {
  const part = `${file()}.part`
  try {
    fs.writeFileSync(part, JSON.stringify(preferences), { mode: 0o600 })
    fs.renameSync(part, file())
  } catch {
    fs.rmSync(part, { force: true })
  }
}

const file = (): string => path.join(app.getPath('userData'), 'preferences.json')
