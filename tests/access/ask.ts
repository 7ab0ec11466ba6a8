import { makeOwnChart, stand } from './callers.ts'
import { catalogue, contained } from './catalogue.ts'
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
  standing?: (door: Awaited<ReturnType<Entrance['use']>>['door']) => void
  /** While what was done still stands. */
  meanwhile?: () => void
}

/** One call as somebody with a fresh session, taken back again. */
export async function askAs({ scene, entrance, caller, path, input, standing, meanwhile = () => undefined }: Asked): Promise<Outcome> {
  const { core } = scene.world
  const { door, client } = await entrance.use()
  const entry = catalogue[path]
  let made: unknown
  const enter = (): void => {
    stand(core, door, caller, 'fresh')
    if (caller === 'patient') makeOwnChart(scene, caller)
    entry?.before?.(scene, caller, 'any')
    standing?.(door)
    made = contained(scene, path, input(scene))
  }
  return probe(core, enter, () => callByName(client, path, made, { isEndless: entry?.isEndless === true }).finally(meanwhile))
}
