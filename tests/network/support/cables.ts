import { execFileSync } from 'node:child_process'
import fs from 'node:fs'

/**
 * A network of its own for each machine, as the kernel makes them: a namespace with one cable to a switch that stands in a
 * namespace of its own, so that nothing of it is seen or changed outside. Needs Linux, iproute2 and the right to make
 * namespaces (root).
 */
export interface Cables {
  /** What is put in front of a command so that it runs in that machine's network. */
  inside(machine: string): readonly string[]
  addressOf(machine: string): string
  pull(machine: string): void
  plug(machine: string): void
  remove(): void
}

const places = ['/usr/sbin/ip', '/sbin/ip', '/usr/bin/ip']

export function layCables(machines: readonly string[]): Cables {
  const program = places.find((place) => fs.existsSync(place))
  if (!program) throw new Error(`these tests cut cables between network namespaces and need iproute2: none of ${places.join(', ')} is there`)
  const ip = (...args: string[]): void => {
    try {
      execFileSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' })
    } catch (error) {
      throw new Error(`these tests cut cables between network namespaces, and none can be made here (it takes Linux and root): ip ${args.join(' ')}`, { cause: error })
    }
  }
  const named = (name: string): string => `cairn-${process.pid}-${name}`
  const hub = named('switch')
  const addressOf = (machine: string): string => `10.77.0.${machines.indexOf(machine) + 1}`
  const made: string[] = []
  const add = (space: string): void => {
    ip('netns', 'add', space)
    made.push(space)
  }
  const remove = (): void => {
    for (const space of made.splice(0)) ip('netns', 'del', space)
  }
  try {
    add(hub)
    ip('-n', hub, 'link', 'add', 'bridge', 'type', 'bridge')
    ip('-n', hub, 'link', 'set', 'bridge', 'up')
    for (const machine of machines) {
      const space = named(machine)
      add(space)
      ip('link', 'add', 'cable', 'netns', space, 'type', 'veth', 'peer', 'name', machine, 'netns', hub)
      ip('-n', hub, 'link', 'set', machine, 'master', 'bridge')
      ip('-n', hub, 'link', 'set', machine, 'up')
      ip('-n', space, 'addr', 'add', `${addressOf(machine)}/24`, 'dev', 'cable')
      ip('-n', space, 'link', 'set', 'cable', 'up')
      ip('-n', space, 'link', 'set', 'lo', 'up')
    }
  } catch (error) {
    remove()
    throw error
  }
  return {
    addressOf, remove,
    inside: (machine) => [program, 'netns', 'exec', named(machine)],
    pull: (machine) => ip('-n', hub, 'link', 'set', machine, 'down'),
    plug: (machine) => ip('-n', hub, 'link', 'set', machine, 'up'),
  }
}
