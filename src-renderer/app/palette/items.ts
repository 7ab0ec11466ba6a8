import { can } from '#shared/access/permissions.ts'
import { useEffect, useMemo, useState } from 'react'
import { useActor } from '../actor.tsx'
import type { CommandContribution, IconType, PaletteHit, PaletteSource, PatientActionContribution } from '../contribution.ts'
import { useContributions } from '../places.ts'
import { matchesLabel } from './highlight.ts'

export interface HitItem {
  kind: 'hit'
  id: string
  group: string
  hit: PaletteHit
  source: PaletteSource
}
export interface ActionItem {
  kind: 'action'
  id: string
  group: string
  label: string
  icon: IconType
  letter: string
  action: PatientActionContribution
  patientId: string
}
export interface CommandItem {
  kind: 'command'
  id: string
  group: string
  label: string
  icon: IconType
  keys: string | undefined
  command: CommandContribution
}
export type PaletteItem = HitItem | ActionItem | CommandItem

const fewestLetters = 2
const mostHits = 8
const mostCommands = 6

/** Searches every source on each keystroke; an older answer never replaces a newer one. */
export function useHits(query: string): { hits: readonly HitItem[]; isSearching: boolean } {
  const actor = useActor()
  const contributions = useContributions()
  const [found, setFound] = useState<{ query: string; hits: readonly HitItem[] }>({ query: '', hits: [] })
  const text = query.trim()
  const isWanted = !text.startsWith('>') && text.length >= fewestLetters
  useEffect(() => {
    if (!isWanted) return undefined
    const abort = new AbortController()
    const sources = contributions.flatMap(({ paletteSource }) => (paletteSource && (!paletteSource.may || can(actor, paletteSource.may)) ? [paletteSource] : []))
    void Promise.all(sources.map((source) => searchOne(source, text, abort.signal))).then((lists) => {
      if (!abort.signal.aborted) setFound({ query: text, hits: lists.flat() })
    })
    return () => abort.abort()
  }, [text, isWanted, actor, contributions])
  return { hits: isWanted ? found.hits : [], isSearching: isWanted && found.query !== text }
}

async function searchOne(source: PaletteSource, text: string, signal: AbortSignal): Promise<HitItem[]> {
  try {
    const hits = await source.search(text, signal)
    return hits.slice(0, mostHits).map((hit) => ({ kind: 'hit', id: `hit-${source.id}-${hit.id}`, group: source.group, hit, source }))
  } catch {
    // A source that fails must not take the others and the commands with it.
    return []
  }
}

export function useActions(patient: PaletteHit | undefined): readonly ActionItem[] {
  const actor = useActor()
  const contributions = useContributions()
  return useMemo(() => {
    if (!patient) return []
    return contributions
      .flatMap((contribution) => contribution.patientActions ?? [])
      .filter((action) => !action.may || can(actor, action.may))
      .map((action) => ({ kind: 'action', id: `action-${action.id}`, group: `For ${patient.title}`, label: action.label, icon: action.icon, letter: action.letter, action, patientId: patient.id }))
  }, [patient, actor, contributions])
}

export function useCommands(query: string): readonly CommandItem[] {
  const actor = useActor()
  const contributions = useContributions()
  return useMemo(() => {
    const text = query.trim().replace(/^>\s*/, '')
    const all = contributions.flatMap((contribution) => contribution.commands ?? []).filter((command) => !command.may || can(actor, command.may))
    // What is always offered contains the typed text in its own label; it stands behind the commands that were meant.
    const isMeant = (command: CommandContribution) => !command.always && matchesLabel(labelOf(command, text), text)
    const isOffered = (command: CommandContribution) => command.always === true && (text !== '' || matchesLabel(labelOf(command, text), text))
    return [...all.filter(isMeant), ...all.filter(isOffered)]
      .slice(0, mostCommands)
      .map((command) => ({ kind: 'command', id: `command-${command.id}`, group: 'Commands', label: labelOf(command, text), icon: command.icon, keys: command.keys, command }))
  }, [query, actor, contributions])
}

function labelOf(command: CommandContribution, query: string): string {
  return typeof command.label === 'string' ? command.label : command.label(query)
}
