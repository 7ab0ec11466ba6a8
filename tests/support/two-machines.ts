import { expect, vi } from 'vitest'
import type { Core } from '#main/core/core.ts'
import { readSync } from '#main/core/sync/context.ts'
import { feedBounds } from '#main/core/sync/feed.ts'
import { pendingCommands, pendingRows } from '#main/core/sync/member-store.ts'
import type { Profile } from '#shared/sync/messages.ts'
import { makeNetwork, type MemberWorld, type NetworkWorld } from './network.ts'
import type { World } from './world.ts'

const hosts = new WeakMap<MemberWorld, World>()

/** A host and two machines whose cables can be pulled, and what the tests about conflicts ask of them. */
export interface TwoMachines extends NetworkWorld {
  one: MemberWorld
  two: MemberWorld
  newId(): string
}

/** Both cables are out: what is done now is done without knowing of the other. */
export async function twoMachines(prepare: (host: World) => unknown = () => undefined, profiles: [Profile, Profile] = ['clinical', 'clinical']): Promise<TwoMachines> {
  const network = await makeNetwork()
  await prepare(network.host)
  const [one, two] = [await network.member(profiles[0]), await network.member(profiles[1])]
  for (const member of [one, two]) hosts.set(member, network.host)
  return { ...network, one, two, newId: network.host.core.platform.newId }
}

export async function connect(member: MemberWorld): Promise<void> {
  member.plug()
  await vi.waitFor(() => expect(member.core.node.isConnected).toBe(true))
}

/** Plugs each machine in, one after the other, and waits until the host's word on everything it did, and everything the host has, is there. */
export async function settle(...members: MemberWorld[]): Promise<void> {
  for (const member of members) {
    if (!member.core.node.isConnected) await connect(member)
    const host = hosts.get(member)
    await vi.waitFor(() => {
      expect(pendingCommands(member.core.vault.reader).map((one) => one.name)).toEqual([])
      expect(readSync(member.core.vault.reader).cursor).toBe(host && feedBounds(host.core.vault.reader).last)
    }, { timeout: 5_000 })
  }
}

export interface Attended { kind: string; name: string; code: string; data: unknown; input: unknown }
interface Stored extends Omit<Attended, 'data' | 'input'> { data: string; input: string }

/** What waits for somebody at this machine, in the order in which it came. */
export const attentionAt = ({ vault }: Core): Attended[] =>
  (vault.reader.$client.prepare('select kind, name, code, data, input from sync_attention where settled_at is null order by rowid').all() as Stored[])
    .map((row) => ({ ...row, data: JSON.parse(row.data) as unknown, input: JSON.parse(row.input) as unknown }))

export const codesAt = (core: Core): [kind: string, code: string][] => attentionAt(core).map(({ kind, code }) => [kind, code])

/** Rows that are shown as not confirmed. */
export const pendingAt = ({ vault }: Core, table: string): string[] => pendingRows(vault.reader).filter((one) => one.table === table).map((one) => one.id)
export const rowsAt = ({ vault }: Core, sql: string): unknown[] => vault.reader.$client.prepare(sql).all()
