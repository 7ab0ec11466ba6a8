import { check, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { deviceProfiles } from '#shared/domains/devices/model.ts'
import { oneOf } from './columns.ts'

/** Every machine that ever held these records. */
export const devices = sqliteTable('devices', {
  id: text().primaryKey(),
  name: text().notNull(),
  profile: text().notNull(),
  os: text().notNull(),
  appVersion: text('app_version').notNull(),
  firstSeenAt: text('first_seen_at').notNull(),
  lastSeenAt: text('last_seen_at').notNull(),
}, (t) => [check('devices_profile', oneOf(t.profile, deviceProfiles))])
