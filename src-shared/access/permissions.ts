import { Role } from './roles.ts'

/**
 * What each role may do. Minimum necessary (45 CFR 164.502(b)): the administrator runs the clinic and opens
 * no chart; the front desk sees no clinical fact. Row rules (own, care team, restricted) stand beside this.
 */
export const grants = {
  'patient.read': [Role.administrator, Role.doctor, Role.nurse, Role.receptionist, Role.billing, Role.pharmacist],
  /** Address, contacts, insurance, history, photo: what booking, care and billing need and nobody else does. */
  'patient.details': [Role.doctor, Role.nurse, Role.receptionist, Role.billing],
  'patient.write': [Role.doctor, Role.nurse, Role.receptionist],
  'insurance.write': [Role.doctor, Role.nurse, Role.receptionist, Role.billing],
  'appointment.read': [Role.administrator, Role.doctor, Role.nurse, Role.receptionist, Role.billing],
  'appointment.write': [Role.doctor, Role.nurse, Role.receptionist],
  'schedule.manage': [Role.administrator, Role.receptionist],
  'chart.read': [Role.doctor, Role.nurse],
  'vitals.write': [Role.doctor, Role.nurse],
  'allergy.write': [Role.doctor, Role.nurse],
  'medication.write': [Role.doctor, Role.nurse],
  'problem.write': [Role.doctor],
  'note.write': [Role.doctor, Role.nurse],
  'note.sign': [Role.doctor],
  'charge.read': [Role.doctor, Role.receptionist, Role.billing],
  'charge.write': [Role.doctor, Role.billing],
  'invoice.read': [Role.administrator, Role.doctor, Role.receptionist, Role.billing],
  'invoice.create': [Role.receptionist, Role.billing],
  'invoice.void': [Role.administrator, Role.billing],
  'invoice.discount': [Role.billing],
  'payment.take': [Role.receptionist, Role.billing],
  'payment.refund': [Role.administrator, Role.billing],
  'fee.write': [Role.administrator, Role.billing],
  'code.read': [Role.administrator, Role.doctor, Role.nurse, Role.billing],
  'code.import': [Role.administrator],
  'migration.import': [Role.administrator],
  'clinic.read': [Role.administrator, Role.doctor, Role.nurse, Role.receptionist, Role.billing, Role.pharmacist],
  'clinic.manage': [Role.administrator],
  'audit.read': [Role.administrator],
  /** Taking the log out of the clinic. */
  'audit.export': [Role.administrator],
  // The second person of an act that takes two. Nobody is their own second person, whatever their roles.
  'staff.approve': [Role.administrator],
  'money.approve': [Role.administrator, Role.billing],
  'import.approve': [Role.administrator],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof grants

export function can(who: { roles: readonly Role[] }, permission: Permission): boolean {
  const allowed: readonly Role[] = grants[permission]
  return who.roles.some((role) => allowed.includes(role))
}
