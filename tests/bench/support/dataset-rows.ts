import { toInstant } from '#shared/kernel/time.ts'

/** What the generator carries from row to row. */
export interface Made {
  random: () => number
  newId: (atMs: number) => string
  zoneOffsetMs: number
  providers: readonly string[]
  userId: string
  typeId: string
  /** Next free quarter hour of each provider. */
  nextSlot: Map<string, number>
  invoice: number
}

type Rows = [table: string, row: Record<string, unknown>][]

const FAMILY = ['Lopez', 'Okafor', 'Haddad', 'Nguyen', 'Smith', 'Brandão', 'Moreau', 'Garcia', 'Johnson', 'Petrov', 'Sato', 'Kowalski', 'Müller', 'Ali', 'Chen', 'Reyes', 'Feld', 'Haines', 'Dunn', 'Ito']
const GIVEN = ['Maria', 'James', 'Inês', 'Linh', 'Oskar', 'Grace', 'Aaron', 'Yuki', 'Elena', 'Samir', 'Rita', 'Thomas', 'Helen', 'Wei', 'Olivia', 'Mateo', 'Zara', 'Emil', 'Noah', 'Ana']
const SYLLABLES = ['ba', 'ren', 'sto', 'lin', 'mar', 'ker', 'do', 'vel', 'tos', 'ni', 'gra', 'wick', 'hol', 'dan', 'ez', 'ova', 'berg', 'son', 'ley', 'ton']
const NOTE = 'Intermittent headache and mild fever for three days. No neck stiffness. Advice given; review in one week if it goes on. '
const FIRST_DAY_MS = Date.UTC(2000, 0, 3)
const DAY_MS = 86_400_000

const pick = <T>(random: () => number, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T // The lists are not empty.
const between = (random: () => number, low: number, high: number): number => low + Math.floor(random() * (high - low))
const pad = (value: number): string => String(value).padStart(2, '0')

export function patientRow({ random, newId }: Made, i: number) {
  const family = random() < 0.3 ? pick(random, FAMILY) : cap(pick(random, SYLLABLES) + pick(random, SYLLABLES) + pick(random, SYLLABLES))
  const given = random() < 0.5 ? pick(random, GIVEN) : cap(pick(random, SYLLABLES) + pick(random, SYLLABLES))
  const atMs = FIRST_DAY_MS + i * 60_000
  const phone = `+1413${between(random, 2_000_000, 9_999_999)}`
  return {
    id: newId(atMs), mrn: 100_001 + i, family_name: family, given_name: given, sex: random() < 0.5 ? 'female' : 'male',
    birth_date: `${between(random, 1930, 2025)}-${pad(between(random, 1, 13))}-${pad(between(random, 1, 29))}`,
    phone, address_line1: `${between(random, 1, 999)} High Street`, city: 'Springfield', state: 'MA', postal_code: '01101',
    version: 1, created_at: toInstant(atMs), updated_at: toInstant(atMs),
  }
}

/** Ten appointments on quarter hours of the provider's own line of time, five of them signed visits. */
export function visitRows(made: Made, patientId: string): Rows {
  const rows: Rows = []
  for (let k = 0; k < 10; k += 1) {
    const provider = pick(made.random, made.providers)
    const slot = made.nextSlot.get(provider) ?? 0
    made.nextSlot.set(provider, slot + 1)
    const startMs = FIRST_DAY_MS + slot * 900_000
    const id = made.newId(startMs)
    const [startsAt, endsAt] = [toInstant(startMs), toInstant(startMs + 900_000)]
    rows.push(['appointments', {
      id, patient_id: patientId, provider_id: provider, type_id: made.typeId, starts_at: startsAt, ends_at: endsAt,
      status: 'fulfilled', reason: 'Follow-up', version: 1, booked_at: startsAt, booked_by: made.userId,
    }])
    if (k % 2 === 0) rows.push(...signedVisit(made, { patientId, appointmentId: id, provider, at: startsAt, startMs }))
  }
  return rows
}

function signedVisit(made: Made, visit: { patientId: string; appointmentId: string; provider: string; at: string; startMs: number }): Rows {
  const encounterId = made.newId(visit.startMs)
  return [
    ['encounters', { id: encounterId, patient_id: visit.patientId, appointment_id: visit.appointmentId, provider_id: visit.provider, status: 'finished', reason: 'Follow-up', started_at: visit.at, finished_at: visit.at }],
    ['clinical_notes', {
      id: made.newId(visit.startMs), encounter_id: encounterId, patient_id: visit.patientId, author_id: made.userId, status: 'signed',
      subjective: NOTE.repeat(2), objective: NOTE, assessment: 'Headache.', plan: NOTE, revision: 3, saved_at: visit.at, signed_at: visit.at, signed_by: made.userId,
    }],
  ]
}

export function clinicalRows(made: Made, patientId: string): Rows {
  const { random, newId, userId } = made
  const rows: Rows = []
  const atMs = FIRST_DAY_MS + between(random, 0, 9_000) * DAY_MS
  const recorded = { recorded_at: toInstant(atMs), recorded_by: userId }
  for (let k = 0; k < 3; k += 1) {
    const n = between(random, 0, 300)
    rows.push(['problems', { id: newId(atMs), patient_id: patientId, code_system: 'icd10cm', code: `E${pad(n % 100)}`, label: `Condition ${n}`, status: 'active', onset_on: '2019-05-01', ...recorded }])
    rows.push(['medication_statements', { id: newId(atMs), patient_id: patientId, label: `drug ${n} 500 mg tab`, sig: '1 twice a day', started_on: '2020-01-01', ...recorded }])
  }
  for (let k = 0; k < 10; k += 1) {
    const [code, label, unit, low, high] = pick(random, VITALS)
    const observedMs = atMs + k * 30 * DAY_MS
    rows.push(['observations', {
      id: newId(observedMs), patient_id: patientId, category: 'vital-signs', code, label, value: between(random, low, high), unit,
      observed_at: toInstant(observedMs), ...recorded,
    }])
  }
  return rows
}

const VITALS = [
  ['8480-6', 'Systolic blood pressure', 'mm[Hg]', 100, 160], ['8462-4', 'Diastolic blood pressure', 'mm[Hg]', 60, 100], ['8867-4', 'Heart rate', '/min', 55, 105],
  ['8310-5', 'Body temperature', 'Cel', 36, 39], ['29463-7', 'Body weight', 'kg', 50, 110],
] as const

/** Two charges of money owed and one of them paid, as ledger lines: what an account is summed from. */
export function financialRows(made: Made, patientId: string): Rows {
  const rows: Rows = []
  for (let k = 0; k < 2; k += 1) {
    const atMs = FIRST_DAY_MS + between(made.random, 0, 9_000) * DAY_MS
    const at = toInstant(atMs)
    const amounts = k === 0 ? [10_000, -10_000] : [10_000]
    amounts.forEach((amount) => rows.push(['ledger_entries', {
      id: made.newId(atMs), at, patient_id: patientId, kind: amount > 0 ? 'charge' : 'payment', amount_cents: amount, memo: 'Visit', entered_by: made.userId,
    }]))
  }
  return rows
}

const cap = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
