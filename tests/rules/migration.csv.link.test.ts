import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Agreement, Evidence, Person } from '#shared/domains/migration/csv/evidence.ts'
import { evidenceOf } from '#shared/domains/migration/csv/evidence.ts'
import { linkerOf } from '#shared/domains/migration/csv/link.ts'
import { surenessOf, type Sureness } from '#shared/domains/migration/csv/match.ts'
import type { AppointmentDraft, PatientDraft } from '#shared/domains/migration/csv/model.ts'
import { planPatients, type KnownPerson } from '#shared/domains/migration/csv/plan.ts'

const TODAY = '2026-11-26'
const rank: Record<Sureness, number> = { apart: 0, unsure: 1, sure: 2 }

const names = ['equal', 'like', 'swapped', 'newborn', 'family-differs', 'given-differs', 'differs'] as const
const births = ['equal', 'slip', 'same-year', 'decade', 'differs', 'missing'] as const
const agreements = ['ssn', 'member-number', 'email', 'phone', 'address', 'area'] as const
const contradictions = ['ssn', 'sex', 'suffix', 'middle-name', 'member-number'] as const
const ownFacts: readonly Agreement[] = ['ssn', 'member-number', 'email']
const likenesses: readonly Evidence['likeness'][] = [{ score: 0, likelihood: 'unlikely', comparisons: [] }, { score: 20, likelihood: 'likely', comparisons: [] }]

function* subsetsOf<T>(all: readonly T[]): Generator<T[]> {
  for (let bits = 0; bits < 2 ** all.length; bits += 1) yield all.filter((_, at) => bits & (2 ** at))
}

/** Every evidence that there can be about two people: what agrees does not also speak against it. */
function* everyEvidence(): Generator<Evidence> {
  for (const name of names) for (const birth of births) for (const isGivenFirm of [true, false]) for (const isGrown of [true, false]) for (const likeness of likenesses) {
    for (const agree of subsetsOf(agreements)) for (const against of subsetsOf(contradictions)) {
      if (agree.some((fact) => (against as readonly string[]).includes(fact))) continue
      yield { name, birth, isGivenFirm, isGrown, likeness, agree, against }
    }
  }
}
/** The first few that a rule does not hold for: of a million nobody reads more. */
function breaking(rule: (evidence: Evidence) => boolean): Evidence[] {
  const found: Evidence[] = []
  for (const evidence of everyEvidence()) {
    if (!rule(evidence)) found.push(evidence)
    if (found.length === 3) break
  }
  return found
}
const isNeverSure = (applies: (evidence: Evidence) => boolean): Evidence[] => breaking((evidence) => !applies(evidence) || surenessOf(evidence) !== 'sure')

describe('surenessOf, over every evidence there can be', () => {
  it.each<[what: string, applies: (evidence: Evidence) => boolean]>([
    ['a name and a birth date alone', ({ agree }) => agree.length === 0],
    ['living together: phone, address and area without a fact of their own, under another given name', ({ name, agree }) => name === 'given-differs' && !agree.some((fact) => ownFacts.includes(fact))],
    ['twins and anybody of one family plan: another given name, whatever agrees but the number of one person', ({ name, agree }) => (name === 'given-differs' || name === 'differs') && !agree.includes('ssn')],
    ['twins who have no name yet', ({ name, isGrown, agree }) => name === 'newborn' && !isGrown && !agree.includes('ssn')],
    ['father and son of one name: another suffix and not one birth date', ({ birth, against, agree }) => against.includes('suffix') && birth !== 'equal' && !agree.includes('ssn')],
    ['a generation apart at one address and phone', ({ birth, agree }) => (birth === 'decade' || birth === 'differs') && !agree.includes('ssn') && !agree.includes('member-number')],
    ['two sexes', ({ against }) => against.includes('sex')],
    ['two numbers of one person', ({ against }) => against.includes('ssn')],
  ])('never joins by itself: %s', (_, applies) => expect(isNeverSure(applies)).toEqual([]))

  it('a fact more that agrees never makes two people less likely one', () => {
    expect(breaking((evidence) => agreements.every((fact) => evidence.agree.includes(fact) || (evidence.against as readonly string[]).includes(fact) || rank[surenessOf({ ...evidence, agree: [...evidence.agree, fact] })] >= rank[surenessOf(evidence)]))).toEqual([])
  })

  it('a fact more that speaks against it never makes them likelier one', () => {
    expect(breaking((evidence) => contradictions.every((fact) => evidence.against.includes(fact) || (evidence.agree as readonly string[]).includes(fact) || rank[surenessOf({ ...evidence, against: [...evidence.against, fact] })] <= rank[surenessOf(evidence)]))).toEqual([])
  })
})

/** Few of each, so that agreement, slips and contradictions all come up. */
const family = fc.constantFrom('Stone', 'Reed', 'Muñoz', 'MUNOZ', 'Stone-Reed')
const given = fc.constantFrom('Peter', 'Pete', 'Petre', 'Anna', 'Ella', 'Baby Girl', 'José')
const day = fc.constantFrom('1969-02-20', '1969-02-02', '1979-02-20', '1996-02-20', '2015-03-14')
const maybe = <T>(...all: T[]): fc.Arbitrary<T | null> => fc.constantFrom(null, ...all)
const person: fc.Arbitrary<Omit<Person, 'key'>> = fc.record({
  familyName: family, givenName: given, middleName: maybe('R', 'A'), suffix: maybe('Jr.'), formerNames: fc.constantFrom([], ['Reed']), birthDate: fc.option(day, { freq: 8 }), sex: fc.constantFrom('female', 'male', 'unknown'),
  phones: fc.constantFrom([], ['9375555051'], ['5555051'], ['9375552000']), email: maybe('a@example.org', 'b@example.org'), address: maybe('12 Elm Street', '12 Elm St', '9 Oak Lane'), postalCode: maybe('45412', '45373'),
  payer: maybe('Aetna', 'Cigna'), memberNumber: maybe('AA1', 'BB2'), ssn: maybe('900112222', '900113333'),
})
const withKey = (key: string, one: Omit<Person, 'key'>): Person => ({ ...one, key })

describe('surenessOf, over people', () => {
  it('does not depend on who of the two is named first', () => {
    fc.assert(fc.property(person, person, (a, b) => {
      const [one, other] = [withKey('a', a), withKey('b', b)]
      expect(surenessOf(evidenceOf(one, other, TODAY))).toBe(surenessOf(evidenceOf(other, one, TODAY)))
    }), { numRuns: 2_000 })
  })

  it('a family at one address, phone and plan stays as many people as it has given names, however old they are', () => {
    const givens = ['Peter', 'Anna', 'Ella', 'Tobias', 'Ingrid']
    fc.assert(fc.property(fc.array(day, { minLength: 2, maxLength: 5 }), maybe('AA1'), maybe('home@example.org'), (days, memberNumber, email) => {
      const drafts = days.map((birthDate, at): PatientDraft => ({
        line: at + 2, account: String(at), familyName: 'Stone', givenName: givens[at] ?? '', middleName: null, suffix: null, formerNames: [], birthDate, sex: 'unknown', address: '4 Hill Rd', city: 'Xenia', state: 'OH', postalCode: '45385',
        phone: '9375553000', otherPhone: null, email, payer: 'Aetna', memberNumber, ssn: null,
      }))
      expect(planPatients(drafts, [], TODAY).rows.map(({ state }) => state)).toEqual(days.map(() => 'new'))
    }))
  })
})

const known = (key: string, one: Omit<Person, 'key'>, accounts: string[] = []): KnownPerson => ({ ...one, key, accounts })
const draftOf = ({ familyName, givenName, middleName, suffix, birthDate, phones }: Omit<Person, 'key'>, account: string | null = null): AppointmentDraft => ({
  line: 2, account, familyName, givenName, middleName, suffix, birthDate, phone: phones[0] ?? null, date: '2025-02-24', minute: 600, minutes: 15, provider: 'Dr. Who', reason: null, outcome: 'fulfilled',
})
const linked = (all: readonly KnownPerson[], draft: AppointmentDraft): string | null => linkerOf(all, TODAY)(draft).patientId
const clinic = fc.array(person, { minLength: 1, maxLength: 6 }).map((all) => all.map((one, at) => known(`p${at}`, one)))

describe('linkerOf', () => {
  it('a number says whose it is, whatever else the row says', () => {
    fc.assert(fc.property(clinic, person, (all, other) => {
      const [first, ...rest] = all
      if (!first) return
      expect(linkerOf([{ ...first, accounts: ['17'] }, ...rest], TODAY)(draftOf(other, '17'))).toEqual({ line: 2, patientId: first.key, candidates: [] })
    }))
  })

  it('does not depend on the order in which the patients are known', () => {
    fc.assert(fc.property(clinic, person, (all, wanted) => {
      expect(linked(all, draftOf(wanted))).toBe(linked(all.toReversed(), draftOf(wanted)))
    }), { numRuns: 2_000 })
  })

  it('two who cannot be told apart are left to a person, and both are named', () => {
    fc.assert(fc.property(person, (one) => {
      const link = linkerOf([known('a', one), known('b', one)], TODAY)(draftOf(one))
      expect(link.patientId).toBeNull()
      if (link.candidates.length > 0) expect(link.candidates.map(({ patientId }) => patientId).toSorted()).toEqual(['a', 'b'])
    }))
  })

  it('somebody more who is known makes it doubtful or theirs, and never a third one’s', () => {
    fc.assert(fc.property(clinic, person, person, (all, newcomer, wanted) => {
      const draft = draftOf(wanted)
      expect([linked(all, draft), null, 'new']).toContain(linked([...all, known('new', newcomer)], draft))
    }), { numRuns: 2_000 })
  })

  it('whoever it is beyond doubt stands first, with the whole name, or the given name beside the birth date and the phone', () => {
    fc.assert(fc.property(clinic, person, (all, wanted) => {
      const { patientId, candidates } = linkerOf(all, TODAY)(draftOf(wanted))
      if (patientId === null) return
      const evidence = candidates[0]?.evidence
      expect(candidates[0]?.patientId).toBe(patientId)
      const isFull = evidence?.name === 'equal' || evidence?.name === 'like' || evidence?.name === 'swapped'
      expect(isFull || (evidence?.birth === 'equal' && evidence.agree.includes('phone') && evidence.isGivenFirm)).toBe(true)
      expect(['equal', 'slip', 'missing']).toContain(evidence?.birth)
    }), { numRuns: 2_000 })
  })

  const home = { middleName: null, suffix: null, formerNames: [], sex: 'unknown', phones: ['9375553000'], email: null, address: '4 Hill Rd', postalCode: '45385', payer: null, memberNumber: null, ssn: null } as const
  const anna = known('anna', { ...home, familyName: 'Reed', givenName: 'Anna', birthDate: '2015-03-14' })
  const ella = known('ella', { ...home, familyName: 'Reed', givenName: 'Ella', birthDate: '2015-03-14' })
  const father = known('father', { ...home, familyName: 'Stone', givenName: 'Peter', birthDate: '1950-01-02' })
  const son = known('son', { ...home, familyName: 'Stone', givenName: 'Peter', suffix: 'Jr.', birthDate: '1980-05-06' })
  const family = [anna, ella, father, son]
  it.each<[what: string, asked: Partial<AppointmentDraft>, whose: string | null]>([
    ['a twin by her own name', { familyName: 'Reed', givenName: 'Anna', birthDate: '2015-03-14', phone: '9375553000' }, 'anna'],
    ['the other twin', { familyName: 'Reed', givenName: 'Ella', birthDate: '2015-03-14', phone: '9375553000' }, 'ella'],
    ['a third name on the twins’ day', { familyName: 'Reed', givenName: 'Tobias', birthDate: '2015-03-14', phone: '9375553000' }, null],
    ['the father by his birth date', { familyName: 'Stone', givenName: 'Peter', birthDate: '1950-01-02' }, 'father'],
    ['the son by his', { familyName: 'Stone', givenName: 'Peter', birthDate: '1980-05-06' }, 'son'],
    ['their name alone', { familyName: 'Stone', givenName: 'Peter', birthDate: null }, null],
    ['their name and phone', { familyName: 'Stone', givenName: 'Peter', birthDate: null, phone: '9375553000' }, null],
    ['a namesake born on another day', { familyName: 'Reed', givenName: 'Anna', birthDate: '1961-07-04' }, null],
  ])('%s', (_, asked, whose) => expect(linked(family, { ...draftOf({ ...home, familyName: '', givenName: '', birthDate: null, phones: [] }), ...asked })).toBe(whose))
})
