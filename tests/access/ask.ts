import { makeOwnChart, stand } from './callers.ts'
import { catalogue, contained } from './catalogue.ts'
import type { Door } from '#main/core/rpc/context.ts'
import type { Entrance } from './entrances.ts'
import type { Caller } from './matrix.ts'
import { callByName, probe, type Outcome } from './probe.ts'
import type { Scene } from './scene.ts'

interface Asked {
  scene: Scene
  entrance: Entrance
  caller: Caller
  path: string
  /** Made once the caller stands at the door. */
  input: (scene: Scene) => unknown
  /** Whatever else is true of the caller's session. */
  standing?: (door: Door) => void
  /** Stands there already (`standings`): a session for each of a hundred thousand inputs would cost more than the inputs. */
  stands?: Standings
  /** While what was done still stands. */
  meanwhile?: () => void
}

export interface Standings { take(door: Door, caller: Caller): void }

/** Everybody's session at a door, begun once and kept; what a call did to it is taken back with the rest. */
export function standings(scene: Scene): Standings {
  const { core } = scene.world
  const begun = new Map<Door, Map<Caller, Door['session']>>()
  makeOwnChart(scene, 'patient')
  return {
    take: (door, caller) => {
      const sessions = begun.get(door) ?? new Map<Caller, Door['session']>()
      begun.set(door, sessions)
      const session = sessions.get(caller)
      door.pending = null
      door.waiting.clear()
      if (session !== undefined) return void (door.session = session)
      // Whose session has ended stands there like nobody; that it ends is what the matrix looks at.
      stand(core, door, caller === 'disabled' || caller === 'expired' ? 'anonymous' : caller, 'fresh')
      sessions.set(caller, door.session)
    },
  }
}

/** One call as somebody with a fresh session, taken back again. */
export async function askAs({ scene, entrance, caller, path, input, standing, stands, meanwhile = () => undefined }: Asked): Promise<Outcome> {
  const { core } = scene.world
  const { door, client } = await entrance.use()
  const entry = catalogue[path]
  let made: unknown
  stands?.take(door, caller)
  const enter = (): void => {
    if (!stands) {
      stand(core, door, caller, 'fresh')
      if (caller === 'patient') makeOwnChart(scene, caller)
    }
    entry?.before?.(scene, caller, 'any')
    standing?.(door)
    made = contained(scene, path, input(scene))
  }
  return probe(core, enter, () => callByName(client, path, made, { isEndless: entry?.isEndless === true }).finally(meanwhile))
}
