import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { doseUnits, drugForms, frequencies, routes, strengthUnits, type PrescriptionOrder } from '#shared/domains/medications/model.ts'
import { findAlerts, unanswered, withReasons } from '#shared/domains/medications/rules.alerts.ts'
import { parseDrugName } from '#shared/domains/medications/rules.drug-name.ts'
import { findProducts, formulary, newOrder } from '#shared/domains/medications/rules.formulary.ts'
import { scheduleOf } from '#shared/domains/medications/rules.knowledge.ts'
import { computedQuantity, isChronic, orderProblems, quantityMismatch } from '#shared/domains/medications/rules.order.ts'
import { drugText, quantityInWords, sentenceOf } from '#shared/domains/medications/rules.sentence.ts'
import { canonicalStrength, numberText, parseStrength, strengthText } from '#shared/domains/medications/rules.strength.ts'
import { tallMan } from '#shared/domains/medications/rules.tall-man.ts'
import { formWords, frequencyWords } from '#shared/domains/medications/rules.words.ts'
import { prescriptionNumber } from '#shared/domains/medications/rules.ts'

const [amoxicillin] = formulary.map(({ drug, usual }) => newOrder(drug, usual))
if (!amoxicillin) throw new Error('the formulary is empty')
const order = (changes: Partial<PrescriptionOrder> = {}, drug: Partial<PrescriptionOrder['drug']> = {}): PrescriptionOrder => ({ ...amoxicillin, ...changes, drug: { ...amoxicillin.drug, ...drug } })

const amounts = fc.integer({ min: 1, max: 100_000_000 }).map((ticks) => ticks / 10_000)
const anyOrder: fc.Arbitrary<PrescriptionOrder> = fc.record({
  drug: fc.record({
    system: fc.constant(null), code: fc.constant(null), generic: fc.constantFrom('amoxicillin', 'METFORMIN', 'hydroxyzine', 'insulin glargine'), brand: fc.constantFrom(null, 'Claritin'),
    strength: fc.record({ amounts: fc.array(amounts, { minLength: 1, maxLength: 3 }), unit: fc.constantFrom(...strengthUnits.filter((unit) => unit !== 'mL')), perMl: fc.oneof(fc.constant(null), amounts) }).map(strengthText),
    form: fc.constantFrom(...drugForms),
  }),
  dose: fc.integer({ min: 1, max: 400_000 }).map((ticks) => ticks / 4), doseUnit: fc.constantFrom(...doseUnits), route: fc.constantFrom(...routes), frequency: fc.constantFrom(...frequencies),
  isAsNeeded: fc.boolean(), asNeededFor: fc.constantFrom(null, 'pain'), days: fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 400 })), quantity: fc.integer({ min: 1, max: 99_999 }).map((ticks) => ticks / 10),
  refills: fc.integer({ min: 0, max: 12 }), maySubstitute: fc.boolean(), instructions: fc.constant(null), indication: fc.constant(null),
})

describe('the sentence', () => {
  it.each<[PrescriptionOrder, string]>([
    [order(), 'amoxicillin 500 mg cap, 1 by mouth three times daily for 7 days, #21, 0 refills'],
    [order({ days: 1, quantity: 3, refills: 1 }), 'amoxicillin 500 mg cap, 1 by mouth three times daily for 1 day, #3, 1 refill'],
    [order({ dose: 0.5, frequency: 'daily', days: null, quantity: 45, refills: 3, maySubstitute: false }, { generic: 'metformin', strength: '500 mg', form: 'tablet' }), 'metFORMIN 500 mg tab, 0.5 tablet by mouth daily, #45, 3 refills, no substitution'],
    [order({ dose: 5, doseUnit: 'mL', frequency: 'twice-daily', days: 10, quantity: 100 }, { strength: '400 mg/5 mL', form: 'suspension' }), 'amoxicillin 400 mg/5 mL susp, 5 mL by mouth twice daily for 10 days, #100 mL, 0 refills'],
    [order({ dose: 2, doseUnit: 'puff', route: 'inhaled', frequency: 'every-4-hours', isAsNeeded: true, asNeededFor: 'wheezing', days: null, quantity: 1, refills: 2 }, { generic: 'albuterol', strength: '90 mcg', form: 'inhaler' }), 'albuterol 90 mcg inhaler, 2 puffs inhaled every 4 hours as needed for wheezing, #1 inhaler, 2 refills'],
    [order({ dose: 10, doseUnit: 'units', route: 'subcutaneous', frequency: 'at-bedtime', days: 30, quantity: 10 }, { generic: 'insulin glargine', strength: '100 units/mL', form: 'injection' }), 'insulin glargine 100 units/mL injection, 10 units under the skin at bedtime for 30 days, #10 mL, 0 refills'],
    [order({ doseUnit: 'layer', route: 'skin', frequency: 'twice-daily', quantity: 30 }, { generic: 'hydrocortisone', strength: '2.5 %', form: 'cream' }), 'hydrocortisone 2.5 % cream, a thin layer on the skin twice daily for 7 days, #30 g, 0 refills'],
    [order({ frequency: 'daily', days: 30, quantity: 30 }, { generic: 'loratadine', brand: 'Claritin', strength: '10 mg', form: 'tablet' }), 'CLARITIN (loratadine) 10 mg tab, 1 by mouth daily for 30 days, #30, 0 refills'],
  ])('is what is printed: %#', (given, words) => {
    expect(sentenceOf(given)).toBe(words)
  })

  it('never has a bare point, a zero after the point, a unit that sticks to its number, or an abbreviation that has killed', () => {
    fc.assert(fc.property(anyOrder, (given) => {
      const words = sentenceOf(given)
      expect(words).not.toMatch(/(^|[^\d])\.\d/)
      expect(words).not.toMatch(/\d\.\d*0(?!\d)/)
      expect(words).not.toMatch(/\d(mg|mcg|g|mL|units|mEq)\b/)
      expect(words).not.toMatch(/µ|\bU\b|\bIU\b|\b(QD|QOD|BID|TID|PO|cc)\b/i)
      expect(words).not.toMatch(/undefined|NaN| {2}|, ,/)
    }))
  })
})

describe('a strength', () => {
  it.each([
    ['500mg', '500 mg'], ['5.0 mg', '5 mg'], ['.5 mg', '0.5 mg'], ['250 MG/5ML', '250 mg/5 mL'], ['10,000 IU', '10,000 units'], ['50 µg', '50 mcg'], ['0.1%', '0.1 %'], ['875/125 mg', '875-125 mg'], ['100 units/ml', '100 units/mL'], ['25 mcg/h', '25 mcg/hr'], ['1000 mg', '1,000 mg'],
  ])('%s is kept and printed as %s', (typed, kept) => {
    expect(canonicalStrength(typed)).toBe(kept)
  })

  it.each(['', 'mg', '500', '500 stone', 'five mg', '5 mg tablet', '-5 mg', '0 mg', '1.2.3 mg'])('“%s” is none', (typed) => {
    expect(canonicalStrength(typed)).toBeUndefined()
  })

  it('is read back as it is printed', () => {
    fc.assert(fc.property(fc.array(amounts, { minLength: 1, maxLength: 4 }), fc.constantFrom(...strengthUnits), fc.oneof(fc.constant(null), amounts), (list, unit, perMl) => {
      const text = strengthText({ amounts: list, unit, perMl })
      expect(canonicalStrength(text)).toBe(text)
      expect(parseStrength(text)?.amounts).toEqual(list)
    }))
  })
})

describe('the quantity', () => {
  it.each<[Partial<PrescriptionOrder>, PrescriptionOrder['drug']['form'], number | null]>([
    [{ dose: 1, frequency: 'three-times-daily', days: 7 }, 'capsule', 21], [{ dose: 0.5, frequency: 'daily', days: 5 }, 'tablet', 3], [{ dose: 5, frequency: 'twice-daily', days: 10 }, 'suspension', 100],
    [{ dose: 1, frequency: 'weekly', days: 30 }, 'tablet', 5], [{ dose: 1, frequency: 'weekly', days: 84 }, 'tablet', 12], [{ dose: 1, frequency: 'every-other-day', days: 15 }, 'tablet', 8], [{ dose: 2, frequency: 'once', days: null }, 'tablet', 2],
    [{ dose: 1, frequency: 'daily', days: null }, 'tablet', null], [{ dose: 2, frequency: 'daily', days: 30 }, 'inhaler', null],
  ])('of %j as %s is %s', (given, form, amount) => {
    expect(computedQuantity(order(given, { form }))).toBe(amount)
  })

  it('always lasts as long as it says, and not a dose longer', () => {
    fc.assert(fc.property(anyOrder, (given) => {
      const computed = computedQuantity(given)
      const { perDay } = frequencyWords[given.frequency]
      if (computed === null || perDay === null || given.days === null) return
      const doses = Math.ceil(perDay * given.days - 1e-9)
      expect(computed).toBeGreaterThanOrEqual(given.dose * doses - 1e-6)
      expect(computed - given.dose * doses).toBeLessThan(1)
      expect(quantityMismatch({ ...given, quantity: computed })).toBeNull()
    }))
  })

  it('says how long another one lasts', () => {
    expect(quantityMismatch(order({ quantity: 15 }))).toEqual({ lastsDays: 5, computed: 21 })
  })

  it.each([[0, 'zero'], [21, 'twenty-one'], [30, 'thirty'], [115, 'one hundred fifteen'], [9_999, 'nine thousand nine hundred ninety-nine'], [2.5, '2.5']])('%s is written out as %s', (amount, words) => {
    expect(quantityInWords(amount)).toBe(words)
  })
})

describe('an order', () => {
  const oxycodone = { generic: 'oxyCODONE', strength: '5 mg', form: 'tablet' as const }
  it.each<[string, PrescriptionOrder, string[]]>([
    ['whole', order(), []],
    ['without a strength that can be printed', order({}, { strength: '500mg' }), ['strength strength-unreadable']],
    ['without a dose', order({ dose: 0 }), ['dose dose-missing']],
    ['in a unit of another form', order({ doseUnit: 'puff' }), ['dose unit-of-other-form']],
    ['for no day', order({ days: 0 }), ['days days-missing']],
    ['as needed, for nothing said', order({ isAsNeeded: true }), ['asNeededFor reason-missing']],
    ['of nothing', order({ quantity: 0 }), ['quantity quantity-missing']],
    ['of half a capsule', order({ quantity: 2.5 }), ['quantity quantity-in-parts']],
    ['of schedule II with a refill', order({ refills: 1 }, oxycodone), ['refills no-refills-allowed']],
    ['of schedule II without an end', order({ days: null }, oxycodone), ['days days-missing']],
    ['of schedule IV with six refills', order({ refills: 6 }, { generic: 'ALPRAZolam', strength: '0.5 mg', form: 'tablet' }), ['refills too-many-refills']],
    ['with thirteen refills', order({ refills: 13 }), ['refills too-many-refills']],
  ])('%s', (_name, given, problems) => {
    expect(orderProblems(given).map(({ field, problem }) => `${field} ${problem}`)).toEqual(problems)
  })

  it('of each product of the formulary can be signed as it begins, and is found by its words', () => {
    for (const { drug, usual } of formulary) {
      expect([drugText(drug), orderProblems(newOrder(drug, usual))]).toEqual([drugText(drug), []])
      expect(findProducts(drugText(drug), 20)).toContainEqual(drug)
    }
  })

  it('goes on when it is not for a while and not as needed', () => {
    expect([order({ days: null }), order({ days: 90 }), order(), order({ days: 90, isAsNeeded: true }), order({ frequency: 'once', days: null })].map(isChronic)).toEqual([true, true, false, false, false])
  })
})

describe('warnings', () => {
  const allergy = (label: string, severity: 'mild' | 'moderate' | 'severe' | 'unknown' = 'moderate') => ({ id: `a-${label}`, concept: { system: null, code: null, label }, severity })
  const taken = (label: string) => ({ id: `m-${label}`, concept: { system: null, code: null, label } })
  const told = (generic: string, allergies: ReturnType<typeof allergy>[], current: ReturnType<typeof taken>[] = [], continues: string | null = null) =>
    findAlerts(generic, { allergies, current, continues }).map((one) => `${one.kind} ${one.severity} ${one.drugClass ?? 'itself'}`)

  it.each([
    ['amoxicillin', allergy('Amoxicillin', 'mild'), ['allergy severe itself']], ['amoxicillin', allergy('Penicillin'), ['allergy severe penicillins']], ['amoxicillin-clavulanate', allergy('Penicillins', 'mild'), ['allergy moderate penicillins']],
    ['cefuroxime', allergy('Penicillin', 'severe'), ['allergy severe cephalosporins']], ['cefuroxime', allergy('Penicillin', 'mild'), ['allergy moderate cephalosporins']], ['sulfamethoxazole-trimethoprim', allergy('Sulfonamides'), ['allergy severe sulfonamide antibiotics']],
    ['naproxen', allergy('Ibuprofen', 'unknown'), ['allergy severe NSAIDs']], ['doxycycline', allergy('Penicillin', 'severe'), []], ['amoxicillin', allergy('Peanut', 'severe'), []],
  ] as const)('%s against %j: %j', (generic, against, expected) => {
    expect(told(generic, [against])).toEqual(expected)
  })

  it('of what is taken already: the drug, its class, and not the entry it goes on with', () => {
    expect(told('lisinopril', [], [taken('lisinopril 20 mg tab')])).toEqual(['duplicate severe itself'])
    expect(told('rosuvastatin', [], [taken('atorvastatin 20 mg tab')])).toEqual(['duplicate severe statins'])
    expect(told('metoprolol tartrate', [], [taken('metoprolol succinate 50 mg ER tab')])).toEqual(['duplicate severe itself'])
    expect(told('amLODIPine', [], [taken('diltiazem 120 mg cap')])).toEqual(['duplicate moderate calcium channel blockers'])
    expect(told('lisinopril', [], [taken('lisinopril 20 mg tab')], 'm-lisinopril 20 mg tab')).toEqual([])
    expect(told('metFORMIN', [], [taken('lisinopril 20 mg tab')])).toEqual([])
  })

  it('that are severe stay open until each has its own reason', () => {
    const alerts = findAlerts('amoxicillin', { allergies: [allergy('Penicillin'), allergy('Amoxicillin')], current: [], continues: null })
    const answered = withReasons(alerts, [{ kind: 'allergy', subjectId: 'a-Penicillin', reason: 'tolerated-before' }])
    expect(unanswered(alerts.map((one) => ({ ...one, overrideReason: null })))).toHaveLength(2)
    expect(unanswered(answered).map((one) => one.subjectId)).toEqual(['a-Amoxicillin'])
  })
})

describe('names of drugs', () => {
  it.each([
    ['Amoxicillin 500 MG Oral Capsule', 'amoxicillin 500 mg cap'], ['Amoxicillin 250 MG / Clavulanate 125 MG Oral Tablet', 'amoxicillin-clavulanate 250-125 mg tab'], ['METFORMIN HCL 500MG TAB,SA', 'metFORMIN hcl 500 mg ER tab'],
    ['clarithromycin 500 mg tab', 'clarithromycin 500 mg tab'], ['AMOXICILLIN 125MG/5ML SUSP', 'amoxicillin 125 mg/5 mL susp'], ['24 HR Metformin hydrochloride 500 MG Extended Release Oral Tablet', 'metFORMIN hydrochloride 500 mg ER tab'],
    ['Acetaminophen 325 MG / oxyCODONE Hydrochloride 5 MG Oral Tablet', 'acetaminophen-oxyCODONE hydrochloride 325-5 mg tab'],
  ])('%s is %s', (name, words) => {
    const drug = parseDrugName(name)
    expect(drug && drugText({ system: null, code: null, ...drug })).toBe(words)
  })

  it.each(['Naproxen', 'Penicillin V Potassium 250 MG', '500 mg tab', 'Jolivette 28 Day Pack', ''])('%s says too little', (name) => {
    expect(parseDrugName(name)).toBeUndefined()
  })

  it('have their tall letters and nothing else changed', () => {
    expect(['METFORMIN', 'hydroxyzine', 'HydrALAZINE', 'amoxicillin', 'hydrocodone-acetaminophen'].map(tallMan)).toEqual(['metFORMIN', 'hydrOXYzine', 'hydrALAZINE', 'amoxicillin', 'HYDROcodone-acetaminophen'])
    fc.assert(fc.property(fc.string(), (name) => {
      expect(tallMan(name).toLowerCase()).toBe(name.toLowerCase())
    }))
  })

  it('tell controlled substances', () => {
    expect(['oxyCODONE', 'HYDROcodone-acetaminophen', 'acetaminophen-codeine', 'codeine', 'traMADol', 'pregabalin', 'amoxicillin'].map(scheduleOf)).toEqual(['II', 'II', 'III', 'II', 'IV', 'V', null])
  })
})

it('a prescription has one number of its own wherever it is printed, of letters that nobody mistakes', () => {
  expect(prescriptionNumber('01890a5d-0000-7000-8000-000000000001')).toBe('2222-2223')
  fc.assert(fc.property(fc.uuid(), fc.uuid(), (one, other) => {
    expect(prescriptionNumber(one)).toMatch(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/)
    expect(prescriptionNumber(one) === prescriptionNumber(other)).toBe(one.slice(-10) === other.slice(-10))
  }))
  expect(numberText(1_000)).toBe('1,000')
  expect(formWords.capsule.short).toBe('cap')
})
