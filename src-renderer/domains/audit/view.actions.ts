/** The rest of what happens, in words: access, money, charts, patients, the schedule and people's own sign-in. */
export const moreWords: Readonly<Record<string, string>> = {
  'break-glass.used': 'Opened a chart in an emergency', 'break-glass.listed': 'Looked at the emergency accesses', 'break-glass.reviewed': 'Reviewed an emergency access',
  'care-team.added': 'Put a colleague on a care team', 'care-team.ended': 'Took a colleague off a care team', 'cover.added': 'Planned cover', 'cover.removed': 'Took a cover back', 'access.settings-saved': 'Changed how far the care teams reach',
  'patient.restricted': 'Restricted a patient', 'patient.restriction-lifted': 'Lifted a restriction', 'staff.own-chart-linked': 'Said whose own record it is',
  'fee.saved': 'Changed a fee', 'fee.starter-added': 'Added the starter fees', 'charge.added': 'Added a charge', 'charge.removed': 'Took a charge away', 'invoice.discounted': 'Gave a discount', 'credit.applied': 'Used a credit', 'page.printed': 'Printed or saved a page',
  'room.saved': 'Changed a room', 'staff.saved': 'Changed a person’s name or credentials', 'codes.imported': 'Imported codes', 'migration.started': 'Began an import', 'migration.imported': 'Imported charts',
  'encounter.opened': 'Began the visit’s record', 'vitals.corrected': 'Corrected vitals', 'observation.in-error': 'Marked a measurement as an error', 'note.copy-kept': 'Kept a copy of a note', 'note.copy-settled': 'Settled a copy of a note',
  'diagnosis.added': 'Added a diagnosis', 'diagnosis.removed': 'Took a diagnosis away', 'diagnosis.ranked': 'Put the diagnoses in order',
  'problem.added': 'Added a problem', 'problem.resolved': 'Resolved a problem', 'problem.reopened': 'Reopened a problem', 'problem.in-error': 'Marked a problem as an error',
  'allergy.added': 'Added an allergy', 'allergy.in-error': 'Marked an allergy as an error', 'allergy.none-known': 'Recorded that no allergy is known',
  'medication.added': 'Added a medication', 'medication.stopped': 'Stopped a medication', 'medication.resumed': 'Resumed a medication', 'medication.in-error': 'Marked a medication as an error',
  'patient.contact-added': 'Added a contact', 'patient.contact-changed': 'Changed a contact', 'patient.contact-removed': 'Took a contact away', 'insurance.added': 'Added an insurance', 'insurance.changed': 'Changed an insurance', 'insurance.ended': 'Ended an insurance',
  'patient.photo-taken': 'Set a patient’s photo', 'patient.photo-removed': 'Took a patient’s photo away', 'registration-form.kept': 'Kept an unfinished registration', 'registration-form.dropped': 'Dropped an unfinished registration',
  'schedule.hours-set': 'Changed working hours', 'schedule.block-added': 'Blocked a time', 'schedule.block-removed': 'Freed a blocked time', 'schedule.type-saved': 'Changed a visit type',
  'session.proved': 'Gave the password once more', 'session.proved-from-machine': 'Proved their password from another machine', 'session.pin-set': 'Set their own PIN', 'session.pin-removed': 'Took their own PIN away', 'session.second-factor-set': 'Set up their second factor', 'session.second-factor-removed': 'Took somebody’s second factor off',
  'session.codes-drawn': 'Drew new one-time codes', 'session.policy-set': 'Changed the rule for second factors', 'session.idle-set': 'Changed when this computer locks', 'session.allowed-again': 'Let somebody try to sign in again',
}
