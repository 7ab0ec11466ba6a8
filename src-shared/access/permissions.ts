import { Role } from './roles.ts'

/**
 * What each role may do. Minimum necessary (45 CFR 164.502(b)): the administrator runs the clinic and opens
 * no chart; the front desk sees no clinical fact. Row rules (own, care team, restricted) stand beside this.
 */
export const grants = {
  'patient.read': [Role.administrator, Role.doctor, Role.nurse, Role.receptionist, Role.billing, Role.pharmacist, Role.patient],
  /** Address, contacts, insurance, history, photo: what booking, care and billing need and nobody else does. */
  /** Photo, and what name and address were before: to know somebody by, which a bill does not need. */
  'patient.history': [Role.doctor, Role.nurse, Role.receptionist, Role.patient],
  'patient.details': [Role.doctor, Role.nurse, Role.receptionist, Role.billing, Role.patient],
  'patient.write': [Role.doctor, Role.nurse, Role.receptionist],
  /** Making two charts one, and two again: by those who know people by sight, and whoever answers for the records. */
  'patient.merge': [Role.administrator, Role.doctor, Role.nurse, Role.receptionist],
  'insurance.write': [Role.doctor, Role.nurse, Role.receptionist, Role.billing],
  'appointment.read': [Role.administrator, Role.doctor, Role.nurse, Role.receptionist, Role.billing, Role.patient],
  /** Counts of the whole clinic. */
  'figures.read': [Role.administrator, Role.doctor, Role.nurse, Role.receptionist, Role.billing],
  'appointment.write': [Role.doctor, Role.nurse, Role.receptionist],
  /** The call feed: of the display's own door, and of no role. */
  display: [],
  /** Everybody who works here asks and is asked; which tasks somebody sees is a row rule. */
  'task.read': [Role.administrator, Role.doctor, Role.nurse, Role.receptionist, Role.billing, Role.pharmacist],
  'task.write': [Role.administrator, Role.doctor, Role.nurse, Role.receptionist, Role.billing, Role.pharmacist],
  'schedule.manage': [Role.administrator, Role.receptionist],
  'resource.read': [Role.administrator, Role.doctor, Role.nurse, Role.receptionist],
  /** In and out of service: who finds the machine broken says so. */
  'resource.manage': [Role.administrator, Role.nurse, Role.receptionist],
  'room.mark': [Role.doctor, Role.nurse, Role.receptionist],
  /** The clinic's roster, and one's own wishes about it. */
  'roster.read': [Role.administrator, Role.doctor, Role.nurse, Role.receptionist, Role.billing, Role.pharmacist],
  'leave.decide': [Role.administrator],
  /** Works with charts each day. */
  'chart.read': [Role.doctor, Role.nurse],
  /** May ask for a chart; the row rules decide which: care team, the administrator by break-glass, patients their own. */
  'chart.open': [Role.doctor, Role.nurse, Role.administrator, Role.patient],
  /** Problems and allergies alone, without the rest of the chart: what dispensing safely needs. */
  'chart.minimum': [Role.doctor, Role.nurse, Role.administrator, Role.pharmacist, Role.patient],
  'care-team.write': [Role.doctor, Role.nurse],
  'cover.write': [Role.administrator, Role.doctor],
  'patient.restrict': [Role.administrator, Role.doctor],
  'break-glass.use': [Role.doctor, Role.nurse, Role.administrator],
  'vitals.write': [Role.doctor, Role.nurse],
  'allergy.write': [Role.doctor, Role.nurse],
  'medication.write': [Role.doctor, Role.nurse],
  /** Prescriptions of one patient: the care team, the pharmacy, patients their own. */
  'prescription.read': [Role.doctor, Role.nurse, Role.administrator, Role.pharmacist, Role.patient],
  /** Makes one ready and hands out the paper; a nurse signs none. */
  'prescription.prepare': [Role.doctor, Role.nurse],
  /** Signs and cancels. */
  'prescription.sign': [Role.doctor],
  'problem.write': [Role.doctor],
  'note.write': [Role.doctor, Role.nurse],
  'note.sign': [Role.doctor],
  'charge.read': [Role.doctor, Role.receptionist, Role.billing],
  'charge.write': [Role.doctor, Role.billing],
  'invoice.read': [Role.administrator, Role.doctor, Role.receptionist, Role.billing],
  /** Bills, receipts and the account of one patient: a patient's own as well. */
  'account.read': [Role.administrator, Role.doctor, Role.receptionist, Role.billing, Role.patient],
  'invoice.create': [Role.receptionist, Role.billing],
  'invoice.void': [Role.administrator, Role.billing],
  'invoice.discount': [Role.billing],
  'payment.take': [Role.receptionist, Role.billing],
  'payment.refund': [Role.administrator, Role.billing],
  'fee.write': [Role.administrator, Role.billing],
  'stock.read': [Role.administrator, Role.doctor, Role.nurse, Role.billing, Role.pharmacist],
  /** For a patient. */
  'stock.use': [Role.doctor, Role.nurse, Role.pharmacist],
  /** Brings it elsewhere, and says what was spoiled or entered in error. */
  'stock.move': [Role.administrator, Role.doctor, Role.nurse, Role.pharmacist],
  /** Items, deliveries, counts, quarantine. */
  'stock.manage': [Role.administrator, Role.pharmacist],
  /** Which patients got a lot. */
  'stock.recall': [Role.doctor, Role.nurse, Role.pharmacist],
  'code.read': [Role.administrator, Role.doctor, Role.nurse, Role.billing],
  'code.import': [Role.administrator],
  'migration.import': [Role.administrator],
  'clinic.read': [Role.administrator, Role.doctor, Role.nurse, Role.receptionist, Role.billing, Role.pharmacist],
  'clinic.manage': [Role.administrator],
  // By the flag beside the roles (below): nobody's role alone opens the log of everybody.
  'audit.read': [],
  /** Taking the log out of the clinic. */
  'audit.export': [],
  // The second person of an act that takes two. Nobody is their own second person, whatever their roles.
  'staff.approve': [Role.administrator],
  'money.approve': [Role.administrator, Role.billing],
  'import.approve': [Role.administrator],
  /** That a patient is restricted, and that one has died. */
  'restriction.approve': [Role.administrator, Role.doctor],
  /** Whoever can be a second person at all: the list of what waits for one. */
  'approval.decide': [Role.administrator, Role.doctor, Role.billing],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof grants

/** Whoever watches over privacy need not run the clinic, and whoever runs it need not watch. */
const byFlag: ReadonlySet<Permission> = new Set(['audit.read', 'audit.export'])

export function can(who: { roles: readonly Role[]; isPrivacyOfficer?: boolean | undefined }, permission: Permission): boolean {
  if (byFlag.has(permission)) return who.isPrivacyOfficer === true
  const allowed: readonly Role[] = grants[permission]
  return who.roles.some((role) => allowed.includes(role))
}
