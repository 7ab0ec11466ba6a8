import { limits } from './limits.ts'

// A host by its name and nothing before it, so that no two readers can take one text for two addresses.
const PLAIN = /^https:\/\/(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}(?::\d{1,5})?(?:[/?#][\x21-\x7e]*)?$/
const NEVER_PLAIN = /[\\<>"`^{|}]/

/** An address that may be handed to the browser: plain https. The form, the core and the shell ask the same. */
export const isPlainHttps = (text: string): boolean => text.length <= limits.telehealth_url_chars && PLAIN.test(text) && !NEVER_PLAIN.test(text)
