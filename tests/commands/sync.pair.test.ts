import { expect, it, vi } from 'vitest'
import { makeNetwork } from '#tests/support/network.ts'
import { seePatient } from '#tests/support/visits.ts'
import { refusalOf } from '#tests/support/world.ts'

const person = { familyName: 'Doe', givenName: 'John', birthDate: '1980-02-01', sex: 'male' as const, duplicateReason: null }
const tables = (core: { vault: { reader: { $client: { prepare(sql: string): { all(): unknown[] } } } } }, sql: string) => core.vault.reader.$client.prepare(sql).all()

it('shows what one machine does on the other, and what was done off line when the cable is back', async () => {
  const network = await makeNetwork()
  const [one, two] = [await network.member(), await network.member('front-desk')]
  one.plug()
  two.plug()
  await vi.waitFor(() => expect([one.core.node.isConnected, two.core.node.isConnected]).toEqual([true, true]))
  const id = one.core.platform.newId()
  const registered = await one.as('receptionist').patients.register({ id, ...person })
  expect(registered.id).toBe(id)
  await vi.waitFor(() => expect(tables(two.core, 'select mrn from patients where family_name = \'Doe\'')).toEqual([{ mrn: registered.mrn }]))
  one.unplug()
  const off = await one.as('receptionist').patients.register({ id: one.core.platform.newId(), ...person, familyName: 'Off' })
  const on = await two.as('receptionist').patients.register({ id: one.core.platform.newId(), ...person, familyName: 'On' })
  // Only the host gives numbers: off line it is one that says so.
  expect(off.mrn).toBe(-on.mrn)
  one.plug()
  const sql = `select mrn, family_name from patients order by mrn`
  await vi.waitFor(() => {
    expect(tables(one.core, sql)).toEqual(tables(network.host.core, sql))
    expect(tables(two.core, sql)).toEqual(tables(network.host.core, sql))
  })
  expect(tables(one.core, `select count(*) as n from sync_outbox where state='pending'`)).toEqual([{ n: 0 }])
  expect((await refusalOf(two.as('doctor').encounters.openChart({ patientId: id }))).code).toBe('NOT_ON_THIS_MACHINE')
})

it('brings what is not there as not there, and bytes as bytes', async () => {
  const network = await makeNetwork()
  const one = await network.member()
  one.plug()
  await vi.waitFor(() => expect(one.core.node.isConnected).toBe(true))
  const { noteId } = await seePatient(network.host)
  await network.host.as('doctor').encounters.addAddendum({ id: network.host.core.platform.newId(), noteId, text: 'Called back, better.' })
  const sql = 'select text, sealed_text as sealed from note_addenda'
  await vi.waitFor(() => expect(tables(one.core, sql)).toEqual([{ text: 'Called back, better.', sealed: null }]))
  // And back from it: what this machine had changed is taken back to what stood there.
  const notes = 'select id, sealed_text as sealed, status from clinical_notes'
  const before = tables(network.host.core, notes)
  expect(tables(one.core, notes)).toEqual(before)
})

it('tells every window at once that something waits, where the host is out of reach', async () => {
  const member = await (await makeNetwork()).member()
  const stop = new AbortController()
  const told: string[] = []
  const following = (async () => {
    for await (const { topics } of member.core.changes.subscribe(stop.signal)) told.push(...topics)
  })()
  await member.as('receptionist').patients.register({ id: member.core.platform.newId(), ...person })
  await vi.waitFor(() => expect(told).toEqual(expect.arrayContaining(['patients', 'network'])))
  stop.abort()
  await following
})
