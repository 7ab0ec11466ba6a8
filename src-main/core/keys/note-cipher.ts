import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { Id } from '#shared/kernel/ids.ts'
import type { Core } from '../core.ts'
import { userKeyOf } from './held.ts'
import { readKeyring } from './keyring.ts'
import { recoveryPublicKey } from './slots.ts'
import { openWith, publicHalf, sealTo } from './user-keys.ts'

/**
 * FIELD-K: each psychotherapy note has a random key of its own, AES-256-GCM over its text with the note's id as associated
 * data, so that one note's text does not open as another's. The key is sealed to the author and to the recovery key.
 */
export interface NoteKeyring {
  /** A new key for a note and what is kept of it; undefined when this person has no key to seal to. */
  draw(): { key: Uint8Array; author: Uint8Array; recovery: Uint8Array | undefined } | undefined
  open(sealed: Uint8Array): Uint8Array | undefined
  sealText(key: Uint8Array, noteId: Id, text: string): Buffer
  /** Undefined for another key, another note or altered bytes. */
  openText(key: Uint8Array, noteId: Id, sealed: Uint8Array): string | undefined
}

const [NONCE_BYTES, TAG_BYTES, KEY_BYTES] = [12, 16, 32]

export function noteKeyringOf(core: Core, { userId }: { userId: Id }): NoteKeyring {
  return {
    draw: () => {
      const own = userKeyOf(core, userId)
      const { dataKey, folder } = core.vault
      if (!own || !dataKey) return undefined
      const key = core.platform.random(KEY_BYTES)
      const recovery = recoveryPublicKey(readKeyring(folder), dataKey)
      return { key, author: sealTo(publicHalf(own), key), recovery: recovery && sealTo(recovery, key) }
    },
    open: (sealed) => {
      const own = userKeyOf(core, userId)
      return own && openWith(own, sealed)
    },
    sealText: (key, noteId, text) => {
      const nonce = core.platform.random(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      cipher.setAAD(Buffer.from(noteId))
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
    },
    openText: (key, noteId, sealed) => {
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
        decipher.setAAD(Buffer.from(noteId))
        decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
        return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8')
      } catch {
        return undefined // Told as a note that cannot be opened, whatever the cause.
      }
    },
  }
}
