import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Role } from '#shared/access/roles.ts'
import { setClock } from '#renderer/app/clock.ts'
import { roomsContribution } from '#renderer/domains/rooms/contribution.tsx'
import { staffContribution } from '#renderer/domains/staff/contribution.tsx'
import { queryClient, setTransport } from '#renderer/rpc/api.ts'
import { followChanges } from '#renderer/rpc/live.ts'
import { expectAccessible, renderShell, testActor } from '#tests/support/screen.tsx'
import { makeWorld, type World } from '#tests/support/world.ts'

const NOW = '2026-11-17T15:12:00.000Z'
const SLOW = { timeout: 15_000 }
let world: World
let stop: (() => void) | undefined
beforeEach(async () => {
  world = await makeWorld({ start: NOW })
  setClock(() => Date.parse(NOW))
})
afterEach(() => {
  stop?.()
  queryClient.clear()
})

function open(path: string, role: Role) {
  const client = world.as(role)
  setTransport((parts, input, options) => {
    const target = parts.reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], client) // The client answers to the contract's paths.
    return (target as (input: unknown, options: unknown) => Promise<unknown>)(input, options)
  })
  stop = followChanges(() => undefined)
  const { userId, staffId } = world.clinic.people[role]
  const actor = { ...testActor, userId, staffId, roles: [role], clinic: { ...testActor.clinic, id: world.clinic.id, timeZone: world.clinic.zone } }
  return { ...renderShell([roomsContribution, staffContribution], { path, actor }), keys: userEvent.setup(), client }
}

it('a shift is written, copied to the next day and moved with the keys alone', async () => {
  const { keys, client } = open('/roster', 'receptionist')
  const monday = await screen.findByRole('button', { name: /^Tom Okafor, Mon 16 Nov 2026: no shift/ }, SLOW)
  await expectAccessible(screen.getByRole('table', { name: 'Roster' }))
  monday.focus()
  await keys.keyboard('{Enter}')
  await keys.click(await screen.findByRole('button', { name: /Save shift/ }))
  await screen.findByRole('button', { name: /^Tom Okafor, Mon 16 Nov 2026: 8:00 am to 5:00 pm/ }, SLOW)
  screen.getByRole('button', { name: /^Tom Okafor, Mon 16 Nov/ }).focus()
  await keys.keyboard('c{ArrowRight}v')
  await screen.findByRole('button', { name: /^Tom Okafor, Tue 17 Nov 2026: 8:00 am to 5:00 pm/ }, SLOW)
  screen.getByRole('button', { name: /^Tom Okafor, Mon 16 Nov/ }).focus()
  await keys.keyboard('m{ArrowRight}{ArrowRight}v')
  await waitFor(async () => expect((await client.staff.roster({ weekOf: '2026-11-17' })).shifts.map((shift) => shift.date)).toEqual(['2026-11-17', '2026-11-18']), SLOW)
}, 40_000)

it('a room goes out of service and comes back with one act each', async () => {
  const { keys, client } = open('/rooms', 'nurse')
  await keys.click(await screen.findByRole('button', { name: 'Take Room 1 out of service' }, SLOW))
  await screen.findByRole('listitem', { name: 'Room 1: Out of service' }, SLOW)
  await expectAccessible(screen.getByRole('list', { name: 'Rooms' }))
  await keys.click(screen.getByRole('button', { name: 'Put Room 1 back into service' }))
  await screen.findByRole('listitem', { name: 'Room 1: Free' }, SLOW)
  await client.rooms.mark({ id: world.core.platform.newId(), roomId: world.clinic.rooms[0], state: 'cleaning' })
  const room = await screen.findByRole('listitem', { name: 'Room 1: To be cleaned' }, SLOW)
  room.focus()
  await keys.keyboard('x')
  await screen.findByRole('listitem', { name: 'Room 1: Free' }, SLOW)
}, 40_000)

it('a week says where too few are, coverage is asked for, and hours are added up in hours', async () => {
  const client = world.as('receptionist')
  const staffId = world.clinic.people.nurse.staffId
  for (let day = 16; day < 21; day += 1) await client.staff.saveShift({ id: world.core.platform.newId(), staffId, date: `2026-11-${day}`, kind: 'work', startMin: 480, endMin: 1_020, breakStartMin: 720, breakEndMin: 780 })
  const { keys, container } = open('/roster', 'receptionist')
  await keys.clear(await screen.findByLabelText('At least', {}, SLOW))
  await keys.type(screen.getByLabelText('At least'), '2')
  await keys.click(screen.getByRole('button', { name: 'Add rule' }))
  // The one who is there counts: 1 of 2, and not 0.
  await screen.findByText('Mon 16 Nov 2026, 8:00 am to 5:00 pm: 1 nurse of 2', {}, SLOW)
  await keys.click(screen.getByRole('button', { name: 'Hours report' }))
  await within(await screen.findByRole('table', { name: 'Hours' }, SLOW)).findByRole('cell', { name: '40 h' })
  await expectAccessible(container)
})

it('an outage is planned and taken back, and a piece of equipment gets another name', async () => {
  const piece = { id: world.core.platform.newId(), name: 'Old ECG', kind: 'ecg' as const, isActive: true, sortOrder: 1 }
  await world.as('administrator').rooms.saveEquipment(piece)
  const { keys, client } = open('/rooms', 'administrator')
  const form = await screen.findByRole('form', { name: 'Plan an outage' }, SLOW)
  await keys.type(within(form).getByLabelText('Why'), 'Painter')
  await keys.type(within(form).getByLabelText(/^From/), '17:00')
  await keys.click(within(form).getByRole('button', { name: 'Plan it' }))
  await keys.click(await screen.findByRole('button', { name: 'Take back: Room 1' }, SLOW))
  await waitFor(async () => expect((await client.rooms.board({ date: '2026-11-17' })).outages).toEqual([]), SLOW)
  await keys.click(screen.getByRole('button', { name: 'Change Old ECG' }))
  const name = await screen.findByLabelText('Name')
  await keys.clear(name)
  await keys.type(name, 'New ECG')
  await keys.click(screen.getByRole('button', { name: 'Save' }))
  await screen.findByText('New ECG', { selector: 'div' }, SLOW)
})
