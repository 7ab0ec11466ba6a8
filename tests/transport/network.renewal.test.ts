import { expect, test } from 'vitest'
import { fingerprintOf, issueCertificate } from '#main/core/network/certificates.ts'
import { beginRenewal } from '#main/core/network/renewal.ts'
import { makeClinic, now, startHost, startMachine } from '#tests/support/wire.ts'

// The goal: a machine changes its certificate without anybody noticing, and the old one is worth nothing afterwards.

test('a machine comes back with its new certificate, and the old one is refused once it is off the list', async () => {
  const clinic = await makeClinic()
  const host = await startHost(clinic)
  const old = await clinic.machine()
  host.allow(old)
  let identity = old
  const machine = startMachine(() => identity, [host.address])
  await machine.opened.next()
  const renewal = await beginRenewal(old)
  const certificate = (await issueCertificate(clinic.authority, renewal.request, { clinicId: clinic.clinicId, deviceId: old.deviceId, at: now() }))!
  identity = renewal.accept(certificate)!
  expect(identity.privateKey).not.toBe(old.privateKey)
  host.allow(identity)
  host.server.drop(old.deviceId)
  await machine.closed.next()
  machine.client.wake()
  await machine.opened.next()
  host.list.delete(fingerprintOf(old.certificate))
  expect(await startMachine(old, [host.address]).closed.next()).toEqual({ why: 'unknown-machine' })
  expect(machine.client.isOpen).toBe(true)
})

test('a certificate for another key, machine or clinic is not taken', async () => {
  const [clinic, other] = [await makeClinic(), await makeClinic()]
  const machine = await clinic.machine()
  const { request, accept } = await beginRenewal(machine)
  const foreign = (await issueCertificate(other.authority, request, { clinicId: clinic.clinicId, deviceId: machine.deviceId, at: now() }))!
  for (const wrong of [machine.certificate, (await clinic.machine({ deviceId: machine.deviceId })).certificate, foreign, '']) expect(accept(wrong)).toBeUndefined()
})
