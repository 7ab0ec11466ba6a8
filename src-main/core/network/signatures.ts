import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto'

/**
 * Ed25519, for what has to be believed long after its connection has ended: receipts of the host, and the root key's word
 * on who the host of an epoch is. What is signed begins with the name of its format, so that no signature means two things.
 */
export interface SigningKeys {
  /** PKCS#8 and SPKI, as PEM. */
  privateKey: string
  publicKey: string
}

export function makeSigningKeys(): SigningKeys {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return { privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString() }
}

export const signingKeyOf = (pem: string): KeyObject => createPrivateKey(pem)
export const checkingKeyOf = (pem: string): KeyObject => createPublicKey(pem)

export const signed = (key: KeyObject, bytes: Uint8Array): string => sign(null, bytes, key).toString('base64')

/** False as well for what is no signature at all: it came from another machine. */
export function isSigned(key: KeyObject, bytes: Uint8Array, signature: string): boolean {
  const given = Buffer.from(signature, 'base64')
  return given.length === 64 && given.toString('base64') === signature && verify(null, bytes, key, given)
}
