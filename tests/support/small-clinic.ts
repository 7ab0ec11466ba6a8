import { careTeamMembers } from '#drizzle/schema/access.ts'
import { appointmentTypes, availabilityRules } from '#drizzle/schema/scheduling.ts'
import { patients } from '#drizzle/schema/patients.ts'
import { allRoles, roles, type Role, type StaffRole } from '#shared/access/roles.ts'
import type { StaffMember } from '#shared/domains/clinic/model.ts'
import { derivedColumns } from '#shared/domains/patients/rules.derived.ts'
import type { Core } from '#main/core/core.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import { insertRoom, insertStaffMember, insertUserAccount, takeNumber } from '#main/domains/clinic/repository.ts'
import { setSecondFactorPolicy } from '#main/domains/session/repository.factors.ts'
import { createClinicDatabase } from '#main/domains/clinic/service.setup.ts'

export const ADMIN_PASSWORD = 'three quiet stones'

export interface SmallClinic {
  id: string
  zone: string
  /** The patient is nobody yet: no account and no row (tests/support/patient-account.ts makes them). */
  people: Record<Role, { userId: string; staffId: string; userName: string }>
  /** Two providers with hours Monday to Friday, 8 to 12 and 1 to 5. */
  providers: [string, string]
  rooms: [string, string]
  types: { short: string; long: string }
  recoveryKey: Uint8Array
  /** Adds a patient row directly, for tests that are about something else; the doctor and the nurse are on the care team unless told not to be. */
  addPatient(core: Core, given?: Partial<typeof patients.$inferInsert>, more?: { team?: boolean }): string
  /** Puts somebody on a patient's care team. */
  joinTeam(core: Core, patientId: string, staffId: string): void
}

const ZONE = 'America/New_York'
const names: Record<StaffRole, [given: string, family: string]> = {
  administrator: ['Olive', 'Brandt'], doctor: ['Amira', 'Haddad'], nurse: ['Tom', 'Okafor'],
  receptionist: ['Rosa', 'Delgado'], billing: ['Priya', 'Nair'], pharmacist: ['Jonas', 'Weber'],
}

/** Only the administrator has a password here (one slow derivation); the others enter by `world.as(role)`. */
export async function makeSmallClinic(core: Core): Promise<SmallClinic> {
  const id = core.platform.newId
  const people = Object.fromEntries(allRoles.map((role) => [role, { userId: id(), staffId: id(), userName: role }])) as SmallClinic['people'] // One for each role.
  const clinic: SmallClinic = {
    id: id(), zone: ZONE, people, providers: [people.doctor.staffId, id()], rooms: [id(), id()],
    types: { short: id(), long: id() }, recoveryKey: core.platform.random(32),
    addPatient: (target, given, { team = true } = {}) => {
      const patientId = addPatient(target, given)
      if (team) for (const one of [people.doctor, people.nurse]) clinic.joinTeam(target, patientId, one.staffId)
      return patientId
    },
    joinTeam: (target, patientId, staffId) => addToTeam(target, patientId, staffId, people.doctor.userId),
  }
  await createClinicDatabase(core, {
    clinic: {
      id: clinic.id, name: 'Harbor Family Clinic', timeZone: ZONE, currency: 'USD', addressLine1: '12 Quay Street', addressLine2: null,
      city: 'Springfield', state: 'MA', postalCode: '01101', phone: '+14135550100', paper: 'letter', invoicePrefix: 'A', isDemo: false,
    },
    people: [{ ...people.administrator, staff: staff(people.administrator.staffId, 'administrator', 9), password: ADMIN_PASSWORD, roles: ['administrator'] }],
    recoveryKey: clinic.recoveryKey,
    seed: (db) => seed(db, core.platform.now(), clinic, id),
  })
  return clinic
}

function seed(db: WriteDb, at: string, clinic: SmallClinic, id: () => string): void {
  // Tests about something else sign in with a password alone; those about two factors turn it on.
  setSecondFactorPolicy(db, 'optional')
  for (const role of roles.filter((one) => one !== 'administrator')) {
    const { userId, staffId, userName } = clinic.people[role]
    insertStaffMember(db, staff(staffId, role, roles.indexOf(role)), at)
    insertUserAccount(db, { id: userId, staffId, userName, loginHash: 'none', roles: [role], createdAt: at })
  }
  insertStaffMember(db, { ...staff(clinic.providers[1], 'doctor', 2), givenName: 'Per', familyName: 'Lindqvist' }, at)
  clinic.rooms.forEach((room, i) => insertRoom(db, { id: room, name: `Room ${i + 1}`, kind: 'exam', sortOrder: i, isActive: true }))
  db.insert(appointmentTypes).values([
    { id: clinic.types.short, name: 'Follow-up', durationMin: 15, isActive: true, sortOrder: 1 },
    { id: clinic.types.long, name: 'New patient', durationMin: 30, isActive: true, sortOrder: 2 },
  ]).run()
  for (const providerId of clinic.providers) {
    for (const weekday of [1, 2, 3, 4, 5]) {
      for (const [startMin, endMin] of [[480, 720], [780, 1020]] as const) {
        db.insert(availabilityRules).values({ id: id(), providerId, weekday, startMin, endMin, validFrom: null, validTo: null }).run()
      }
    }
  }
}

function staff(id: string, role: StaffRole, sortOrder: number): StaffMember {
  const [givenName, familyName] = names[role]
  return { id, givenName, familyName, credentials: null, title: role === 'doctor' ? 'Dr.' : null, npi: null, isProvider: role === 'doctor', isActive: true, sortOrder }
}

function addPatient(core: Core, given: Partial<typeof patients.$inferInsert> = {}): string {
  const id = core.platform.newId()
  const at = core.platform.now()
  const named = { familyName: 'Lopez', givenName: 'Maria', middleName: null, preferredName: null, phone: null, ...given }
  core.vault.writer.insert(patients).values({
    id, mrn: takeNumber(core.vault.writer, 'mrn'), sex: 'female', birthDate: '1958-03-12',
    version: 1, createdAt: at, updatedAt: at, ...named, ...derivedColumns(named),
  }).run()
  return id
}

function addToTeam(core: Core, patientId: string, staffId: string, addedBy: string): void {
  const at = core.platform.now()
  core.vault.writer.insert(careTeamMembers).values({ id: core.platform.newId(), patientId, staffId, fromOn: '2000-01-01', reason: 'Usual team', addedAt: at, addedBy }).run()
}
