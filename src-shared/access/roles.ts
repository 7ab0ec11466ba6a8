import * as z from 'zod'

export const Role = {
  administrator: 'administrator',
  doctor: 'doctor',
  nurse: 'nurse',
  receptionist: 'receptionist',
  billing: 'billing',
  pharmacist: 'pharmacist',
} as const
export type Role = (typeof Role)[keyof typeof Role]
export const roles = Object.values(Role)
export const RoleSchema = z.enum(Role)

const homeOrder: readonly Role[] = [Role.doctor, Role.nurse, Role.receptionist, Role.billing, Role.pharmacist, Role.administrator]

/** The role whose home opens comes first: whoever runs the clinic beside other work begins with the other work. */
export const inHomeOrder = (some: readonly Role[]): Role[] => homeOrder.filter((role) => some.includes(role))
