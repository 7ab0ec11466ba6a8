import type { PatientAccount } from '#shared/domains/billing/model.views.ts'
import type { ConsentForm, PatientConsent } from '#shared/domains/consents/model.ts'
import { isAskedAt, isMinor, standingOf, type Standing } from '#shared/domains/consents/rules.ts'
import type { Coverage, IdentityCheck, PatientFile } from '#shared/domains/patients/model.ts'
import type { DayAppointment } from '#shared/domains/scheduling/model.ts'
import { addDays, dateInZone, type PlainDate } from '#shared/kernel/time.ts'
import { born, date as dateText, listDate, money, phone, time } from '#renderer/ui/format.ts'

/** Pure: what stands in the four stones of a check-in. */
export const stoneKeys = ['identity', 'insurance', 'consent', 'copay'] as const
export type StoneKey = (typeof stoneKeys)[number]

export interface Stone {
  key: StoneKey
  name: string
  /** Green: nothing is to be done. Amber never stops care. */
  isReady: boolean
  /** It asks for nothing but a word: somebody says that it is right. */
  isToConfirm: boolean
  note: string
  lines: string[]
}

export interface CheckInFacts {
  visit: Pick<DayAppointment, 'id' | 'typeId' | 'telehealthUrl'>
  file: PatientFile
  check: IdentityCheck | null
  forms: readonly ConsentForm[]
  consents: readonly PatientConsent[]
  /** Undefined for those who do not see money. */
  account: PatientAccount | undefined
  today: PlainDate
  zone: string
  currency: string
}

export interface CheckIn {
  stones: Stone[]
  /** Insurances that hold today, the first to be asked at the front. */
  active: Coverage[]
  /** Of those the ones that nobody has asked about for a while. */
  unverified: Coverage[]
  /** Forms to be signed at this visit, and why. */
  toSign: { form: ConsentForm; standing: Standing }[]
  /** What the insurance says that the patient pays at each visit, less what was paid today. */
  copayDueCents: number
  /** Open from earlier visits. */
  olderDueCents: number
  /** What else is not known about the patient, in words. */
  missing: string[]
}

/** So long a word of the insurer is good: insurers change people's cover by the month. */
export const INSURANCE_FRESH_DAYS = 30

export function checkInOf(facts: CheckInFacts): CheckIn {
  const { file, today, zone, visit } = facts
  const active = activeCoverages(file, today)
  const unverified = active.filter((one) => one.verifiedOn === null || one.verifiedOn < addDays(today, -INSURANCE_FRESH_DAYS))
  const asked = facts.forms.filter((form) => isAskedAt(form, visit)).map((form) => ({ form, standing: standingOf(form, facts.consents, { today, zone, appointmentId: visit.id }) }))
  const toSign = asked.filter(({ standing }) => standing.is !== 'valid')
  const copayCents = active[0]?.copayCents ?? null
  const copayDueCents = Math.max(0, (copayCents ?? 0) - paidOn(facts.account, today, zone))
  return {
    stones: [identity(facts), insurance(facts, active, unverified), consent(asked, toSign, today), copay(facts, copayCents, copayDueCents)],
    active, unverified, toSign, copayDueCents, olderDueCents: facts.account?.dueCents ?? 0, missing: missingOf(facts),
  }
}

const activeCoverages = ({ coverages }: PatientFile, today: PlainDate): Coverage[] => coverages.filter((one) => isActive(one, today)).toSorted((a, b) => a.rank - b.rank)
const isActive = ({ validFrom, validTo }: Coverage, today: PlainDate): boolean => (validFrom ?? today) <= today && today <= (validTo ?? today)

/** Money of this day, whatever it was for: a copay that was taken is not asked for twice. */
const paidOn = (account: PatientAccount | undefined, today: PlainDate, zone: string): number =>
  (account?.payments ?? []).filter((one) => dateInZone(one.takenAt, zone) === today).reduce((sum, one) => sum + (one.kind === 'refund' ? -one.amountCents : one.amountCents), 0)

function identity({ file: { patient, contacts }, check, today, zone }: CheckInFacts): Stone {
  const isReady = check !== null && dateInZone(check.at, zone) === today
  const [contact] = contacts.toSorted((a, b) => Number(b.isGuardian) - Number(a.isGuardian) || Number(b.isEmergency) - Number(a.isEmergency))
  const address = [patient.addressLine1, patient.addressLine2, patient.city, [patient.state, patient.postalCode].filter(Boolean).join(' ')].filter(Boolean).join(', ')
  return {
    key: 'identity', name: 'Identity', isReady, isToConfirm: !isReady,
    note: isReady ? `Confirmed ${time(check.at, zone)}` : check ? `Last confirmed ${listDate(dateInZone(check.at, zone), today)}` : 'Read it back to the patient',
    lines: [
      `${[patient.givenName, patient.middleName, patient.familyName].filter(Boolean).join(' ')}, ${born(patient.birthDate)}`,
      address || 'No address',
      [patient.phone ? phone(patient.phone) : 'No phone', contact && `${contact.isGuardian ? 'guardian' : 'contact'} ${contact.name}, ${contact.relationship}`].filter(Boolean).join(' · '),
    ],
  }
}

const rankWords = ['Primary', 'Secondary', 'Third']

function insurance({ file: { coverages }, today, currency }: CheckInFacts, active: readonly Coverage[], unverified: readonly Coverage[]): Stone {
  const [first] = active
  const lapsed = first ? undefined : coverages.find((one) => one.validTo !== null && one.validTo < today)
  const asked = first?.verifiedOn === today ? 'Checked today' : first?.verifiedOn ? `Last checked ${listDate(first.verifiedOn, today)}` : 'Not checked yet'
  const isReady = first !== undefined && unverified.length === 0
  return {
    key: 'insurance', name: 'Insurance', isReady, isToConfirm: first !== undefined && !isReady,
    note: first ? asked : lapsed ? `${lapsed.payerName} has ended` : 'None on file: the patient pays',
    lines: active.map((one, at) => [
      `${rankWords[at] ?? `Number ${at + 1}`}: ${[one.payerName, one.planName].filter(Boolean).join(' ')}`, one.memberNumber ? `member ${one.memberNumber}` : 'no member number',
      one.copayCents !== null && `copay ${money(one.copayCents, currency)}`, at > 0 && (one.verifiedOn ? `checked ${listDate(one.verifiedOn, today)}` : 'not checked'),
    ].filter(Boolean).join(' · ')),
  }
}

function consent(asked: readonly { form: ConsentForm; standing: Standing }[], toSign: readonly { form: ConsentForm }[], today: PlainDate): Stone {
  const ends = asked.flatMap(({ standing }) => (standing.is === 'valid' && standing.until !== null && standing.until > today ? [standing.until] : [])).toSorted()
  const isReady = toSign.length === 0
  return {
    key: 'consent', name: 'Consent', isReady, isToConfirm: false,
    note: asked.length === 0 ? 'The clinic asks for none' : isReady ? (ends[0] ? `Valid to ${dateText(ends[0])}` : 'All signed') : `${toSign.length} of ${asked.length} to sign`,
    lines: isReady && asked.length > 0 ? [`${asked.map(({ form }) => form.name).join(', ')}: signed`] : [],
  }
}

function copay({ account, currency }: CheckInFacts, copayCents: number | null, dueCents: number): Stone {
  const amount = money(copayCents ?? 0, currency)
  const isReady = dueCents === 0
  const note = copayCents === null ? 'None on file' : copayCents === 0 ? 'No copay' : isReady ? `${amount} paid today` : `${money(dueCents, currency)} due`
  return { key: 'copay', name: 'Copay', isReady, isToConfirm: false, note, lines: account === undefined && !isReady ? ['Taken at the front desk.'] : [] }
}

/** What a desk asks for when there is a quiet minute. A minor needs somebody who answers for them. */
function missingOf({ file: { patient, contacts, photoTakenAt }, today }: CheckInFacts): string[] {
  const hasGuardian = contacts.some((one) => one.isGuardian || ['parent', 'guardian'].includes(one.relationship))
  const gaps: [isMissing: boolean, words: string][] = [
    [!patient.phone, 'No phone'], [!patient.addressLine1, 'No address'], [!patient.email, 'No e-mail'], [photoTakenAt === null, 'No photo'],
    [isMinor(patient.birthDate, today) && !hasGuardian, 'No guardian for a minor'], [contacts.length === 0 && !isMinor(patient.birthDate, today), 'No contact person'],
  ]
  return gaps.filter(([isMissing]) => isMissing).map(([, words]) => words)
}
