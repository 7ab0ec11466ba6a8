import { isOwnCertificate, makeRequest } from './certificates.ts'
import type { NetworkIdentity } from './identity.ts'

export interface Renewal {
  /** Goes to the host over the connection that the present certificate opens. */
  request: string
  /** The identity with the new certificate and its key, to be written before it is used; undefined for a certificate that is not this machine's. */
  accept(certificate: string): NetworkIdentity | undefined
}

/** A new key with each renewal: one that was copied unnoticed is worth nothing from then on. */
export async function beginRenewal(identity: NetworkIdentity): Promise<Renewal> {
  const { privateKey, request } = await makeRequest(identity.deviceId)
  return {
    request,
    accept: (certificate) => (isOwnCertificate({ ...identity, certificate, privateKey }) ? { ...identity, certificate, privateKey } : undefined),
  }
}
