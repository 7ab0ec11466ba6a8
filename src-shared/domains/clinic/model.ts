import * as z from 'zod'
import { RoleSchema } from '../../access/roles.ts'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { Instant, TimeZone } from '../../kernel/time.ts'

export const paperSizes = ['letter', 'a4'] as const
export const PaperSize = z.enum(paperSizes)
export const roomKinds = ['exam', 'treatment', 'lab', 'other'] as const
export const RoomKind = z.enum(roomKinds)

export const Name = z.string().trim().min(1).max(limits.name_chars)
const line = z.string().trim().max(limits.line_chars).nullable()

export const Clinic = z.object({
  id: Id,
  name: Name,
  timeZone: TimeZone,
  /** ISO 4217, three capital letters. */
  currency: z.string().regex(/^[A-Z]{3}$/),
  addressLine1: line,
  addressLine2: line,
  city: line,
  state: line,
  postalCode: line,
  phone: line,
  paper: PaperSize,
  invoicePrefix: z.string().regex(/^[A-Z0-9]{0,4}$/),
  isDemo: z.boolean(),
})
export type Clinic = z.infer<typeof Clinic>

export const StaffMember = z.object({
  id: Id,
  familyName: Name,
  givenName: Name,
  credentials: z.string().max(40).nullable(),
  title: z.string().max(20).nullable(),
  npi: z.string().nullable(),
  isProvider: z.boolean(),
  isActive: z.boolean(),
  sortOrder: z.int(),
})
export type StaffMember = z.infer<typeof StaffMember>

/** Lower-case letters, digits, dot and dash; starts with a letter. */
export const UserName = z.string().trim().toLowerCase().regex(/^[a-z][a-z0-9.-]{1,39}$/)
export const Password = z.string().min(limits.password_chars_min).max(limits.password_chars_max)

export const UserAccount = z.object({
  id: Id,
  staffId: Id,
  userName: UserName,
  roles: z.array(RoleSchema).min(1),
  disabledAt: Instant.nullable(),
})
export type UserAccount = z.infer<typeof UserAccount>

export const Room = z.object({ id: Id, name: Name, kind: RoomKind, sortOrder: z.int(), isActive: z.boolean() })
export type Room = z.infer<typeof Room>
