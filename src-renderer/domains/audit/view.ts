import type { AuditEvent } from '#shared/domains/audit/model.ts'

/** What happened, in words. A name that is not listed is read out as it is: "Note copy kept". */
const words: Readonly<Record<string, string>> = {
  'session.started': 'Signed in', 'session.ended': 'Signed out', 'session.locked': 'Locked the window', 'session.unlocked': 'Unlocked the window',
  'session.recovered': 'Came in with the printed key', 'session.signIn': 'Sign-in', 'session.unlock': 'Unlock', 'session.recover': 'Use of the printed key',
  'chart.opened': 'Opened the chart', 'patient.opened': 'Opened the patient’s file', 'audit.read': 'Looked into the activity log',
  'appointment.booked': 'Booked a visit', 'appointment.moved': 'Moved a visit', 'appointment.no-show': 'Marked a no-show', 'appointment.fulfilled': 'Completed a visit',
  'appointment.cancelled': 'Cancelled a visit', 'appointment.arrived': 'Marked as arrived', 'appointment.roomed': 'Put into a room', 'appointment.started': 'Began a visit', 'appointment.undone': 'Took a step back',
  'note.saved': 'Saved a draft note', 'note.signed': 'Signed a note', 'note.signed-and-charged': 'Signed and charged', 'note.addendum': 'Added to a signed note',
  'vitals.recorded': 'Recorded vitals', 'patient.registered': 'Registered a patient', 'patient.changed': 'Changed a patient’s details',
  'invoice.issued': 'Issued an invoice', 'invoice.voided': 'Voided an invoice', 'payment.taken': 'Took a payment', 'payment.refunded': 'Refunded a payment',
  'staff.added': 'Added a person', 'staff.disabled': 'Switched an account off', 'staff.access-reset': 'Gave somebody a new invitation', 'session.invite-redeemed': 'Chose a password with an invitation', 'session.password-changed': 'Changed their own password',
  'keys.data-key-change-begun': 'Began to change the data key', 'keys.data-key-changed': 'Changed the data key', 'keys.recovery-reissued': 'Printed a new recovery key', 'keys.file-made': 'Made a key file', 'keys.machine-slots-removed': 'This computer keeps no secret any more and opens nothing by itself', 'keys.machine-secret-missing': 'This computer lacks its part of the key', 'clinic.updated': 'Changed the clinic’s details',
}

export function actionWords(action: string): string {
  const known = words[action]
  if (known) return known
  const plain = action.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[.-]/g, ' ').toLowerCase()
  return plain.charAt(0).toUpperCase() + plain.slice(1)
}

/** "refused: not allowed" tells more than a code, which stands behind it for whoever looks it up. */
export function outcomeWords({ outcome, code }: Pick<AuditEvent, 'outcome' | 'code'>): string {
  if (outcome !== 'refused') return outcome === 'seen' ? 'Looked at' : 'Done'
  return code === 'FORBIDDEN' ? 'Refused: not in the role' : code === 'LOCKED' ? 'Refused: window locked' : 'Refused'
}

export const doorWords: Readonly<Record<string, string>> = { window: 'Window', socket: 'Network', cli: 'Command line', test: 'Test', core: 'Cairn itself' }
