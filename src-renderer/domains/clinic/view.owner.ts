import type { LogState } from '#shared/domains/audit/model.ts'
import type { Member } from '#shared/domains/network/model.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { active, connectedText, isHere, isLongUnseen } from '#renderer/app/network/machines.ts'
import { paths } from '#renderer/app/paths.ts'
import { count } from '#renderer/ui/format.ts'

/** One sentence of the owner's home with the place where it is looked after. */
export interface OwnerFact {
  id: string
  text: string
  place: string
  path: string
  /** Somebody has to do something: it stands under "For you" and nowhere else. */
  needsYou: boolean
  isLate?: boolean
}

/** Each is undefined until the core has answered: nothing is said that is not known. */
export interface OwnerFigures {
  waiting: number | undefined
  alone: number | undefined
  glass: { waiting: number; overdue: number } | undefined
  /** Pairs of charts that may be one person's. */
  duplicates: number | undefined
  log: LogState | undefined
  dataKeyOn: string | null | undefined
  neverSignedIn: number | undefined
  /** Undefined on a clinic of one machine. */
  machines: readonly Member[] | undefined
}

/** Who watches over what: approvals, acts done alone, emergency access, the log, the key of the records, unused accounts. */
export function ownerFacts({ waiting, alone, glass, duplicates, log, dataKeyOn, neverSignedIn, machines }: OwnerFigures, now: Instant, at: (instant: string) => string): OwnerFact[] {
  return [
    waiting !== undefined && { id: 'waiting', text: waiting === 0 ? 'No request waits for your approval' : `${count(waiting, 'request')} for your approval`, place: 'Approvals', path: paths.approvals(), needsYou: waiting > 0 },
    alone !== undefined && { id: 'alone', text: alone === 0 ? 'No act of two was done alone' : `${count(alone, 'act')} of two done alone, to be looked at`, place: 'Approvals', path: paths.approvals(), needsYou: alone > 0 },
    glass && glassFact(glass),
    duplicates !== undefined && { id: 'duplicates', text: duplicates === 0 ? 'Nobody has two charts, as far as can be seen' : `${count(duplicates, 'pair')} of charts that may be one person`, place: 'Likely duplicates', path: paths.duplicates(), needsYou: duplicates > 0 },
    log && logFact(log, at),
    machines && machinesFact(machines, now),
    dataKeyOn !== undefined && { id: 'key', text: dataKeyOn === null ? 'The data key is of an older Cairn' : `Data key of ${dataKeyOn}`, place: 'Settings', path: paths.settings(), needsYou: false },
    neverSignedIn !== undefined && { id: 'people', text: neverSignedIn === 0 ? 'Everyone has signed in at least once' : `${count(neverSignedIn, 'person', 'people')} never signed in`, place: 'Staff', path: paths.staff(), needsYou: false },
  ].filter((fact) => fact !== false && fact !== undefined)
}

/** Charts that were opened in an emergency are looked at by somebody else within a week. */
function glassFact({ waiting, overdue }: { waiting: number; overdue: number }): OwnerFact {
  const fact = { id: 'glass', place: 'Emergency access', path: paths.emergencyAccess() }
  if (overdue > 0) return { ...fact, text: `${count(overdue, 'emergency access is', 'emergency accesses are')} overdue for review`, needsYou: true, isLate: true }
  if (waiting > 0) return { ...fact, text: `${count(waiting, 'emergency access waits', 'emergency accesses wait')} for review`, needsYou: true }
  return { ...fact, text: 'Every emergency access was reviewed', needsYou: false }
}

/** A few changes are on their way at any moment; more than this a standby has not kept up with. */
const STANDBY_BEHIND_MAX = 50

/** "3 of 4 machines connected": amber for one that nobody has seen for a day, and for a standby that would lose work. */
function machinesFact(machines: readonly Member[], now: Instant): OwnerFact {
  const fact = { id: 'machines', place: 'Machines', path: paths.devices() }
  const all = active(machines)
  const here = connectedText(all)
  const lost = all.find((one) => isLongUnseen(one, now))
  if (lost) return { ...fact, text: `${here}; ${lost.name} not seen for a day`, needsYou: true }
  const slow = all.find((one) => one.profile === 'standby' && !one.isHost && (one.behind > STANDBY_BEHIND_MAX || (!isHere(one) && one.behind > 0)))
  if (slow) return { ...fact, text: `${here}; standby ${slow.name} is ${count(slow.behind, 'change')} behind`, needsYou: true }
  return { ...fact, text: here, needsYou: false }
}

/** What nobody has verified is said, and so is what does not fit. */
function logFact({ full, tail }: LogState, at: (instant: string) => string): OwnerFact {
  const fact = { id: 'log', place: 'Activity', path: paths.activity() }
  if (full?.finding || tail?.finding) return { ...fact, text: 'The activity log is not whole: look at it now', needsYou: true, isLate: true }
  return { ...fact, text: full ? `Activity log verified ${at(full.at)}, all as written` : 'Activity log not yet verified as a whole', needsYou: false }
}
