import { addDays, type PlainDate } from '#shared/kernel/time.ts'
import type { Sex } from '#shared/domains/patients/model.ts'
import { cast, namesakes } from './cast.ts'
import { familyNames, givenNames, languages, medicare, payers, streets, towns } from './names.ts'
import type { Chance } from './random.ts'

/** People who share an address, most of them a name, a phone and an insurance. */
export interface Household {
  members: Member[]
  address: { line: string; city: string; state: string; postal: string }
  phone: string
  payer: { name: string; plan: string; digits: number; number: string } | undefined
  language: string | null
}

export interface Member {
  familyName: string
  givenName: string
  middleName: string | null
  suffix: string | null
  sex: Sex
  birthDate: PlainDate
  isChild: boolean
  /** Index in `cast`, for those on today's schedule. */
  castIndex: number | undefined
}

/** Households without end; the caller stops when the clinic is full. The fixed cast and the namesakes come first. */
export function* makeHouseholds(chance: Chance, today: PlainDate): Generator<Household> {
  for (const [i, one] of cast.entries()) {
    const birthDate = typeof one.born === 'string' ? one.born : born(chance, today, one.born)
    const age = typeof one.born === 'string' ? 60 : one.born
    yield withHome(chance, [{ familyName: one.family, givenName: one.given, middleName: one.middle ?? null, suffix: null, sex: one.sex, birthDate, isChild: age < 18, castIndex: i }], age >= 66)
  }
  for (const household of new Set(namesakes.map((one) => one.household))) {
    yield withHome(chance, namesakes.filter((one) => one.household === household).map((one) => ({
      familyName: one.family, givenName: one.given, middleName: one.middle ?? null, suffix: one.suffix ?? null, sex: one.sex, birthDate: one.born,
      isChild: one.born > addDays(today, -6570), castIndex: undefined,
    })), false)
  }
  for (;;) yield randomHousehold(chance, today)
}

function randomHousehold(chance: Chance, today: PlainDate): Household {
  const familyName = chance.pickCommon(familyNames)
  const kind = chance.next()
  if (kind < 0.2) {
    const age = chance.int(66, 93)
    return withHome(chance, chance.happens(0.55) ? couple(chance, today, familyName, age) : [adult(chance, today, familyName, age)], true)
  }
  if (kind < 0.42) return withHome(chance, couple(chance, today, familyName, chance.int(22, 65)), false)
  if (kind < 0.66) return withHome(chance, [adult(chance, today, familyName, chance.int(18, 65))], false)
  return withHome(chance, family(chance, today, familyName), false)
}

function couple(chance: Chance, today: PlainDate, familyName: string, age: number): Member[] {
  const first = adult(chance, today, familyName, age, 'female')
  const sex: Sex = chance.happens(0.95) ? 'male' : 'female'
  const theirName = chance.happens(0.8) ? familyName : chance.pickCommon(familyNames)
  return [first, adult(chance, today, theirName, Math.max(18, age + chance.int(-4, 6)), sex)]
}

function family(chance: Chance, today: PlainDate, familyName: string): Member[] {
  const age = chance.int(24, 50)
  const parents = chance.happens(0.8) ? couple(chance, today, familyName, age) : [adult(chance, today, familyName, age)]
  const father = parents.find((one) => one.sex === 'male')
  const oldest = Math.min(17, age - 20)
  const children: Member[] = []
  const wanted = 1 + Math.floor(chance.next() ** 1.6 * 4)
  for (let i = 0; i < wanted; i += 1) {
    const child = adult(chance, today, familyName, chance.int(0, oldest), undefined, true)
    // Now and then a son has his father's whole name.
    if (father && child.sex === 'male' && chance.happens(0.05)) Object.assign(child, { givenName: father.givenName, suffix: 'Jr' })
    children.push(child)
    if (chance.happens(0.03)) children.push({ ...adult(chance, today, familyName, 0, child.sex, true), birthDate: child.birthDate })
  }
  return [...parents, ...children]
}

function adult(chance: Chance, today: PlainDate, familyName: string, age: number, wantedSex?: Sex, isChild = false): Member {
  const sex = wantedSex ?? (chance.happens(0.006) ? 'other' : chance.happens(0.53) ? 'female' : 'male')
  const names = sex === 'female' ? givenNames.female : sex === 'male' ? givenNames.male : chance.pick([givenNames.female, givenNames.male])
  const middle = chance.happens(0.3) ? (chance.happens(0.5) ? chance.pick(names) : chance.pick([...'ABCDEJLMRST'])) : null
  return { familyName, givenName: chance.pickCommon(names), middleName: middle, suffix: null, sex, birthDate: born(chance, today, age), isChild, castIndex: undefined }
}

/** A birth date that makes someone exactly this many full years old today. */
function born(chance: Chance, today: PlainDate, age: number): PlainDate {
  const birthday = `${String(Number(today.slice(0, 4)) - age)}${today.slice(4)}`
  return addDays(birthday.endsWith('02-29') ? `${birthday.slice(0, 4)}-02-28` : birthday, -chance.int(2, 360))
}

function withHome(chance: Chance, members: Member[], isElder: boolean): Household {
  const [city, state, postal] = chance.pickCommon(towns)
  const digits = chance.int(140_000, 199_999)
  return {
    members, phone: `+15550${digits}`,
    address: { line: `${chance.int(1, 480)} ${chance.pick(streets)}${chance.happens(0.2) ? `, Apt ${chance.int(1, 24)}` : ''}`, city, state, postal },
    payer: payerOf(chance, isElder),
    language: chance.happens(0.12) ? chance.pickCommon(languages) : null,
  }
}

function payerOf(chance: Chance, isElder: boolean): Household['payer'] {
  if (chance.happens(0.11)) return undefined
  const [name, plans, digits] = isElder ? medicare : chance.pickCommon(payers)
  // A number with a digit missing now and then: billing finds it before the payer does.
  const length = chance.happens(0.03) ? digits - 2 : digits
  return { name, plan: chance.pick(plans), digits, number: Array.from({ length }, () => chance.int(0, 9)).join('') }
}
