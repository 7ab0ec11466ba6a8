import { createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID, X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { limits } from '#shared/kernel/limits.ts'
import { deviceOfCertificate, fingerprintOf, isIssuedBy, isOwnCertificate, isRenewalDue, issueCertificate, makeAuthority, makeRequest } from '#main/core/network/certificates.ts'
import { checkingKeyOf, isSigned, makeSigningKeys, signed, signingKeyOf } from '#main/core/network/signatures.ts'
import { makeClinic, now } from '#tests/support/wire.ts'

// The goal: a certificate says exactly which machine of which clinic holds which key, and nobody but the clinic's authority can say so.

const at = '2026-11-17T15:00:00.000Z'
const clinicId = randomUUID()

test('a machine’s certificate is for its id, its clinic and its key, for two years, and signs nobody else', async () => {
  const authority = await makeAuthority({ clinicId, at })
  const deviceId = randomUUID()
  const { privateKey, request } = await makeRequest(deviceId)
  expect(request).not.toContain('PRIVATE')
  const pem = (await issueCertificate(authority, request, { clinicId, deviceId, at }))!
  const certificate = new X509Certificate(pem)
  expect(deviceOfCertificate(pem)).toBe(deviceId)
  expect(certificate.subjectAltName).toBe(`DNS:cairn-${clinicId}`)
  expect(certificate.ca).toBe(false)
  expect(certificate.checkPrivateKey(createPrivateKey(privateKey))).toBe(true)
  expect(certificate.publicKey.asymmetricKeyDetails).toMatchObject({ namedCurve: 'prime256v1' })
  expect((Date.parse(certificate.validTo) - Date.parse(at)) / 86_400_000).toBe(limits.network_certificate_days)
  expect(isIssuedBy(pem, authority.certificate)).toBe(true)
  expect(isOwnCertificate({ certificate: pem, authority: authority.certificate, privateKey, deviceId, clinicId })).toBe(true)
})

test('a machine’s certificate cannot be used to make another one', async () => {
  const clinic = await makeClinic()
  const machine = await clinic.machine()
  const { request } = await makeRequest(machine.deviceId)
  const forged = (await issueCertificate({ certificate: machine.certificate, privateKey: machine.privateKey }, request, { clinicId: clinic.clinicId, deviceId: machine.deviceId, at: now() }))!
  expect(isIssuedBy(forged, clinic.authority.certificate)).toBe(false)
  expect(isIssuedBy(forged, machine.certificate)).toBe(false)
})

test('a certificate that only names the clinic’s authority is not from it', async () => {
  const [clinic, enemy] = [await makeClinic(), await makeClinic()]
  const machine = await clinic.machine()
  const { request } = await makeRequest(machine.deviceId)
  const forged = (await issueCertificate({ certificate: clinic.authority.certificate, privateKey: enemy.authority.privateKey }, request, { clinicId: clinic.clinicId, deviceId: machine.deviceId, at: now() }))!
  expect(isIssuedBy(forged, clinic.authority.certificate)).toBe(false)
})

test.each(['deviceId', 'clinicId', 'privateKey', 'authority'] as const)('a certificate with another %s is not this machine’s', async (what) => {
  const [clinic, other] = [await makeClinic(), await makeClinic()]
  const [own, another] = [await clinic.machine(), await other.machine()]
  expect(isOwnCertificate(own)).toBe(true)
  expect(isOwnCertificate({ ...own, [what]: another[what] })).toBe(false)
  expect(isOwnCertificate({ ...own, certificate: 'rubbish' })).toBe(false)
})

test('what is no request, was changed on its way, names another machine or brings another kind of key is not signed', async () => {
  const authority = await makeAuthority({ clinicId, at })
  const deviceId = randomUUID()
  const { request } = await makeRequest(deviceId)
  const bytes = Buffer.from(request.replace(/-----[^-]+-----|\s/g, ''), 'base64')
  bytes[bytes.length - 20] = bytes[bytes.length - 20]! ^ 1
  const changed = `-----BEGIN CERTIFICATE REQUEST-----\n${bytes.toString('base64')}\n-----END CERTIFICATE REQUEST-----`
  const publicOnly = createPublicKey(generateKeyPairSync('ed25519').privateKey).export({ type: 'spki', format: 'pem' }).toString()
  for (const bad of ['', 'rubbish', changed, publicOnly, (await makeRequest(randomUUID())).request]) {
    expect(await issueCertificate(authority, bad, { clinicId, deviceId, at })).toBeUndefined()
  }
  expect(await issueCertificate(authority, request, { clinicId, deviceId, at })).toBeDefined()
})

test('two machines never share a fingerprint, and the file format does not change it', async () => {
  const clinic = await makeClinic()
  const [a, b] = [await clinic.machine(), await clinic.machine()]
  expect(fingerprintOf(a.certificate)).toMatch(/^[0-9a-f]{64}$/)
  expect(fingerprintOf(a.certificate)).not.toBe(fingerprintOf(b.certificate))
  expect(fingerprintOf(new X509Certificate(a.certificate).raw)).toBe(fingerprintOf(a.certificate))
})

test('a certificate is renewed when half of its time is over', async () => {
  const machine = await (await makeClinic()).machine({ at })
  const days = (count: number): number => Date.parse(at) + count * 86_400_000
  expect(isRenewalDue(machine.certificate, days(limits.network_certificate_days / 2 - 2))).toBe(false)
  expect(isRenewalDue(machine.certificate, days(limits.network_certificate_days / 2 + 1))).toBe(true)
})

test('a signature holds for its key and its bytes, and for nothing else', () => {
  const [keys, others] = [makeSigningKeys(), makeSigningKeys()]
  const bytes = Buffer.from('["cairn-receipt-1",1]')
  const signature = signed(signingKeyOf(keys.privateKey), bytes)
  expect(isSigned(checkingKeyOf(keys.publicKey), bytes, signature)).toBe(true)
  expect(isSigned(checkingKeyOf(others.publicKey), bytes, signature)).toBe(false)
  expect(isSigned(checkingKeyOf(keys.publicKey), Buffer.from('["cairn-receipt-1",2]'), signature)).toBe(false)
  for (const bad of ['', 'x', `${signature}AAAA`]) expect(isSigned(checkingKeyOf(keys.publicKey), bytes, bad)).toBe(false)
})
