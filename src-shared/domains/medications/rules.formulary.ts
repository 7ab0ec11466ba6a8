import type { Drug, DrugForm, Frequency, PrescriptionOrder } from './model.ts'
import { computedQuantity } from './rules.order.ts'
import { drugText } from './rules.sentence.ts'
import { tallMan } from './rules.tall-man.ts'
import { formWords } from './rules.words.ts'

/** How a drug is usually taken: where a new prescription begins, to be changed by whoever signs it. */
interface Usual { dose: number; frequency: Frequency; days: number | null; quantity?: number }
export interface Product { drug: Drug; usual: Usual }

const product = (generic: string, strength: string, form: DrugForm, dose: number, frequency: Frequency, days: number | null, quantity?: number): Product => ({
  drug: { system: null, code: null, generic: tallMan(generic), brand: null, strength, form }, usual: { dose, frequency, days, ...(quantity === undefined ? {} : { quantity }) },
})

/** The drugs of a general practice: they are found without any imported table, and the demo clinic prescribes from them. */
export const formulary: readonly Product[] = [
  product('amoxicillin', '500 mg', 'capsule', 1, 'three-times-daily', 7), product('amoxicillin', '875 mg', 'tablet', 1, 'twice-daily', 7), product('amoxicillin', '400 mg/5 mL', 'suspension', 5, 'twice-daily', 7),
  product('amoxicillin-clavulanate', '875-125 mg', 'tablet', 1, 'twice-daily', 5), product('cephalexin', '500 mg', 'capsule', 1, 'four-times-daily', 7), product('cefuroxime', '500 mg', 'tablet', 1, 'twice-daily', 7),
  product('azithromycin', '250 mg', 'tablet', 1, 'daily', 5), product('clarithromycin', '500 mg', 'tablet', 1, 'twice-daily', 7), product('doxycycline', '100 mg', 'capsule', 1, 'twice-daily', 7),
  product('nitrofurantoin', '100 mg', 'capsule', 1, 'twice-daily', 5), product('sulfamethoxazole-trimethoprim', '800-160 mg', 'tablet', 1, 'twice-daily', 3), product('ciprofloxacin', '500 mg', 'tablet', 1, 'twice-daily', 7),
  product('valacyclovir', '1,000 mg', 'tablet', 1, 'three-times-daily', 7), product('fluconazole', '150 mg', 'tablet', 1, 'once', null),
  product('ibuprofen', '400 mg', 'tablet', 1, 'every-6-hours', 5), product('naproxen', '500 mg', 'tablet', 1, 'twice-daily', 10), product('meloxicam', '15 mg', 'tablet', 1, 'daily', 30),
  product('acetaminophen', '500 mg', 'tablet', 2, 'three-times-daily', 30), product('cyclobenzaprine', '10 mg', 'tablet', 1, 'at-bedtime', 10), product('traMADol', '50 mg', 'tablet', 1, 'every-6-hours', 5),
  product('HYDROcodone-acetaminophen', '5-325 mg', 'tablet', 1, 'every-6-hours', 3), product('oxyCODONE', '5 mg', 'tablet', 1, 'every-6-hours', 3),
  product('lisinopril', '10 mg', 'tablet', 1, 'daily', 90), product('lisinopril', '20 mg', 'tablet', 1, 'daily', 90), product('losartan', '50 mg', 'tablet', 1, 'daily', 90), product('amLODIPine', '5 mg', 'tablet', 1, 'daily', 90),
  product('hydroCHLOROthiazide', '25 mg', 'tablet', 1, 'each-morning', 90), product('metoprolol succinate', '50 mg', 'er-tablet', 1, 'daily', 90), product('carvedilol', '6.25 mg', 'tablet', 1, 'twice-daily', 90),
  product('atorvastatin', '20 mg', 'tablet', 1, 'at-bedtime', 90), product('rosuvastatin', '10 mg', 'tablet', 1, 'at-bedtime', 90), product('simvastatin', '40 mg', 'tablet', 1, 'at-bedtime', 90),
  product('warfarin', '5 mg', 'tablet', 1, 'daily', 30), product('apixaban', '5 mg', 'tablet', 1, 'twice-daily', 90), product('aspirin', '81 mg', 'chewable-tablet', 1, 'daily', 90),
  product('metFORMIN', '500 mg', 'tablet', 1, 'twice-daily', 90), product('metFORMIN', '1,000 mg', 'tablet', 1, 'twice-daily', 90), product('empagliflozin', '10 mg', 'tablet', 1, 'each-morning', 90), product('glipiZIDE', '5 mg', 'tablet', 1, 'each-morning', 90),
  product('insulin glargine', '100 units/mL', 'injection', 10, 'at-bedtime', 30, 10), product('levothyroxine', '75 mcg', 'tablet', 1, 'each-morning', 90), product('levothyroxine', '0.05 mg', 'tablet', 1, 'each-morning', 90),
  product('albuterol', '90 mcg', 'inhaler', 2, 'every-4-hours', 30, 1), product('budesonide-formoterol', '160-4.5 mcg', 'inhaler', 2, 'twice-daily', 30, 1), product('tiotropium', '18 mcg', 'inhaler', 1, 'daily', 30, 1),
  product('fluticasone', '50 mcg', 'nasal-spray', 2, 'daily', 60, 1), product('loratadine', '10 mg', 'tablet', 1, 'daily', 30), product('cetirizine', '10 mg', 'tablet', 1, 'daily', 30), product('predniSONE', '20 mg', 'tablet', 2, 'each-morning', 5),
  product('sertraline', '50 mg', 'tablet', 1, 'daily', 90), product('escitalopram', '10 mg', 'tablet', 1, 'daily', 90), product('buPROPion', '150 mg', 'er-tablet', 1, 'each-morning', 90), product('traZODone', '50 mg', 'tablet', 1, 'at-bedtime', 30),
  product('ALPRAZolam', '0.5 mg', 'tablet', 1, 'three-times-daily', 10), product('zolpidem', '5 mg', 'tablet', 1, 'at-bedtime', 14), product('methylphenidate', '18 mg', 'er-tablet', 1, 'each-morning', 30), product('SUMAtriptan', '50 mg', 'tablet', 1, 'once', null, 9),
  product('omeprazole', '20 mg', 'capsule', 1, 'each-morning', 90), product('ondansetron', '4 mg', 'odt', 1, 'every-8-hours', 3), product('polyethylene glycol', '17 g', 'packet', 1, 'daily', 14),
  product('allopurinol', '100 mg', 'tablet', 1, 'daily', 90), product('colchicine', '0.6 mg', 'tablet', 1, 'twice-daily', 3), product('tamsulosin', '0.4 mg', 'capsule', 1, 'at-bedtime', 90), product('alendronate', '70 mg', 'tablet', 1, 'weekly', 84),
  product('ferrous sulfate', '325 mg', 'tablet', 1, 'every-other-day', 90), product('triamcinolone', '0.1 %', 'cream', 1, 'twice-daily', 7, 30), product('hydrocortisone', '2.5 %', 'cream', 1, 'twice-daily', 7, 30), product('mupirocin', '2 %', 'ointment', 1, 'three-times-daily', 7, 22),
]

/** Where a prescription of this drug begins. */
export function newOrder(drug: Drug, usual: Usual = usualOf(drug)): PrescriptionOrder {
  const { doseUnits, route } = formWords[drug.form]
  const { dose, frequency, days } = usual
  return {
    drug, dose, doseUnit: doseUnits[0] ?? 'piece', route, frequency, days, isAsNeeded: false, asNeededFor: null, refills: 0, maySubstitute: true, instructions: null, indication: null,
    quantity: usual.quantity ?? computedQuantity({ drug, dose, frequency, days }) ?? 1,
  }
}

/** What is usual for this very product, else for the drug in that form; else once daily, to be changed. */
function usualOf(drug: Drug): Usual {
  const same = formulary.filter((one) => one.drug.generic.toLowerCase() === drug.generic.toLowerCase() && one.drug.form === drug.form)
  return (same.find((one) => one.drug.strength === drug.strength) ?? same[0])?.usual ?? { dose: 1, frequency: 'daily', days: 7 }
}

/** Products whose words begin with each typed word, in any order. */
export function findProducts(text: string, limit: number): Drug[] {
  const wanted = wordsOf(text)
  if (wanted.length === 0) return []
  const fits = ({ drug }: Product): boolean => {
    const words = wordsOf(drugText(drug))
    return wanted.every((part) => words.some((word) => word.startsWith(part)))
  }
  return formulary.filter(fits).slice(0, limit).map(({ drug }) => drug)
}

const wordsOf = (text: string): string[] => text.toLocaleLowerCase('en-US').split(/[\s,/-]+/).filter(Boolean)
