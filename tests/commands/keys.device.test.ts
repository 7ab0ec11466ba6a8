import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { readDevice, type KeyStore } from '#main/shell/device-secret.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true })
})
function place(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-device-'))
  folders.push(folder)
  return path.join(folder, 'device-key')
}

/** An operating system's key store as both runtimes offer it; `key` is what the system keeps. */
function osStore({ calls, prefix = 'v11', backend = 'gnome_libsecret', key = randomBytes(32), reEncrypt = false }: {
  calls: 'async' | 'sync'; prefix?: string; backend?: 'gnome_libsecret' | 'basic_text'; key?: Buffer; reEncrypt?: boolean
}): KeyStore {
  const encrypt = (text: string): Buffer => {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key, nonce)
    return Buffer.concat([Buffer.from(prefix), nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()])
  }
  const decrypt = (sealed: Buffer): string => {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(3, 15)).setAuthTag(sealed.subarray(-16))
    return Buffer.concat([decipher.update(sealed.subarray(15, -16)), decipher.final()]).toString()
  }
  const named = { getSelectedStorageBackend: () => backend }
  if (calls === 'sync') return { ...named, isEncryptionAvailable: () => true, encryptString: encrypt, decryptString: decrypt }
  return {
    ...named, isAsyncEncryptionAvailable: async () => true, encryptStringAsync: async (text) => encrypt(text),
    decryptStringAsync: async (sealed) => ({ result: decrypt(sealed), shouldReEncrypt: reEncrypt }),
  }
}

describe('this machine’s secret', () => {
  it.each(['async', 'sync'] as const)('is made once and kept by the operating system (%s calls)', async (calls) => {
    const file = place()
    const store = osStore({ calls })
    const first = await readDevice(store, file, 'linux')
    expect([first.keeper, first.secret?.length]).toEqual(['os', 32])
    expect(await readDevice(store, file, 'linux')).toEqual(first)
    expect(fs.readFileSync(file).includes(Buffer.from(first.secret ?? []))).toBe(false)
    expect(fs.statSync(file).mode & 0o777).toBe(0o600)
  })

  it('is written again when the store has a newer key', async () => {
    const file = place()
    const key = randomBytes(32)
    const first = await readDevice(osStore({ calls: 'async', key }), file, 'linux')
    const before = fs.readFileSync(file)
    expect(await readDevice(osStore({ calls: 'async', key, reEncrypt: true }), file, 'linux')).toEqual(first)
    expect(fs.readFileSync(file).equals(before)).toBe(false)
  })

  it('is not given to a keeper whose password everybody knows, by its name or by what it writes', async () => {
    const file = place()
    for (const store of [osStore({ calls: 'sync', backend: 'basic_text' }), osStore({ calls: 'async', prefix: 'v10' }), {}]) {
      expect(await readDevice(store, file, 'linux')).toEqual({ keeper: 'none', secret: undefined })
    }
    expect(fs.existsSync(file)).toBe(false)
    // Windows and macOS have no such fallback; there the same prefix means their own store.
    expect(await readDevice(osStore({ calls: 'async', prefix: 'v10' }), file, 'win32')).toMatchObject({ keeper: 'os' })
  })

  it('that cannot be read is reported as missing and never replaced: the store may answer again', async () => {
    const file = place()
    const key = randomBytes(32)
    const first = await readDevice(osStore({ calls: 'async', key }), file, 'linux')
    expect(await readDevice(osStore({ calls: 'async' }), file, 'linux')).toEqual({ keeper: 'os', secret: undefined })
    expect(await readDevice(osStore({ calls: 'async', key }), file, 'linux')).toEqual(first)
  })
})
