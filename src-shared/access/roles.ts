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
