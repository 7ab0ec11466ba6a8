import { defineConfig } from 'drizzle-kit'

/** `npx drizzle-kit generate --config drizzle/drizzle.config.ts` drafts a migration; it is reviewed, titled and made STRICT by hand. */
export default defineConfig({ dialect: 'sqlite', schema: './drizzle/schema', out: './drizzle/.draft' })
