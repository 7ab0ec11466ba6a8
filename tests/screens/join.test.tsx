import { QueryClientProvider } from '@tanstack/react-query'
import { render, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { refuse } from '#shared/rpc/errors.ts'
import type { CallFunction } from '#shared/rpc/client.ts'
import { App } from '#renderer/app/App.tsx'
import { ThemeProvider } from '#renderer/app/providers.tsx'
import { queryClient, setTransport } from '#renderer/rpc/api.ts'
import { callOf } from '#tests/support/network-window.tsx'
import { expectAccessible } from '#tests/support/screen.tsx'
import { scriptedNetwork, type ScriptedNetwork } from '#tests/support/scripted-network.ts'
import { makeWorld, type World } from '#tests/support/world.ts'

const SLOW = { timeout: 10_000 }
const host = { clinicName: 'Harbor Family Clinic', name: 'Server', address: '192.168.1.20:21470' }

let world: World
beforeEach(async () => {
  world = await makeWorld()
})
afterEach(() => queryClient.clear())

/** The first screen of an empty machine; what it has joined is the test's own clinic, so the sign-in at the end is a real one. */
async function openEmpty() {
  const core = callOf(world.stranger().client)
  const joined = { isDone: false }
  const nobody = { phase: 'first-run', person: null, clinic: null, people: [], seat: null, idleSeconds: 300 }
  const machine: CallFunction = async (path, input, options) => (path.join('.') === 'session.state' && !joined.isDone ? nobody : core(path, input, options))
  const net = scriptedNetwork(machine)
  setTransport(net.call)
  const keys = userEvent.setup()
  const { container } = render(<QueryClientProvider client={queryClient}><ThemeProvider isTest><App /></ThemeProvider></QueryClientProvider>)
  expect(await screen.findByRole('button', { name: 'Join the network' }, SLOW)).toBeTruthy()
  await expectAccessible(container)
  await keys.keyboard('3')
  const code = await screen.findByRole('textbox', { name: 'Code' })
  await waitFor(() => expect(document.activeElement).toBe(code))
  return { net, keys, container, joined, code }
}
const address = () => screen.getByRole('textbox', { name: 'Address of the host' })
async function fill(keys: ReturnType<typeof userEvent.setup>, net: ScriptedNetwork): Promise<void> {
  net.say('findHosts', [host])
  await screen.findByRole('button', { name: /Harbor Family Clinic/ })
  await keys.keyboard('k7pm-2qxd{Tab}Front desk 2')
}

describe('joining a clinic’s network', () => {
  it('by keyboard only, from the host that is found to the sign-in screen', async () => {
    const { net, keys, container, joined } = await openEmpty()
    expect(screen.getByText('Looking for hosts on this network …')).toBeTruthy()
    net.say('findHosts', [])
    expect(await screen.findByText(/No host has answered yet/)).toBeTruthy()
    await fill(keys, net)
    expect(address()).toHaveProperty('value', host.address)
    await expectAccessible(container)
    await keys.keyboard('{Enter}')
    await waitFor(() => expect(net.asked.at(-1)).toEqual({ name: 'join', input: { address: host.address, code: 'K7PM-2QXD', name: 'Front desk 2', profile: 'front-desk' } }))
    expect(await screen.findByText('Talking to the host …')).toBeTruthy()
    net.say('join', { is: 'asking', digits: '042917' })
    expect((await screen.findByLabelText('Six digits')).textContent).toBe('042 917')
    net.say('join', { is: 'copying', doneBytes: 21_000_000, ofBytes: 84_000_000 })
    expect((await screen.findByRole('progressbar', { name: 'Copying the clinic’s records' })).getAttribute('aria-valuenow')).toBe('25')
    expect(screen.getByText(/21 MB of 84 MB/)).toBeTruthy()
    await expectAccessible(container)
    net.say('join', { is: 'checking' })
    expect(await screen.findByText('Reading every page of the copy once …')).toBeTruthy()
    joined.isDone = true
    net.say('join', { is: 'done', clinicName: 'Harbor Family Clinic' })
    expect(await screen.findByLabelText('Password', { selector: 'input' }, SLOW)).toBeTruthy()
  })

  it('chooses among several hosts, and takes a typed address before any', async () => {
    const { net, keys, code } = await openEmpty()
    net.say('findHosts', [host, { clinicName: null, name: 'Old server', address: '192.168.1.9:21470' }])
    const other = await screen.findByRole('button', { name: /Old server/ })
    expect(address()).toHaveProperty('value', '')
    expect(screen.getByText('Choose a host, or type its address.')).toBeTruthy()
    await keys.click(other)
    expect(address()).toHaveProperty('value', '192.168.1.9:21470')
    expect(other.getAttribute('aria-pressed')).toBe('true')
    await keys.clear(address())
    await keys.type(address(), 'server.local:9000')
    expect(other.getAttribute('aria-pressed')).toBe('false')
    await keys.type(code, 'aaaa')
    await keys.type(screen.getByRole('textbox', { name: 'Name of this computer' }), 'Desk{Enter}')
    await waitFor(() => expect(net.asked.at(-1)).toMatchObject({ name: 'join', input: { address: 'server.local:9000' } }))
  })

  it.each([
    ['CODE_WRONG', undefined, /That is not the code/],
    ['CODE_OVER', undefined, /This code is over/],
    ['PAIRING_LOCKED', undefined, /Five wrong codes/],
    ['ADDRESS_UNREADABLE', undefined, /This address cannot be read/],
    ['HOST_UNREACHABLE', undefined, /Nobody answers there/],
    ['HOST_IS_OTHER', undefined, /not the one that made this code/],
    ['PAIRING_DECLINED', undefined, /Whoever sits at the host said no/],
    ['VERSIONS_DIFFER', { here: '0.1.0', isOlder: true }, 'This computer has an older Cairn (0.1.0) than the host. Install the host’s version, then join.'],
    ['SNAPSHOT_CUT', undefined, /stopped answering before the copy was whole/],
    ['SNAPSHOT_BROKEN', undefined, /did not arrive whole/],
    ['DISK_FULL', undefined, /The disk of this computer is full/],
  ])('says %s in words and keeps what was typed', async (code, data, words) => {
    const { net, keys } = await openEmpty()
    await fill(keys, net)
    await keys.keyboard('{Enter}')
    await waitFor(() => expect(net.asked.at(-1)?.name).toBe('join'))
    net.end('join', refuse(code, data))
    expect(await screen.findByText(words)).toBeTruthy()
    expect(screen.getByRole('textbox', { name: 'Code' })).toHaveProperty('value', 'K7PM-2QXD')
    expect(screen.getByRole('textbox', { name: 'Name of this computer' })).toHaveProperty('value', 'Front desk 2')
  })

  it('says so when it ends in the middle', async () => {
    const { net, keys } = await openEmpty()
    await fill(keys, net)
    await keys.keyboard('{Enter}')
    await waitFor(() => expect(net.asked.at(-1)?.name).toBe('join'))
    net.say('join', { is: 'checking' })
    net.end('join')
    expect((await screen.findByRole('alert')).textContent).toMatch(/Cairn could not do this/)
    expect(screen.getByRole('textbox', { name: 'Code' })).toHaveProperty('value', 'K7PM-2QXD')
  })

  it('is stopped by the person, and can be left', async () => {
    const { net, keys } = await openEmpty()
    await fill(keys, net)
    await keys.keyboard('{Enter}')
    await keys.click(await screen.findByRole('button', { name: 'Stop' }))
    const form = screen.getByRole('button', { name: 'Join' }).closest('form') ?? document.body
    await keys.click(within(form).getByRole('button', { name: 'Back' }))
    expect(await screen.findByRole('button', { name: 'Join the network' })).toBeTruthy()
  })
})

describe('signing in at a machine of the network', () => {
  it('says what to do when somebody is new here and the host is away', async () => {
    const net = scriptedNetwork(callOf(world.stranger().client))
    net.refuses('session.signIn', 'FIRST_SIGN_IN_NEEDS_HOST')
    setTransport(net.call)
    const keys = userEvent.setup()
    render(<QueryClientProvider client={queryClient}><ThemeProvider isTest><App /></ThemeProvider></QueryClientProvider>)
    await screen.findByLabelText('Password', { selector: 'input' }, SLOW)
    const byName = screen.queryByRole('button', { name: 'Another user name' })
    if (byName) await keys.click(byName)
    await keys.type(screen.getByRole('textbox', { name: 'User name' }), 'nurse')
    await keys.type(screen.getByLabelText('Password', { selector: 'input' }), 'a heron in the reeds{Enter}')
    expect(await screen.findByText(/You have not signed in at this computer before/)).toBeTruthy()
  })
})
