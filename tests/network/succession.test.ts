import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Profile } from '#shared/sync/messages.ts'
import type { Machine } from './support/machine.ts'
import { identityOf } from './support/raw-member.ts'
import { column, differences, reading } from './support/records.ts'
import { startClinic, type Clinic } from './support/start.ts'

// The host's place changes hands between three processes: by plan, and because the host is gone.

let clinic: Clinic
let first: Machine
let second: Machine
let desk: Machine

beforeEach(async () => {
  clinic = await startClinic()
  first = clinic.host
  second = await member('second', 'standby')
  desk = await member('desk', 'clinical')
})
afterEach(() => clinic.end())

it('hands the host over by plan, goes on without it by the printed key, and takes what the old host still had when it is back', async () => {
  const receptionist = await desk.as('delgado')
  const administrator = await first.as('voss')
  await administrator.network.switchHost({ toDeviceId: identityOf(second).deviceId })
  await stands(second, { role: 'host', epoch: 2 })
  await stands(first, { role: 'member', epoch: 2, link: 'connected', unsent: 0 })
  await stands(desk, { role: 'member', epoch: 2, link: 'connected', unsent: 0 })
  await register(receptionist, 'Afterplan')
  await haveAll(second, [first, desk])
  expect(names(first)).toContain('Afterplan')

  // Nobody else is on when the host takes its last work, and then its power is gone.
  await first.stop()
  await desk.stop()
  const atSecond = await second.as('delgado')
  for (const name of ['Tailone', 'Tailtwo', 'Tailthree']) await register(atSecond, name)
  await second.kill()
  await first.start('node')
  await desk.start('node')
  await register(await desk.as('delgado'), 'Meanwhile')
  const promoting = await first.as('voss')
  await promoting.network.promote({ recoveryKey: clinic.recoveryKey, oldHostIsOff: true })
  await stands(first, { role: 'host', epoch: 3 })
  await stands(desk, { role: 'member', epoch: 3, link: 'connected', unsent: 0 })
  expect(names(first)).toEqual(expect.arrayContaining(['Afterplan', 'Meanwhile']))
  expect(names(first)).not.toContain('Tailone')

  // Somebody switches the old host on all the same.
  await second.start('host')
  await stands(second, { role: 'member', epoch: 3, link: 'connected', unsent: 0 })
  await haveAll(first, [second, desk])
  expect(names(first)).toEqual(expect.arrayContaining(['Afterplan', 'Meanwhile', 'Tailone', 'Tailtwo', 'Tailthree']))
  expect(reading(first, (db) => column(db, 'select mrn from patients group by mrn having count(*) > 1'))).toEqual([])
})

it('asks the other standby before one takes over that has less, with its own eyes on the wire', async () => {
  const third = await member('third', 'standby')
  const atDesk = await desk.as('delgado')
  await haveAll(first, [second, third])
  await second.stop()
  await register(atDesk, 'Onlythird')
  await haveAll(first, [third])
  await first.kill()
  await second.start('node')
  const promoting = await second.as('voss')
  const { hostAnswers, machines } = await promoting.network.candidates({})
  expect(hostAnswers).toBe(false)
  expect(machines.filter((one) => !one.isThis)).toMatchObject([{ deviceId: identityOf(third).deviceId, isReachable: true, isStandby: true }])
  await expect(promoting.network.promote({ recoveryKey: clinic.recoveryKey, oldHostIsOff: true })).rejects.toMatchObject({ code: 'OTHER_IS_AHEAD' })
  const right = await third.as('voss')
  await right.network.promote({ recoveryKey: clinic.recoveryKey, oldHostIsOff: true })
  await stands(third, { role: 'host', epoch: 2 })
  await stands(second, { role: 'member', epoch: 2, link: 'connected' })
  expect(names(second)).toContain('Onlythird')
})

async function member(name: string, profile: Profile): Promise<Machine> {
  const machine = await clinic.machine(name)
  await clinic.host.letIn(machine, profile, `127.0.0.1:${clinic.host.port}`)
  await machine.start('node')
  await stands(machine, { link: 'connected' })
  // Their first sign-in at a machine takes the host.
  for (const userName of ['delgado', 'voss']) await machine.as(userName)
  return machine
}

/** A name of its own for each, so that nobody is taken for somebody else. */
const register = (client: Awaited<ReturnType<Machine['as']>>, familyName: string) =>
  client.patients.register({ id: crypto.randomUUID(), familyName, givenName: familyName.split('').toReversed().join(''), birthDate: '1971-02-03', sex: 'male' })

const stands = (machine: Machine, how: object): Promise<void> => vi.waitFor(async () => expect(await machine.status(), machine.errors).toMatchObject(how), { timeout: 60_000, interval: 200 })

const haveAll = (host: Machine, members: readonly Machine[]): Promise<void> => vi.waitFor(() => {
  for (const one of members) expect(differences(host, one, 'clinical')).toEqual([])
}, { timeout: 30_000, interval: 500 })

const names = (machine: Machine): string[] => reading(machine, (db) => column<string>(db, 'select family_name from patients'))
