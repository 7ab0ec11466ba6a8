import type { Drug, PrescriptionOrder } from './model.ts'
import { numberText } from './rules.strength.ts'
import { tallMan } from './rules.tall-man.ts'
import { formWords, frequencyWords, routeWords } from './rules.words.ts'

/** "amoxicillin 500 mg cap"; a brand in capitals with the generic behind it. */
export function drugText({ generic, brand, strength, form }: Drug): string {
  const name = brand ? `${brand.toLocaleUpperCase('en-US')} (${tallMan(generic)})` : tallMan(generic)
  return `${name} ${strength} ${formWords[form].short}`
}

type Directions = Pick<PrescriptionOrder, 'dose' | 'doseUnit' | 'route' | 'frequency' | 'isAsNeeded' | 'asNeededFor' | 'days'> & { drug: Pick<Drug, 'form'> }

/** "1 by mouth three times daily for 7 days": what the patient does, as the chart's list of medications says it too. */
export function directionsText(order: Directions): string {
  const asNeeded = order.isAsNeeded ? ['as needed', order.asNeededFor && `for ${order.asNeededFor}`] : []
  const span = order.days === null ? '' : `for ${order.days} ${order.days === 1 ? 'day' : 'days'}`
  return [doseText(order), routeWords[order.route], frequencyWords[order.frequency].words, ...asNeeded, span].filter(Boolean).join(' ')
}

/** Whole pieces are a bare number, because the form stands before it; everything else says what it is counted in. */
export function doseText({ dose, doseUnit, drug }: Pick<Directions, 'dose' | 'doseUnit' | 'drug'>): string {
  if (doseUnit === 'layer') return 'a thin layer'
  if (doseUnit === 'piece' && Number.isInteger(dose)) return numberText(dose)
  const { one, many } = formWords[drug.form]
  const unit = doseUnit === 'mL' || doseUnit === 'units' ? doseUnit : dose > 1 ? many : one
  return `${numberText(dose)} ${unit}`
}

/** "#21", "#150 mL", "#1 inhaler". */
export function quantityText({ quantity, drug }: Pick<PrescriptionOrder, 'quantity' | 'drug'>): string {
  const { quantityUnit } = formWords[drug.form]
  const unit = (quantityUnit === 'inhaler' || quantityUnit === 'bottle') && quantity !== 1 ? `${quantityUnit}s` : quantityUnit
  return `#${numberText(quantity)}${unit && ` ${unit}`}`
}

export const refillsText = (refills: number): string => `${refills} ${refills === 1 ? 'refill' : 'refills'}`

/** The one sentence: shown while it is written, kept when it is signed, printed on the paper. */
export function sentenceOf(order: PrescriptionOrder): string {
  return [`${drugText(order.drug)}`, directionsText(order), quantityText(order), refillsText(order.refills), !order.maySubstitute && 'no substitution'].filter(Boolean).join(', ')
}

const ones = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen']
const tens = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']

/** A quantity that nobody can add a digit to; for whole numbers below 10,000, else the digits. */
export function quantityInWords(value: number): string {
  if (!Number.isInteger(value) || value < 0 || value >= 10_000) return numberText(value)
  if (value < 20) return ones[value] ?? ''
  if (value < 100) return [tens[Math.floor(value / 10)], value % 10 === 0 ? '' : ones[value % 10]].filter(Boolean).join('-')
  const [base, word] = value < 1_000 ? [100, 'hundred'] : [1_000, 'thousand']
  const rest = value % base
  return [quantityInWords(Math.floor(value / base)), word, rest === 0 ? '' : quantityInWords(rest)].filter(Boolean).join(' ')
}
