import { userEvent } from '@testing-library/user-event'
import { afterEach } from 'vitest'
import type { Role } from '#shared/access/roles.ts'
import type { CallFunction } from '#shared/rpc/client.ts'
import { contributions } from '#renderer/app/contributions.ts'
import { queryClient, setTransport } from '#renderer/rpc/api.ts'
import { followChanges } from '#renderer/rpc/live.ts'
import { currentToasts, dismissToast } from '#renderer/ui/toast-store.ts'
import { renderShell, testActor } from './screen.tsx'
import { scriptedNetwork, type ScriptedNetwork } from './scripted-network.ts'
import { windowOf } from './sign-in.ts'
import type { World } from './world.ts'

let stop: (() => void) | undefined
afterEach(() => {
  stop?.()
  queryClient.clear()
  for (const toast of currentToasts()) dismissToast(toast.id)
})

/** The window of a machine that has others: a real core behind every screen, the network's answers scripted. */
export function openInNetwork(world: World, path: string, role: Role, prepare: (net: ScriptedNetwork) => void = () => undefined) {
  // A door that does not lock while the clock goes on.
  const { client } = windowOf(world, role, world.core.openDoor('test'))
  const net = scriptedNetwork(callOf(client))
  setTransport(net.call)
  prepare(net)
  stop = followChanges(() => undefined)
  const { userId, staffId } = world.clinic.people[role]
  const actor = { ...testActor, userId, staffId, roles: [role], isPrivacyOfficer: role === 'administrator', clinic: { ...testActor.clinic, id: world.clinic.id, timeZone: world.clinic.zone } }
  return { ...renderShell(contributions, { path, actor }), keys: userEvent.setup(), client, net }
}

/** A client as the one function that a window's transport is. */
export function callOf(client: object): CallFunction {
  return (path, input, options) => {
    const target = path.reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], client) // The client answers to the contract's paths.
    return (target as CallFunctionOfOne)(input, options)
  }
}
type CallFunctionOfOne = (input: unknown, options: unknown) => Promise<unknown>
