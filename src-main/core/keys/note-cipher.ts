import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { Id } from '#shared/kernel/ids.ts'
import type { Core } from '../core.ts'
import { openWith, recoveryPublicKey, sealTo, userKeyOf } from './user-keys.ts'

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

export function noteKeyringOf(core: Core, { sessionId }: { sessionId: Id }): NoteKeyring {
  return {
    draw: () => {
      const own = userKeyOf(core, sessionId)
      if (!own) return undefined
      const key = core.platform.random(KEY_BYTES)
      const recovery = recoveryPublicKey(core)
      return { key, author: sealTo(own.publicKey, key), recovery: recovery && sealTo(recovery, key) }
    },
    open: (sealed) => {
      const own = userKeyOf(core, sessionId)
      return own && openWith(own.privateKey, sealed)
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
