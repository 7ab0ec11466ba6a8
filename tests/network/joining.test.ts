import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import fs from 'node:fs'
import path from 'node:path'
import type { Machine } from './support/machine.ts'
import { differences, one, reading } from './support/records.ts'
import { startClinic, type Clinic } from './support/start.ts'

// How a machine comes in and how it is put out again, as processes on one computer.

let clinic: Clinic
let host: Machine
let address: string

beforeEach(async () => {
  clinic = await startClinic()
  host = clinic.host
  address = `127.0.0.1:${host.port}`
})
afterEach(() => clinic.end())

it('locks the code after five wrong ones, at both ends, and the right one is worth nothing any more', async () => {
  const steps: string[] = []
  let code = ''
  const showing = (async () => {
    for await (const step of (await host.running()).operate('pair', { allow: true })) {
      const said = step as { is: string; code?: string; why?: string } // The node's own steps.
      steps.push(said.why ?? said.is)
      code ||= said.code ?? ''
    }
  })()
  await vi.waitFor(() => expect(code).not.toBe(''))
  const wrong = code.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))
  const answers: unknown[] = []
  for (const tried of [wrong, wrong, wrong, wrong, wrong, code]) {
    const { lines } = await (await clinic.machine(`guest-${answers.length}`)).run('join', address, '--code', tried, '--profile', 'clinical')
    answers.push(lines.at(-1)?.['error'])
  }
  await showing
  expect(answers.slice(0, 4)).toEqual([1, 2, 3, 4].map(() => ({ code: 'CODE_WRONG' })))
  expect(answers.slice(4)).toEqual([expect.objectContaining({ code: 'PAIRING_LOCKED' }), expect.objectContaining({ code: expect.stringMatching(/CODE_OVER|PAIRING_LOCKED/) as string })])
  expect(steps).toEqual(['waiting', 'wrong', 'wrong', 'wrong', 'wrong', 'locked'])
})

it('goes on with the copy where it broke off when the host was killed half way, and a second join is not needed', async () => {
  const member = await clinic.machine('desk')
  let code = ''
  const showing = (async () => {
    for await (const step of (await host.running()).operate('pair', { allow: true })) code ||= (step as { code?: string }).code ?? '' // The node's own steps.
  })().catch(() => undefined) // The host is killed meanwhile.
  await vi.waitFor(() => expect(code).not.toBe(''))
  const joining = member.begin('join', address, '--code', code, '--profile', 'clinical')
  await joining.line((line) => line['is'] === 'copying')
  await host.kill()
  await showing
  await host.start('host')
  const { code: exit, lines } = await joining.said
  expect({ exit, last: lines.at(-1) }).toMatchObject({ exit: 0, last: { is: 'done' } })
  await member.start('node')
  await vi.waitFor(async () => expect(await member.status()).toMatchObject({ link: 'connected', lag: 0 }), { timeout: 20_000 })
  expect(differences(host, member, 'clinical')).toEqual([])
})

it('cuts and locks a machine that is taken off the list within a second, and nothing that it still has changes anything', async () => {
  const member = await clinic.machine('desk')
  await host.letIn(member, 'clinical', address)
  await member.start('node')
  const [administrator, desk] = [await host.as('voss'), await member.as('delgado')]
  const { id } = (await administrator.network.members({})).find((machine) => !machine.isHost) ?? { id: '' }
  const before = performance.now()
  await administrator.network.revoke({ deviceId: id, reason: 'stolen' })
  await vi.waitFor(async () => expect(await member.status()).toMatchObject({ state: 'closed' }), { interval: 20 })
  expect(performance.now() - before).toBeLessThan(1_000)
  await expect(desk.patients.search({ text: 'a', limit: 1 })).rejects.toMatchObject({ code: expect.stringMatching(/^(CLOSED|SIGNED_OUT)$/) as string })
  await expect(member.as('delgado')).rejects.toMatchObject({ code: expect.any(String) as string })
  await vi.waitFor(() => expect(reading(host, (db) => one<number>(db, `select count(*) from audit_events where action = 'device.revoked'`))).toBe(1))
  // What opens a machine by itself went with its place on the list.
  expect(() => reading(member, () => undefined)).toThrow('by itself')
  await member.stop()
  await expect(member.start('node')).resolves.toBeUndefined()
  await expect(member.status()).resolves.toMatchObject({ state: 'closed' })
  expect(fs.existsSync(path.join(member.data, 'cairn.db'))).toBe(true)
})
