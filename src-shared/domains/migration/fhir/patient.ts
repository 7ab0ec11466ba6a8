import * as z from 'zod'
import { SkipReason } from '../model.ts'
import type { ImportedContact, ImportedPatient } from '../model.ts'
import { read, skip } from './mapper.ts'
import type { Mapping, Outcome } from './mapper.ts'
import { currentName, HumanName, nameOfPerson } from './names.ts'
import { clipped, CodeableConcept, conceptOf, filled, firstCode, Identifier, parseDate, parseTime, Period } from './primitives.ts'
import { limits } from '../../../kernel/limits.ts'

const Address = z.looseObject({
  use: z.string().optional(),
  line: z.array(z.string().max(200)).optional(),
  city: z.string().max(200).optional(),
  state: z.string().max(200).optional(),
  postalCode: z.string().max(20).optional(),
  country: z.string().max(200).optional(),
})

const Telecom = z.looseObject({ system: z.string().optional(), value: z.string().max(200).optional(), use: z.string().optional() })

const Patient = z.looseObject({
  name: z.array(HumanName).optional(),
  birthDate: z.string().optional(),
  gender: z.enum(['male', 'female', 'other', 'unknown']).optional(),
  deceasedBoolean: z.boolean().optional(),
  deceasedDateTime: z.string().optional(),
  telecom: z.array(Telecom).optional(),
  address: z.array(Address).optional(),
  communication: z.array(z.looseObject({ language: CodeableConcept.optional(), preferred: z.boolean().optional() })).optional(),
  identifier: z.array(Identifier).optional(),
  contact: z.array(z.looseObject({
    relationship: z.array(CodeableConcept).optional(),
    name: HumanName.optional(),
    telecom: z.array(Telecom).optional(),
    period: Period.optional(),
  })).optional(),
})
type Patient = z.infer<typeof Patient>

export function mapPatient(resource: unknown, mapping: Mapping): Outcome<ImportedPatient> {
  const parsed = read(Patient, resource)
  if (!parsed.ok) return parsed.outcome
  const patient = parsed.value
  const name = currentName(patient.name ?? [])
  const [given, ...middle] = name?.given ?? []
  const familyName = filled(name?.family)
  const givenName = filled(given)
  if (familyName === null && givenName === null) return skip(SkipReason.noName)
  const birthDate = parseDate(patient.birthDate)
  if (birthDate === undefined) return patient.birthDate === undefined ? skip(SkipReason.noBirthDate) : skip(SkipReason.noBirthDate, 'birthDate')
  const death = parseTime(patient.deceasedDateTime)
  if (patient.deceasedDateTime !== undefined && death === undefined) return skip(SkipReason.invalid, 'deceasedDateTime')
  const row: ImportedPatient = {
    id: mapping.id,
    // One name only, as many people have it: the other place says that it is empty.
    familyName: nameText(familyName ?? givenName ?? NO_NAME),
    givenName: nameText(familyName === null ? NO_NAME : (givenName ?? NO_NAME)),
    middleName: lineText(middle.join(' ')),
    preferredName: lineText(patient.name?.find((one) => one.use === 'nickname')?.given?.[0]),
    suffix: lineText(name?.suffix?.join(' ')),
    sex: patient.gender ?? 'unknown',
    birthDate,
    deceasedOn: death?.on ?? null,
    phone: phonesOf(patient.telecom)[0] ?? null,
    email: lineText(patient.telecom?.find((one) => one.system === 'email' && one.use !== 'old')?.value),
    ...addressOf(patient),
    language: languageOf(patient),
    identifiers: identifiersOf(patient),
    contacts: contactsOf(patient, mapping),
  }
  return { rows: [row] }
}

const NO_NAME = '-'
const nameText = (text: string): string => clipped(text, limits.name_chars)

function lineText(text: string | undefined): string | null {
  const found = filled(text)
  return found === null ? null : clipped(found, limits.line_chars)
}

/** Numbers in use, the mobile one first: that is the one to call and to text. */
function phonesOf(telecom: Patient['telecom']): string[] {
  const rank = (use: string | undefined): number => ['mobile', 'home', 'work'].indexOf(use ?? '') + 1 || 4
  const phones = (telecom ?? []).filter((one) => (one.system === 'phone' || one.system === 'sms') && one.use !== 'old')
  return phones.toSorted((a, b) => rank(a.use) - rank(b.use)).flatMap((one) => lineText(one.value) ?? [])
}

type PostalAddress = Pick<ImportedPatient, 'addressLine1' | 'addressLine2' | 'city' | 'state' | 'postalCode' | 'country'>

function addressOf(patient: Patient): PostalAddress {
  const all = patient.address ?? []
  const address = all.find((one) => one.use === 'home') ?? all.find((one) => one.use !== 'old')
  const [line1, ...rest] = address?.line ?? []
  return {
    addressLine1: lineText(line1),
    addressLine2: lineText(rest.join(', ')),
    city: lineText(address?.city),
    state: lineText(address?.state),
    postalCode: lineText(address?.postalCode),
    country: lineText(address?.country),
  }
}

function languageOf(patient: Patient): string | null {
  const spoken = patient.communication ?? []
  return firstCode((spoken.find((one) => one.preferred === true) ?? spoken[0])?.language)
}

/**
 * Chart numbers of other systems find a patient again. Social security, driver's licence and
 * passport numbers are left where they are: Cairn has no use for them (45 CFR 164.502(b)).
 * Types: HL7 v2 table 0203.
 */
const NOT_KEPT = ['SS', 'SB', 'DL', 'PPN', 'NI', 'TAX', 'CZ']

function identifiersOf(patient: Patient): ImportedPatient['identifiers'] {
  const seen = new Set<string>()
  return (patient.identifier ?? []).flatMap((one) => {
    const value = filled(one.value)
    const system = filled(one.system)
    const kept = value !== null && system !== null && !NOT_KEPT.includes(firstCode(one.type) ?? '') && !system.endsWith('/us-ssn')
    if (!kept || seen.has(`${system}\n${value}`)) return []
    seen.add(`${system}\n${value}`)
    return [{ system, value }]
  })
}

/** Relationship codes: HL7 v2 table 0131 (C = emergency contact, N = next of kin) and v3 RoleCode (GUARD). */
function contactsOf(patient: Patient, mapping: Mapping): ImportedContact[] {
  return (patient.contact ?? []).flatMap((contact, index) => {
    const name = contact.name === undefined ? null : nameOfPerson({ name: [contact.name] })
    if (name === null || contact.period?.end !== undefined) return []
    const codes = (contact.relationship ?? []).flatMap((one) => (one.coding ?? []).map((coding) => coding.code ?? ''))
    return [{
      id: mapping.part(`contact/${index}`),
      name: clipped(name, limits.name_chars),
      relationship: clipped(conceptOf(contact.relationship?.[0])?.label ?? 'Contact', limits.name_chars),
      phone: phonesOf(contact.telecom)[0] ?? null,
      isEmergency: codes.includes('C'),
      isGuardian: codes.includes('GUARD'),
    }]
  })
}
