import path from 'node:path'
import { assert } from '#shared/kernel/assert.ts'
import type { Core } from '../core.ts'
import { readJson, writeWhole } from '../files/whole-file.ts'
import { makeAuthority, type Authority } from '../network/certificates.ts'
import { makeSigningKeys, signed, signingKeyOf, type SigningKeys } from '../network/signatures.ts'

interface Kept { authority: Authority; signing: SigningKeys }

/** Stands in until the succession's own table is merged. */
const fileIn = (core: Core): string => path.join(core.vault.folder, 'authority.json')
const kept = (core: Core): Kept => {
  const found = readJson(fileIn(core)) as Kept | undefined
  assert(found, 'the authority is there')
  return found
}

export async function createAuthority(core: Core): Promise<void> {
  writeWhole(fileIn(core), JSON.stringify({ authority: await makeAuthority({ clinicId: core.vault.clinic?.id ?? '', at: core.platform.now() }), signing: makeSigningKeys() }))
}

export const authorityOf = (core: Core): Authority => kept(core).authority
export const signerOf = (core: Core): ((text: string) => string) => {
  const key = signingKeyOf(kept(core).signing.privateKey)
  return (text) => signed(key, Buffer.from(text))
}
