import type { DoseUnit, DrugForm, Frequency, Route } from './model.ts'

/** What a form is called in the line of a drug, what a dose of it is counted in, and what a pharmacy counts out. */
export interface FormWords {
  /** "amoxicillin 500 mg cap". */
  short: string
  /** One, and several of it, where the dose is no whole number or stands alone. */
  one: string
  many: string
  doseUnits: readonly DoseUnit[]
  /** After the number: "#150 mL". Nothing for what is counted in pieces. */
  quantityUnit: '' | 'mL' | 'g' | 'inhaler' | 'bottle'
  route: Route
  /** The quantity follows from dose, frequency and days. */
  isCounted: boolean
}

const piece = (short: string, one: string, route: Route = 'oral'): FormWords => ({ short, one, many: `${one}s`, doseUnits: ['piece'], quantityUnit: '', route, isCounted: true })
const liquid = (short: string): FormWords => ({ short, one: 'mL', many: 'mL', doseUnits: ['mL'], quantityUnit: 'mL', route: 'oral', isCounted: true })
const onSkin = (short: string): FormWords => ({ short, one: 'thin layer', many: 'thin layers', doseUnits: ['layer'], quantityUnit: 'g', route: 'skin', isCounted: false })
const drops = (short: string, route: Route): FormWords => ({ short, one: 'drop', many: 'drops', doseUnits: ['drop'], quantityUnit: 'mL', route, isCounted: false })

export const formWords: Readonly<Record<DrugForm, FormWords>> = {
  tablet: piece('tab', 'tablet'),
  'er-tablet': piece('ER tab', 'tablet'),
  'chewable-tablet': piece('chewable tab', 'tablet'),
  odt: piece('ODT', 'tablet'),
  capsule: piece('cap', 'capsule'),
  'er-capsule': piece('ER cap', 'capsule'),
  suspension: liquid('susp'),
  solution: liquid('soln'),
  inhaler: { short: 'inhaler', one: 'puff', many: 'puffs', doseUnits: ['puff'], quantityUnit: 'inhaler', route: 'inhaled', isCounted: false },
  nebule: { short: 'nebulizer soln', one: 'vial', many: 'vials', doseUnits: ['vial'], quantityUnit: '', route: 'inhaled', isCounted: true },
  'nasal-spray': { short: 'nasal spray', one: 'spray', many: 'sprays', doseUnits: ['spray'], quantityUnit: 'bottle', route: 'nasal', isCounted: false },
  'eye-drops': drops('eye drops', 'both-eyes'),
  'ear-drops': drops('ear drops', 'both-ears'),
  cream: onSkin('cream'),
  ointment: onSkin('ointment'),
  gel: onSkin('gel'),
  patch: { short: 'patch', one: 'patch', many: 'patches', doseUnits: ['patch'], quantityUnit: '', route: 'skin', isCounted: true },
  injection: { short: 'injection', one: 'unit', many: 'units', doseUnits: ['units', 'mL'], quantityUnit: 'mL', route: 'subcutaneous', isCounted: false },
  suppository: { short: 'supp', one: 'suppository', many: 'suppositories', doseUnits: ['suppository'], quantityUnit: '', route: 'rectal', isCounted: true },
  packet: { short: 'packet', one: 'packet', many: 'packets', doseUnits: ['packet'], quantityUnit: '', route: 'oral', isCounted: true },
}

export const routeWords: Readonly<Record<Route, string>> = {
  oral: 'by mouth', sublingual: 'under the tongue', inhaled: 'inhaled', nasal: 'in each nostril', 'right-eye': 'in the right eye', 'left-eye': 'in the left eye', 'both-eyes': 'in both eyes',
  'right-ear': 'in the right ear', 'left-ear': 'in the left ear', 'both-ears': 'in both ears', skin: 'on the skin', rectal: 'rectally', vaginal: 'vaginally', subcutaneous: 'under the skin', intramuscular: 'into the muscle',
}

/** "daily" and its like in words: QD and QOD are on the list of abbreviations that have killed. */
export const frequencyWords: Readonly<Record<Frequency, { words: string; perDay: number | null }>> = {
  daily: { words: 'daily', perDay: 1 },
  'each-morning': { words: 'each morning', perDay: 1 },
  'at-bedtime': { words: 'at bedtime', perDay: 1 },
  'twice-daily': { words: 'twice daily', perDay: 2 },
  'three-times-daily': { words: 'three times daily', perDay: 3 },
  'four-times-daily': { words: 'four times daily', perDay: 4 },
  'every-4-hours': { words: 'every 4 hours', perDay: 6 },
  'every-6-hours': { words: 'every 6 hours', perDay: 4 },
  'every-8-hours': { words: 'every 8 hours', perDay: 3 },
  'every-12-hours': { words: 'every 12 hours', perDay: 2 },
  'every-other-day': { words: 'every other day', perDay: 1 / 2 },
  weekly: { words: 'once a week', perDay: 1 / 7 },
  /** One dose and no more. */
  once: { words: 'once', perDay: null },
}
