import type { LogState } from '#shared/domains/audit/model.ts'
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
  log: LogState | undefined
  dataKeyOn: string | null | undefined
  neverSignedIn: number | undefined
}

/** Who watches over what: approvals, acts done alone, emergency access, the log, the key of the records, unused accounts. */
export function ownerFacts({ waiting, alone, glass, log, dataKeyOn, neverSignedIn }: OwnerFigures, at: (instant: string) => string): OwnerFact[] {
  return [
    waiting !== undefined && { id: 'waiting', text: waiting === 0 ? 'No request waits for your approval' : `${count(waiting, 'request')} for your approval`, place: 'Approvals', path: paths.approvals(), needsYou: waiting > 0 },
    alone !== undefined && { id: 'alone', text: alone === 0 ? 'No act of two was done alone' : `${count(alone, 'act')} of two done alone, to be looked at`, place: 'Approvals', path: paths.approvals(), needsYou: alone > 0 },
    glass && glassFact(glass),
    log && logFact(log, at),
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

/** What nobody has verified is said, and so is what does not fit. */
function logFact({ full, tail }: LogState, at: (instant: string) => string): OwnerFact {
  const fact = { id: 'log', place: 'Activity', path: paths.activity() }
  if (full?.finding || tail?.finding) return { ...fact, text: 'The activity log is not whole: look at it now', needsYou: true, isLate: true }
  return { ...fact, text: full ? `Activity log verified ${at(full.at)}, all as written` : 'Activity log not yet verified as a whole', needsYou: false }
}
