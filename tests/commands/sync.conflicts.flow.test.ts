import { describe, expect, it } from 'vitest'
import type { TwoMachines } from '#tests/support/two-machines.ts'
import { attentionAt, codesAt, rowsAt, settle, twoMachines } from '#tests/support/two-machines.ts'

// One queue, on machines that do not hear each other (docs/sync.conflicts.md).
const TEN = '2026-11-17T15:00:00.000Z'
type Machine = TwoMachines['one'] | TwoMachines['host']

async function apart({ hasLetters = true } = {}) {
  const patients: string[] = []
  const machines = await twoMachines((host) => {
    for (let i = 0; i < 4; i += 1) patients.push(host.clinic.addPatient(host.core))
  })
  const { host, one, two, newId } = machines
  const quarter = (n: number): string => new Date(Date.parse(TEN) + n * 15 * 60_000).toISOString()
  const walkIn = async (machine: Machine, patient: number, slot: number) => {
    const { flow } = machine.as('receptionist')
    return flow.walkIn({
      id: newId(), patientId: patients[patient] ?? '', providerId: host.clinic.providers[0], roomId: null, typeId: null, startsAt: quarter(slot), durationMin: 15, reason: null, ticket: { id: newId(), ...(await flow.nextTicket({})) },
    })
  }
  if (hasLetters) {
    await walkIn(one, 0, 10)
    await settle(one, two)
    await walkIn(two, 1, 11)
    await settle(one, two)
  }
  for (const machine of [one, two]) machine.unplug()
  return { ...machines, walkIn, quarter }
}
const tickets = (machine: Machine) => rowsAt(machine.core, 'select letter, number from queue_tickets order by letter, number')

describe('numbers', () => {
  it('of machines that cannot hear each other are never the same, and stand at the host as they were printed', async () => {
    const { host, one, two, walkIn } = await apart()
    const printed = [(await walkIn(one, 2, 0)).ticket, (await walkIn(two, 3, 1)).ticket].map(({ letter, number }) => `${letter}${number}`)
    expect(printed).toEqual(['A2', 'B2'])
    await settle(one, two)
    for (const machine of [host, one, two]) expect(tickets(machine)).toEqual([{ letter: 'A', number: 1 }, { letter: 'A', number: 2 }, { letter: 'B', number: 1 }, { letter: 'B', number: 2 }])
    expect([codesAt(one.core), codesAt(two.core)]).toEqual([[], []])
  })

  it('keep their letter when the host has refused an earlier one', async () => {
    const { host, one, two, walkIn } = await apart()
    await walkIn(two, 3, 0)
    await walkIn(one, 2, 0)
    const later = await walkIn(one, 3, 3)
    await settle(two, one)
    expect(codesAt(one.core)).toEqual([['refused', 'SLOT_TAKEN']])
    expect(later.ticket).toMatchObject({ letter: 'A', number: 3 })
    expect(tickets(host)).toEqual([{ letter: 'A', number: 1 }, { letter: 'A', number: 3 }, { letter: 'B', number: 1 }, { letter: 'B', number: 2 }])
  })

  it('of two new machines that both took the first letter off line: the later one is told, and nobody loses their place', async () => {
    const { host, one, two, walkIn } = await apart({ hasLetters: false })
    expect((await walkIn(one, 0, 0)).ticket).toMatchObject({ letter: 'A', number: 1 })
    expect((await walkIn(two, 1, 1)).ticket).toMatchObject({ letter: 'A', number: 1 })
    await settle(one, two)
    expect(tickets(host)).toEqual([{ letter: 'A', number: 1 }, { letter: 'B', number: 1 }])
    expect(tickets(two)).toEqual(tickets(host))
    expect(attentionAt(two.core)).toMatchObject([{ kind: 'merged', code: 'TICKET_RENUMBERED', data: { printed: 'A1', now: 'B1' } }])
    expect(await two.as('receptionist').flow.nextTicket({})).toMatchObject({ letter: 'B', number: 2 })
  })
})

describe('on the way out', () => {
  it('takes one leaving on two machines for one, and holds that somebody was called', async () => {
    const { host, one, two, walkIn, newId } = await apart()
    const { appointment, ticket } = await walkIn(one, 2, 0)
    await settle(one, two)
    for (const machine of [one, two]) machine.unplug()
    const desk = one.as('receptionist')
    const done = await desk.scheduling.complete({ id: appointment.id, version: 1 })
    const { flow } = two.as('receptionist')
    await flow.call({ id: newId(), appointmentId: appointment.id, roomId: host.clinic.rooms[0], ticket: { id: newId(), ...(await flow.nextTicket({})) } })
    await settle(one, two)
    expect(rowsAt(host.core, 'select code from queue_calls')).toEqual([{ code: `${ticket.letter}${ticket.number}` }])
    for (const machine of [one, two]) {
      machine.unplug()
      await machine.as('receptionist').scheduling.leave({ id: appointment.id, version: done.version })
    }
    await settle(one, two)
    expect(rowsAt(host.core, `select status, version from appointments where id = '${appointment.id}'`)).toEqual([{ status: 'fulfilled', version: done.version + 1 }])
    expect([codesAt(one.core), codesAt(two.core)]).toEqual([[], []])
  })
})
