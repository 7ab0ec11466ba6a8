import { accessSettings } from '#drizzle/schema/access.ts'
import type { AccessSettings } from '#shared/domains/access/model.ts'
import { assert } from '#shared/kernel/assert.ts'
import { connectionOf } from '../db/reading.ts'
import type { ReadDb } from '../db/types.ts'

/** Every call needs them and nobody changes them: read once for a connection, and again after a change. */
const known = new WeakMap<object, AccessSettings>()

export function accessSettingsOf(db: ReadDb): AccessSettings {
  const before = known.get(connectionOf(db))
  if (before) return before
  const row = db.select().from(accessSettings).limit(1).get()
  assert(row, 'the migration has written the settings')
  const { id: _one, ...settings } = row
  known.set(connectionOf(db), settings)
  return settings
}

export const forgetAccessSettings = (db: ReadDb): void => void known.delete(connectionOf(db))
