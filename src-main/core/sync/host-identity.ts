import type { Core } from '../core.ts'
import { deviceIdOf } from '../device.ts'
import { issueCertificate, makeRequest, type Authority } from '../network/certificates.ts'
import { writeIdentity } from '../network/identity.ts'
import { readSync } from './context.ts'

/** The host's own certificate, for the key that this machine has made. */
export async function makeHostIdentity(core: Core, authority: Authority): Promise<string> {
  const [deviceId, clinicId] = [deviceIdOf(core), core.vault.clinic?.id ?? '']
  const { privateKey, request } = await makeRequest(deviceId)
  const certificate = await issueCertificate(authority, request, { clinicId, deviceId, at: core.platform.now() })
  if (!certificate) throw new Error('a request of our own is signed')
  const { secret } = await core.machine.device()
  writeIdentity(core.vault.folder, { deviceId, clinicId, profile: 'standby', certificate, authority: authority.certificate, privateKey, addresses: [], epochSeen: Math.max(readSync(core.vault.reader).epoch, 1) }, secret)
  return certificate
}
