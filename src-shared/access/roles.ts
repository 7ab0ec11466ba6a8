import * as z from 'zod'

export const Role = {
  administrator: 'administrator',
  doctor: 'doctor',
  nurse: 'nurse',
  receptionist: 'receptionist',
  billing: 'billing',
  pharmacist: 'pharmacist',
  /** Sees the own rows only. No door lets one in yet: the portal brings it. */
  patient: 'patient',
} as const
export type Role = (typeof Role)[keyof typeof Role]
export type StaffRole = Exclude<Role, 'patient'>
export const allRoles = Object.values(Role)
/** Whom the clinic employs: what screens offer and staff accounts can be given. */
export const roles: readonly StaffRole[] = allRoles.filter((role) => role !== Role.patient)
export const RoleSchema = z.enum(Role)
export const StaffRoleSchema = RoleSchema.exclude(['patient'])

const homeOrder: readonly Role[] = [Role.doctor, Role.nurse, Role.receptionist, Role.billing, Role.pharmacist, Role.administrator, Role.patient]

/** The role whose home opens comes first: whoever runs the clinic beside other work begins with the other work. */
export const inHomeOrder = (some: readonly Role[]): Role[] => homeOrder.filter((role) => some.includes(role))
