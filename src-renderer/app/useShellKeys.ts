import { can } from '#shared/access/permissions.ts'
import { useActor } from './actor.tsx'
import { useKeys } from './keys/keys.tsx'
import type { KeyDef } from './keys/registry.ts'
import { useGo } from './navigation.ts'
import { paths } from './paths.ts'
import { useContributions, usePlaces } from './places.ts'
import { focusNextRegion } from './regions.ts'

const everywhere = 'Everywhere'

/** The keys that work on every screen, with those that the domains contribute. */
export function useShellKeys({ openPalette, showKeys }: { openPalette: () => void; showKeys: () => void }): void {
  const go = useGo()
  const actor = useActor()
  const places = usePlaces()
  const contributions = useContributions()
  const commands = contributions.flatMap((contribution) => contribution.commands ?? [])

  const placeKeys: KeyDef[] = places
    .filter((place) => place.goKey)
    .map((place) => ({ id: `go.${place.id}`, keys: `G ${place.goKey}`, label: `Go to ${place.label}`, where: everywhere, run: () => go(place.path) }))
  const commandKeys: KeyDef[] = commands.flatMap((command) => {
    if (!command.global || !command.keys || (command.may && !can(actor, command.may))) return []
    const label = typeof command.label === 'string' ? command.label : command.label('')
    return [{ id: command.id, keys: command.keys, label, where: everywhere, run: () => command.run({ go }, '') }]
  })
  const [home] = places

  useKeys([
    { id: 'shell.find', keys: 'Ctrl+K', label: 'Find patient or command', where: everywhere, run: openPalette },
    { id: 'shell.region', keys: 'F6', label: 'Next region', where: everywhere, run: () => focusNextRegion(document) },
    { id: 'shell.keys', keys: '?', label: 'Show keys', where: everywhere, run: showKeys },
    { id: 'go.attention', keys: 'G A', label: 'Go to Attention', where: everywhere, run: () => go(paths.attention()) },
    ...(home ? [{ id: 'go.home', keys: 'G H', label: 'Go to my home', where: everywhere, run: () => go(home.path) }] : []),
    ...placeKeys,
    ...commandKeys,
  ])
}
