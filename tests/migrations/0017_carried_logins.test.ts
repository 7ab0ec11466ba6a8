import { expect, it } from 'vitest'
import { migrate, schemaVersion } from '#main/core/db/migrate.ts'
import { databaseAt, migrations } from '#tests/support/database.ts'

it('0017 comes upon the version before', () => {
  const db = databaseAt(16)
  migrate(db, migrations, 17)
  expect(schemaVersion(db)).toBe(17)
})
