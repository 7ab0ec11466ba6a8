import { familyNames, givenNames, streets } from '#drizzle/seed/names.ts'
import { makeChance, type Chance } from '#drizzle/seed/random.ts'
import { addDays, type PlainDate } from '#shared/kernel/time.ts'

/** Somebody of the old clinic, as they are in truth. */
export interface OldPatient {
  account: string
  familyName: string
  givenName: string
  suffix: string
  birthDate: PlainDate
  phone: string
  address: string
}
/** A line of the file of appointments, and whose it is in truth; an account that no patient has is a stranger's. */
export interface OldAppointment {
  line: number
  account: string
  date: PlainDate
  minute: number
  status: 'booked' | 'fulfilled' | 'no-show' | 'cancelled'
}
export interface OldClinic {
  people: OldPatient[]
  appointments: OldAppointment[]
  /** The files as the old program would write them; no patient's number stands in the second. */
  patientsCsv: string
  appointmentsCsv: string
}

export const oldProviders = ['Dr. Hall', 'HALL', 'Patel MD', 'Ruiz, N']
const LAST_DAY = '2026-10-30'
const [OPENS, CLOSES, STEP] = [8 * 60, 17 * 60, 15]

/**
 * An old clinic with what makes linking hard: families with one phone, twins, father and son of one name, namesakes, and
 * a file of appointments that several people typed.
 */
export function makeOldClinic(seed: number, size: { households: number; appointments: number }): OldClinic {
  const chance = makeChance(seed)
  const people: OldPatient[] = []
  for (let household = 0; household < size.households; household += 1) people.push(...familyOf(chance, household, people.length))
  // Some came once and are in no list: a namesake of somebody who is, born a year or ten days beside them.
  const strangers = Array.from({ length: Math.ceil(people.length / 20) }, (_, at): OldPatient => ({ ...chance.pick(people), account: `stranger ${at}`, phone: `(937) 555-${9_000 + at}` }))
    .map((one) => ({ ...one, birthDate: mistyped(chance, one.birthDate) }))
  const typed = Array.from({ length: size.appointments }, (_, at) => appointmentOf(chance, chance.happens(0.02) ? strangers : people, at))
  const patientsCsv = table(['Acct #', 'Last Name', 'First Name', 'DOB', 'Address', 'Phone'], people.map((one) => [one.account, [one.familyName, one.suffix].filter(Boolean).join(' '), one.givenName, mdy(one.birthDate), one.address, one.phone]))
  return { people, appointments: typed.map(({ truth }) => truth), patientsCsv, appointmentsCsv: table(['Date', 'Time', 'Len', 'Patient', 'DOB', 'Phone', 'Provider', 'Type', 'Status', 'Comment'], typed.map(({ cells }) => cells)) }
}

function familyOf(chance: Chance, household: number, before: number): OldPatient[] {
  const familyName = chance.pickCommon(familyNames)
  const shared = { familyName, suffix: '', phone: `(937) 555-${String(household).padStart(4, '0')}`, address: `${chance.int(1, 99)}${household} ${chance.pick(streets)}` }
  const members: Omit<OldPatient, 'account'>[] = []
  const names = new Set<string>()
  const add = (birthDate: PlainDate, more: Partial<OldPatient> = {}): void => {
    let givenName = more.givenName ?? chance.pick(chance.happens(0.5) ? givenNames.female : givenNames.male)
    // Two of one family are never called alike, unless it is meant.
    while (!more.givenName && [...names].some((name) => name[0] === givenName[0])) givenName = chance.pick(givenNames.female)
    names.add(givenName)
    members.push({ ...shared, givenName, birthDate, ...more })
  }
  add(born(chance, 1950, 1985))
  if (chance.happens(0.6)) add(born(chance, 1950, 1985))
  if (chance.happens(0.3)) {
    const day = born(chance, 2005, 2020)
    add(day)
    add(day)
  } else if (chance.happens(0.4)) add(born(chance, 2000, 2024))
  if (chance.happens(0.15)) add(born(chance, 1980, 2010), { givenName: members[0]?.givenName ?? '', suffix: 'Jr' }) // Typed as often without.
  return members.map((one, at) => ({ ...one, account: String(1_000 + before + at) }))
}

/** One slot after the other, so that no two of one provider are at one time: whose they are is what is asked here. */
function appointmentOf(chance: Chance, people: readonly OldPatient[], at: number): { truth: OldAppointment; cells: string[] } {
  const patient = chance.pick(people)
  const perDay = (CLOSES - OPENS) / STEP
  const truth: OldAppointment = {
    line: at + 2, account: patient.account, date: addDays(LAST_DAY, -Math.floor(at / perDay)), minute: OPENS + (at % perDay) * STEP,
    status: chance.pick(['fulfilled', 'fulfilled', 'fulfilled', 'booked', 'no-show', 'cancelled'] as const),
  }
  const cells = [
    mdy(truth.date), timeTyped(chance, truth.minute), chance.pick(['15', '15 min', '']), nameTyped(chance, patient), chance.happens(0.96) ? dateTyped(chance, chance.happens(0.04) ? mistyped(chance, patient.birthDate) : patient.birthDate) : '',
    chance.happens(0.3) ? phoneTyped(chance, patient.phone) : '', chance.pick(oldProviders), chance.pick(['OV', 'F/U', 'Flu shot', 'Lab only']), chance.pick(statusWords[truth.status]), chance.happens(0.05) ? 'late' : '',
  ]
  return { truth, cells }
}

const statusWords = { fulfilled: ['Completed', 'DONE', 'complete', 'Checked out'], booked: ['Scheduled', 'Sched', ''], 'no-show': ['N/S', 'No Show'], cancelled: ['Cancelled', 'canceled'] } as const

function nameTyped(chance: Chance, { familyName, givenName, suffix }: OldPatient): string {
  const family = suffix !== '' && chance.happens(0.5) ? `${familyName} ${suffix}` : familyName
  const straight = chance.pick([`${family}, ${givenName}`, `${family}, ${givenName}`, `${family},${givenName}`, `${givenName} ${family}`])
  return chance.pick([straight, straight, straight, straight.toUpperCase(), chance.happens(0.4) ? slipped(chance, straight) : straight])
}

/** Two letters the wrong way round, in the middle of a word. */
function slipped(chance: Chance, text: string): string {
  const places = [...text].flatMap((letter, at) => (at > 1 && /\p{L}/u.test(letter) && /\p{L}/u.test(text[at - 1] ?? '') && /\p{L}/u.test(text[at + 1] ?? '') ? [at] : []))
  if (places.length === 0) return text
  const at = chance.pick(places)
  return text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2)
}

/** One digit of the day or the year beside it. */
const mistyped = (chance: Chance, date: PlainDate): PlainDate => (chance.happens(0.5) ? `${date.slice(0, 3)}${(Number(date[3]) + 1) % 10}${date.slice(4)}` : addDays(date, chance.pick([-10, -1, 1, 10])))

function timeTyped(chance: Chance, minute: number): string {
  const [hour, rest] = [Math.floor(minute / 60), String(minute % 60).padStart(2, '0')]
  const half = hour < 12 ? 'a' : 'p'
  return chance.pick([`${hour}:${rest}`, `${((hour + 11) % 12) + 1}:${rest}${half}`, `${((hour + 11) % 12) + 1}:${rest} ${half.toUpperCase()}M`])
}

const mdy = (date: PlainDate): string => `${date.slice(5, 7)}/${date.slice(8)}/${date.slice(0, 4)}`
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
function dateTyped(chance: Chance, date: PlainDate): string {
  const [year = '', month = '', day = ''] = date.split('-')
  const serial = String(Math.round(Date.parse(`${date}T00:00:00Z`) / 86_400_000) + 25_569)
  return chance.pick([mdy(date), mdy(date), mdy(date), mdy(date), date, `${year}${month}${day}`, `${day}-${months[Number(month) - 1]}-${year.slice(2)}`, `${months[Number(month) - 1]} ${Number(day)}, ${year}`, serial])
}

function phoneTyped(chance: Chance, phone: string): string {
  const [area = '', middle = '', last = ''] = phone.match(/\d+/g) ?? []
  return chance.pick([phone, `${area}.${middle}.${last}`, `+1 ${area} ${middle} ${last}`, `${middle}-${last}`, `${area}/${middle}-${last} (cell)`])
}

const born = (chance: Chance, from: number, to: number): PlainDate => addDays(`${chance.int(from, to)}-01-01`, chance.int(0, 364))
const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => [head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')
