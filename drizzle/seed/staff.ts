import type { Role } from '#shared/access/roles.ts'
import type { Room, StaffMember } from '#shared/domains/clinic/model.ts'
import { plainType, type AppointmentType } from '#shared/domains/scheduling/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { makeChance, type Chance } from './random.ts'
import { familyNames, givenNames } from './names.ts'

export interface DemoPerson {
  userId: Id
  userName: string
  roles: readonly Role[]
  staff: StaffMember
}

export interface DemoProvider {
  staffId: Id
  userId: Id
  name: string
  rooms: readonly Id[]
  /** Weekdays and minutes of the wall clock; a gap is lunch. */
  weekdays: readonly number[]
  hours: readonly [from: number, to: number][]
  /** Sees children, adults or both. */
  ages: readonly [from: number, to: number]
}

export interface DemoStaff {
  /** With an account and the password that the explorer chooses. */
  people: readonly DemoPerson[]
  /** Added for large clinics only: they have a column, but nobody signs in as them. */
  more: readonly DemoPerson[]
  providers: readonly DemoProvider[]
  nurses: readonly Id[]
  desk: readonly Id[]
  billing: Id
  rooms: readonly Room[]
  types: readonly AppointmentType[]
}

const cast: readonly [given: string, family: string, title: string | null, credentials: string | null, role: Role, userName: string, isProvider: boolean][] = [
  ['Amira', 'Haddad', 'Dr.', 'MD', 'doctor', 'haddad', true],
  ['Per', 'Lindqvist', 'Dr.', 'MD', 'doctor', 'lindqvist', true],
  ['Jin', 'Lee', 'Dr.', 'MD', 'doctor', 'lee', true],
  ['Grace', 'Adeyemi', null, 'NP', 'doctor', 'adeyemi', true],
  ['Tom', 'Okafor', null, 'RN', 'nurse', 'okafor', false],
  ['Beth', 'Moreno', null, 'RN', 'nurse', 'moreno', false],
  ['Rosa', 'Delgado', null, null, 'receptionist', 'delgado', false],
  ['Noel', 'Marsh', null, null, 'receptionist', 'marsh', false],
  ['Priya', 'Nair', null, null, 'billing', 'nair', false],
  ['Hanna', 'Brandt', null, 'PharmD', 'pharmacist', 'brandt', false],
  ['Eleanor', 'Voss', null, null, 'administrator', 'voss', false],
]

const FULL_DAY: readonly [number, number][] = [[480, 720], [780, 1020]]
const patterns: readonly Pick<DemoProvider, 'weekdays' | 'hours' | 'ages'>[] = [
  { weekdays: [1, 2, 3, 4, 5], hours: FULL_DAY, ages: [14, 110] },
  { weekdays: [1, 2, 3, 4, 5], hours: FULL_DAY, ages: [14, 110] },
  { weekdays: [1, 2, 3, 4, 5], hours: [[510, 735], [795, 1020]], ages: [0, 21] },
  { weekdays: [1, 2, 3, 5], hours: FULL_DAY, ages: [0, 110] },
]

const visitTypes = ['New patient', 'Annual exam', 'Follow-up', 'Acute visit', 'Short visit', 'Well child', 'Procedure'] as const
export type VisitType = (typeof visitTypes)[number]
const minutes: Record<VisitType, number> = { 'New patient': 45, 'Annual exam': 45, 'Follow-up': 30, 'Acute visit': 30, 'Short visit': 15, 'Well child': 30, Procedure: 45 }

/** Nothing here changes what is booked in the past: who has been seen already needs no room any more. */
const typeExtras: Record<VisitType, Partial<AppointmentType>> = {
  'New patient': { colour: 'fjord', instructions: 'Bring your insurance card and a list of your medications.' },
  'Annual exam': { colour: 'moss', instructions: 'Come with an empty stomach: blood is drawn.' },
  'Follow-up': {}, 'Acute visit': { colour: 'amber' }, 'Short visit': {}, 'Well child': { colour: 'heather', instructions: 'Bring the vaccination record.' },
  Procedure: { colour: 'plum', roomKind: 'treatment', equipmentKinds: ['cautery'], bufferAfterMin: 10 },
}

/** A provider sees this many patients a day at most; more patients need more columns, up to a limit that a screen can still show. */
const PROVIDERS_MAX = 24
const providersFor = (patients: number): number => Math.min(PROVIDERS_MAX, Math.max(4, Math.ceil(patients / 640)))

/** The people of the demo clinic; their ids depend on the seed only. */
export function makeStaff(seed: number, startMs: number, patients: number): DemoStaff {
  const chance = makeChance(seed ^ 0x57aff)
  const people = cast.map((one, i) => person(chance, startMs, one, i))
  const extra = Array.from({ length: providersFor(patients) - 4 }, (_, i) => extraDoctor(chance, startMs, i))
  const byRole = (role: Role): Id[] => people.filter((one) => one.roles.includes(role)).map((one) => one.userId)
  const doctors = [...people, ...extra].filter((one) => one.staff.isProvider)
  const rooms = makeRooms(chance, startMs, doctors.length)
  return {
    people, more: extra, rooms,
    providers: doctors.map((one, i) => provider(one, i, rooms)),
    nurses: byRole('nurse'), desk: byRole('receptionist'), billing: byRole('billing')[0] ?? '',
    types: visitTypes.map((name, i) => ({ ...plainType, ...typeExtras[name], id: chance.id(startMs), name, durationMin: minutes[name], isActive: true, sortOrder: i + 1 })),
  }
}

function person(chance: Chance, startMs: number, [givenName, familyName, title, credentials, role, userName, isProvider]: (typeof cast)[number], i: number): DemoPerson {
  const staff: StaffMember = { id: chance.id(startMs), familyName, givenName, credentials, title, npi: null, isProvider, isActive: true, sortOrder: i + 1 }
  return { userId: chance.id(startMs), userName, roles: [role], staff }
}

function extraDoctor(chance: Chance, startMs: number, i: number): DemoPerson {
  const names = chance.pick([givenNames.female, givenNames.male])
  return person(chance, startMs, [chance.pick(names), chance.pick(familyNames), 'Dr.', 'MD', 'doctor', `doctor${i + 5}`, true], cast.length + i)
}

function makeRooms(chance: Chance, startMs: number, providers: number): Room[] {
  const exam = Array.from({ length: providers + 1 }, (_, i): Room => ({ id: chance.id(startMs), name: `Room ${i + 1}`, kind: 'exam', sortOrder: i + 1, isActive: true }))
  return [
    ...exam,
    { id: chance.id(startMs), name: 'Treatment room', kind: 'treatment', sortOrder: 90, isActive: true },
    { id: chance.id(startMs), name: 'Blood draw', kind: 'lab', sortOrder: 91, isActive: true },
  ]
}

/** The first doctor has two rooms, everyone else one: no room is ever shared, so rooms cannot clash either. */
function provider(one: DemoPerson, i: number, rooms: readonly Room[]): DemoProvider {
  const pattern = patterns[i % patterns.length] ?? { weekdays: [1], hours: FULL_DAY, ages: [0, 110] }
  const own = i === 0 ? rooms.slice(0, 2) : rooms.slice(i + 1, i + 2)
  const name = [one.staff.title, one.staff.familyName].filter(Boolean).join(' ')
  return { ...pattern, staffId: one.staff.id, userId: one.userId, name, rooms: own.map((room) => room.id) }
}
