import type * as X509 from '@peculiar/x509'
import { createHash, createPrivateKey, X509Certificate } from 'node:crypto'
import { limits } from '#shared/kernel/limits.ts'
import { toMs, type Instant } from '#shared/kernel/time.ts'

/**
 * The clinic's own certificates: one authority, made when the host is switched on, and one certificate for each machine
 * whose subject is the machine's id. ECDSA P-256 throughout. A private key is made where it is used and never travels.
 */
export interface Authority {
  certificate: string
  privateKey: string
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const DAY_MS = 86_400_000
/** A machine whose clock is a day behind can still use what it was given now. */
const BACKDATED_MS = DAY_MS
/** The authority outlives every computer in the clinic: a new one would mean pairing all of them again. */
const AUTHORITY_DAYS = 30 * 365

/** Loaded when a certificate is made, a few times in the life of a machine: a start has no time to read it. */
async function library(): Promise<typeof X509> {
  await import('reflect-metadata')
  return import('@peculiar/x509')
}

/** The name that every machine's certificate carries, and every machine demands of the host it talks to. */
export const serverNameOf = (clinicId: string): string => `cairn-${clinicId}`

export async function makeAuthority({ clinicId, at }: { clinicId: string; at: Instant }): Promise<Authority> {
  const { X509CertificateGenerator, BasicConstraintsExtension, KeyUsagesExtension, KeyUsageFlags, SubjectKeyIdentifierExtension } = await library()
  const keys = await makeKeys()
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: `CN=cairn-authority-${clinicId}`,
    notBefore: new Date(toMs(at) - BACKDATED_MS), notAfter: new Date(toMs(at) + AUTHORITY_DAYS * DAY_MS),
    signingAlgorithm: ALGORITHM, keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { certificate: certificate.toString('pem'), privateKey: await exportPrivate(keys) }
}

/** A new key of this machine, and the request for its certificate that goes to the host. Again at each renewal. */
export async function makeRequest(deviceId: string): Promise<{ privateKey: string; request: string }> {
  const { Pkcs10CertificateRequestGenerator } = await library()
  const keys = await makeKeys()
  const request = await Pkcs10CertificateRequestGenerator.create({ name: `CN=${deviceId}`, keys, signingAlgorithm: ALGORITHM })
  return { privateKey: await exportPrivate(keys), request: request.toString('pem') }
}

/**
 * The certificate for a request, or undefined when the request is damaged, is not signed by the key it names, or asks for
 * another kind of key or another machine's name. Nothing but the public key is taken from it.
 */
export async function issueCertificate(authority: Authority, request: string, { clinicId, deviceId, at }: { clinicId: string; deviceId: string; at: Instant }): Promise<string | undefined> {
  const x509 = await library()
  const { publicKey } = await readRequest(x509, request, deviceId)
  if (!publicKey) return undefined
  const issuer = new x509.X509Certificate(authority.certificate)
  const certificate = await x509.X509CertificateGenerator.create({
    subject: `CN=${deviceId}`, issuer: issuer.subject, publicKey, signingKey: await importPrivate(authority.privateKey), signingAlgorithm: ALGORITHM,
    notBefore: new Date(toMs(at) - BACKDATED_MS), notAfter: new Date(toMs(at) + limits.network_certificate_days * DAY_MS),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth, x509.ExtendedKeyUsage.clientAuth], true),
      new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: serverNameOf(clinicId) }]),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
    ],
  })
  return certificate.toString('pem')
}

async function readRequest(x509: typeof X509, pem: string, deviceId: string): Promise<{ publicKey?: KeyPair['publicKey'] }> {
  try {
    const request = new x509.Pkcs10CertificateRequest(pem)
    if (request.subject !== `CN=${deviceId}` || !(await request.verify())) return {}
    return { publicKey: await request.publicKey.export(ALGORITHM, ['verify']) }
  } catch {
    return {} // It came over the wire: whatever is wrong with it, it is no request.
  }
}

/** What a machine is known by in the host's list: SHA-256 of the whole certificate, in hexadecimal. */
export const fingerprintOf = (certificate: string | Uint8Array): string =>
  createHash('sha256').update(new X509Certificate(certificate).raw).digest('hex')

/** The machine a certificate was made out to. */
export const deviceOfCertificate = (certificate: string | Uint8Array): string => /^CN=(\S+)$/m.exec(new X509Certificate(certificate).subject)?.[1] ?? ''

/** Whether a certificate is the clinic's, for this machine, and for the key that the machine made. */
export function isOwnCertificate({ certificate, authority, privateKey, deviceId, clinicId }: { certificate: string; authority: string; privateKey: string; deviceId: string; clinicId: string }): boolean {
  try {
    const own = new X509Certificate(certificate)
    return isIssuedBy(certificate, authority) && own.checkPrivateKey(createPrivateKey(privateKey)) && deviceOfCertificate(certificate) === deviceId && own.checkHost(serverNameOf(clinicId)) !== undefined
  } catch {
    return false // From the network: what cannot be read is not ours.
  }
}

export function isIssuedBy(certificate: string | Uint8Array, authority: string): boolean {
  const issuer = new X509Certificate(authority)
  const own = new X509Certificate(certificate)
  return own.checkIssued(issuer) && own.verify(issuer.publicKey)
}

/** Half of a certificate's time is over: a new one is asked for over the connection that the old one still opens. */
export function isRenewalDue(certificate: string, nowMs: number): boolean {
  const { validFrom, validTo } = new X509Certificate(certificate)
  return nowMs >= (Date.parse(validFrom) + Date.parse(validTo)) / 2
}

// Its type is told by what makes it: Node and the DOM each have one, and the tests are checked with both.
const makeKeys = () => crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
type KeyPair = Awaited<ReturnType<typeof makeKeys>>

async function exportPrivate({ privateKey }: KeyPair): Promise<string> {
  const bytes = await crypto.subtle.exportKey('pkcs8', privateKey)
  return createPrivateKey({ key: Buffer.from(bytes), format: 'der', type: 'pkcs8' }).export({ type: 'pkcs8', format: 'pem' }).toString()
}

function importPrivate(pem: string): Promise<KeyPair['privateKey']> {
  const bytes = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' })
  return crypto.subtle.importKey('pkcs8', bytes, ALGORITHM, false, ['sign'])
}
