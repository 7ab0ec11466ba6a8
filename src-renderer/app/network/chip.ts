import type { NetworkState } from '#shared/domains/network/model.ts'
import { limits } from '#shared/kernel/limits.ts'
import { minutesBetween, type Instant } from '#shared/kernel/time.ts'
import { count, duration } from '#renderer/ui/format.ts'
import { isAway } from './reach.ts'
import { hasWaitingWords } from './words.ts'

/** The dot, the colour and what is announced follow from the kind; the text says it with figures. */
export type ChipKind = 'in-sync' | 'host' | 'sending' | 'catching-up' | 'connecting' | 'clock' | 'attention' | 'offline' | 'stale' | 'stopped' | 'reconnecting'

export interface Chip {
  kind: ChipKind
  text: string
}

export interface ChipFacts {
  network: NetworkState
  /** The window has lost its own core for a moment. */
  isReconnecting: boolean
  /** The oldest unsent change is older than three seconds. */
  isSlow: boolean
  /** The host has been ahead for three seconds. */
  isBehind: boolean
  /** Machines connected to this host, itself included; undefined where nobody may know. */
  machines: number | undefined
  now: Instant
}

/** From here on a machine without its host is a worry and not an inconvenience. */
const STALE_MIN = 4 * 60

/** The one worst thing that is true, in the order in which people have to know it. */
export function chipOf(facts: ChipFacts): Chip {
  const { network, isReconnecting, now } = facts
  if (isReconnecting) return { kind: 'reconnecting', text: 'Reconnecting' }
  if (network.standing === 'restored') return { kind: 'stopped', text: 'Behind its machines' }
  if (network.standing === 'fenced') return { kind: 'stopped', text: 'Not the host any more' }
  if (network.lease?.hasEnded) return { kind: 'stopped', text: 'Locked until the host is met' }
  if (network.link === 'stopped') return { kind: 'stopped', text: network.unsent > 0 ? `Stopped · ${network.unsent} unsent` : 'Stopped' }
  if (isAway(network)) return offlineChip(network, now)
  if (network.attention > 0) return { kind: 'attention', text: `Attention ${network.attention}` }
  if (network.clockOffBySeconds !== null) return { kind: 'clock', text: `Clock off by ${clockWords(network.clockOffBySeconds)}` }
  return calmChip(facts)
}

/** Days until this machine locks its records; undefined while nobody has to think of it. */
export const daysToLock = ({ lease }: Pick<NetworkState, 'lease'>): number | undefined => (lease === undefined || lease.warning === null ? undefined : limits.lease_days - lease.days)

function offlineChip(network: NetworkState, now: Instant): Chip {
  const { unsent, offlineSince } = network
  const days = daysToLock(network)
  const minutes = offlineSince === null ? 0 : Math.max(0, minutesBetween(offlineSince, now))
  return { kind: minutes >= STALE_MIN || days !== undefined ? 'stale' : 'offline', text: ['Host not reachable', unsent > 0 && `${unsent} unsent`, days === undefined ? minutes > 0 && duration(minutes) : `locks in ${count(days, 'day')}`].filter(Boolean).join(' · ') }
}

function calmChip({ network, isSlow, isBehind, machines }: ChipFacts): Chip {
  if (network.role === 'host') return { kind: 'host', text: machines === undefined ? 'Host' : `Host · ${count(machines, 'machine')}` }
  if (network.standing === 'needs-copy') return { kind: 'catching-up', text: 'Taking a new copy' }
  if (network.link === 'connecting') return { kind: 'connecting', text: 'Connecting to the host' }
  if (network.unsent > 0 && isSlow) return { kind: 'sending', text: `Sending ${network.unsent}` }
  if (network.behind > 0 && isBehind) return { kind: 'catching-up', text: `Catching up ${network.behind}` }
  return { kind: 'in-sync', text: 'In sync' }
}

/** "3 min", "2 days": how far two clocks stand apart, whichever is ahead. */
export const clockWords = (seconds: number): string => duration(Math.max(1, Math.round(Math.abs(seconds) / 60)))

export interface WaitingGroup {
  table: string
  amount: number
}

/** Written along with another row, never by themselves: whoever counts what they did does not count these. */
const alongside: ReadonlySet<string> = new Set(['series', 'appointment_changes', 'patient_changes', 'patient_identifiers', 'payment_allocations', 'ledger_entries', 'note_keys', 'note_copies', 'diagnoses', 'uncharged_visits', 'task_steps', 'task_words', 'clinical_task_words', 'equipment_bookings'])

/** What waits for the clinic, by kind of row and most first; changes of the same row count once. What has no words of its own is one group. */
export function waitingGroups(pending: NetworkState['pending']): WaitingGroup[] {
  const ids = new Map<string, Set<string>>()
  for (const { table, id } of pending.filter((row) => !alongside.has(row.table))) {
    const group = hasWaitingWords(table) ? table : 'other'
    ids.set(group, (ids.get(group) ?? new Set()).add(`${table} ${id}`))
  }
  return [...ids].map(([table, rows]) => ({ table, amount: rows.size })).toSorted((a, b) => b.amount - a.amount)
}
