import type { Role } from '#shared/access/roles.ts'
import type { AuditEvent, Finding, LogState } from '#shared/domains/audit/model.ts'
import { contract } from '#shared/rpc/contract.ts'
import { findProcedure } from '#shared/rpc/define.ts'
import { count } from '#renderer/ui/format.ts'
import { moreWords } from './view.actions.ts'
import { findingWords } from './words.ts'

/** What happened, in words. A name that is not listed is read out as it is: "Note copy kept". */
const words: Readonly<Record<string, string>> = {
  'session.started': 'Signed in', 'session.ended': 'Signed out', 'session.locked': 'Locked the window', 'session.unlocked': 'Unlocked the window',
  'session.recovered': 'Came in with the printed key', 'session.signIn': 'Sign-in', 'session.unlock': 'Unlock', 'session.recover': 'Use of the printed key',
  'break-glass': 'In an emergency', 'chart.opened': 'Opened the chart', 'chart.day-facts': 'Looked at the day’s visits', 'patient.searched': 'Searched for a patient', 'patient.listed': 'Leafed through the patients', 'patient.compared': 'Looked for the same person',
  'invoice.opened': 'Opened an invoice', 'receipt.opened': 'Opened a receipt', 'account.opened': 'Opened an account', 'visit.opened': 'Opened a visit to bill', 'note.drafts-listed': 'Looked at own drafts',
  'audit.verified': 'Verified the activity log', 'audit.exported': 'Exported the activity log', 'audit.own-read': 'Looked at own activity', 'audit.mine': 'Look at own activity', 'audit.list': 'Look into the activity log', 'audit.chart-access': 'Looked at who opened a chart', 'disclosures.read': 'Looked at what left the clinic',
  'clock.moved-back': 'The computer’s clock went back', 'patient.opened': 'Opened the patient’s file', 'audit.read': 'Looked into the activity log',
  'appointment.booked': 'Booked a visit', 'appointment.moved': 'Moved a visit', 'appointment.no-show': 'Marked a no-show', 'appointment.fulfilled': 'Completed a visit',
  'appointment.cancelled': 'Cancelled a visit', 'appointment.arrived': 'Marked as arrived', 'appointment.roomed': 'Put into a room', 'appointment.started': 'Began a visit', 'appointment.undone': 'Took a step back',
  'appointment.confirmation': 'Noted what a patient said of a visit', 'recall.added': 'Put a patient on the recall list', 'recall.called': 'Called a patient to come again', 'recall.closed': 'Closed a recall',
  'recall.reopened': 'Opened a recall again', 'recall.rule-saved': 'Changed a recall rule', 'task.added': 'Asked somebody for something', 'task.said': 'Answered a task', 'task.taken': 'Took a task', 'task.handed': 'Handed a task on',
  'task.done': 'Did a task', 'task.declined': 'Gave a task back', 'task.cancelled': 'Called a task off', 'task.reopened': 'Opened a task again', 'task.seen': 'Looked at an answer',
  'note.saved': 'Saved a draft note', 'note.signed': 'Signed a note', 'note.signed-and-charged': 'Signed and charged', 'note.addendum': 'Added to a signed note',
  'vitals.recorded': 'Recorded vitals', 'patient.registered': 'Registered a patient', 'patient.changed': 'Changed a patient’s details',
  'invoice.issued': 'Issued an invoice', 'invoice.voided': 'Voided an invoice', 'payment.taken': 'Took a payment', 'payment.refunded': 'Refunded a payment',
  'call.unknown': 'Asked for something Cairn does not have',
  'staff.added': 'Added a person', 'staff.disabled': 'Switched an account off', 'staff.access-reset': 'Gave somebody a new invitation', 'session.invite-redeemed': 'Chose a password with an invitation', 'session.password-changed': 'Changed their own password',
  'keys.data-key-change-begun': 'Began to change the data key', 'keys.data-key-changed': 'Changed the data key', 'keys.recovery-reissued': 'Printed a new recovery key', 'keys.file-made': 'Made a key file', 'keys.machine-slots-removed': 'This computer keeps no secret any more and opens nothing by itself', 'keys.machine-secret-missing': 'This computer lacks its part of the key', 'clinic.updated': 'Changed the clinic’s details',
  'staff.roles-changed': 'Changed somebody’s roles', 'staff.privacy-officer-set': 'Changed who is privacy officer',
  'session.ended-by-administrator': 'Ended somebody’s session', 'device.renamed': 'Renamed a computer', 'approval.requested': 'Asked for approval', 'approval.approved': 'Approved as second person', 'approval.approved-here': 'Approved at the other’s window',
  'approval.declined': 'Declined as second person', 'approval.withdrawn': 'Took a request back', 'approval.used': 'Used a permit', 'approval.alone': 'Did alone what takes two', 'approval.reviewed': 'Looked at what was done alone',
}

export function actionWords(action: string): string {
  const known = words[action] ?? moreWords[action]
  if (known) return known
  // What was refused stands there by the name of what was asked for: "Opened the chart (tried)".
  const tried = findProcedure(contract, action.split('.'))?.audit
  if (tried) return `${actionWords(tried)} (tried)`
  const plain = action.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[.-]/g, ' ').toLowerCase()
  return plain.charAt(0).toUpperCase() + plain.slice(1)
}

/** What a list showed, or by how much the clock went back: behind the words, small. */
export function amountWords({ action, itemCount }: Pick<AuditEvent, 'action' | 'itemCount'>): string | undefined {
  if (itemCount === null) return undefined
  if (action === 'clock.moved-back') return `by ${count(Math.max(1, Math.round(itemCount / 60)), 'minute')}`
  return action.startsWith('audit.') ? count(itemCount, 'event') : `${itemCount.toLocaleString('en-US')} shown`
}

const roleNames: Record<Role, string> = { administrator: 'Administrator', doctor: 'Doctor', nurse: 'Nurse', receptionist: 'Front desk', billing: 'Billing', pharmacist: 'Pharmacist', patient: 'Patient' }

/** The roles in effect then. */
export const rolesWords = (roles: string | null): string => (roles ?? '').split(',').map((role) => roleNames[role as Role] ?? role).join(', ') // A role that is gone is shown as it was.

export const findingText = (finding: Finding): string => findingWords[finding.kind](finding.seq.toLocaleString('en-US'))

/** The head of the screen: how the log stands, in a few words. */
export function stateWords(state: LogState, at: (instant: string) => string): string {
  const events = count(state.events, 'event')
  if (state.full) return `${events}, verified ${at(state.full.at)}`
  return `${events}, never verified as a whole`
}

/** What the last looks have found; the one at the start counts as long as nobody has verified all of it since. */
export function standingFinding({ tail, full }: LogState): Finding | null {
  if (tail?.finding && (!full || full.at < tail.at)) return tail.finding
  return full?.finding ?? null
}

/** "refused: not allowed" tells more than a code, which stands behind it for whoever looks it up. */
export function outcomeWords({ outcome, code }: Pick<AuditEvent, 'outcome' | 'code'>): string {
  if (outcome !== 'refused') return outcome === 'seen' ? 'Looked at' : 'Done'
  return code === 'FORBIDDEN' ? 'Refused: not in the role' : code === 'LOCKED' ? 'Refused: window locked' : 'Refused'
}

export const doorWords: Readonly<Record<string, string>> = { window: 'Window', socket: 'Network', cli: 'Command line', test: 'Test', core: 'Cairn itself' }
