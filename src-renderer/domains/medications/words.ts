import type { CancelReason, DrugForm, OverrideReason, PrescriptionAlert } from '#shared/domains/medications/model.ts'
import { OrderProblem } from '#shared/domains/medications/rules.order.ts'
import type { ErrorTexts } from '#renderer/rpc/error-text.ts'

export const formNames: Readonly<Record<DrugForm, string>> = {
  tablet: 'tablet', 'er-tablet': 'extended-release tablet', 'chewable-tablet': 'chewable tablet', odt: 'tablet that melts (ODT)', capsule: 'capsule', 'er-capsule': 'extended-release capsule', suspension: 'suspension', solution: 'solution',
  inhaler: 'inhaler', nebule: 'solution for a nebulizer', 'nasal-spray': 'nasal spray', 'eye-drops': 'eye drops', 'ear-drops': 'ear drops', cream: 'cream', ointment: 'ointment', gel: 'gel', patch: 'patch', injection: 'injection', suppository: 'suppository', packet: 'packet',
}

export const overrideWords: Readonly<Record<OverrideReason, string>> = {
  'tolerated-before': 'Taken before, tolerated', 'benefit-outweighs': 'Benefit outweighs risk, will monitor', 'stopped-other': 'Patient has stopped the other drug', 'specialist-advised': 'Specialist advised it',
  'record-outdated': 'What is recorded is not right any more',
}

export const cancelChoices: readonly { key: string; reason: CancelReason; words: string }[] = [
  { key: '1', reason: 'wrong-drug', words: 'Wrong drug' }, { key: '2', reason: 'wrong-dose', words: 'Wrong dose or directions' }, { key: '3', reason: 'wrong-patient', words: 'Wrong patient' },
  { key: '4', reason: 'not-needed', words: 'Not needed any more' }, { key: '5', reason: 'side-effect', words: 'Side effect' }, { key: '6', reason: 'replaced', words: 'Replaced by another one' }, { key: '7', reason: 'lost-paper', words: 'The paper was lost' },
]
export const cancelWords = (reason: CancelReason): string => cancelChoices.find((one) => one.reason === reason)?.words ?? reason

/** At the field: what is missing, and what right looks like. */
export const problemTexts: Readonly<Record<OrderProblem, string>> = {
  [OrderProblem.strengthUnreadable]: 'Write it like 500 mg, 0.5 mg or 250 mg/5 mL.',
  [OrderProblem.doseMissing]: 'How much at a time? A number, like 1.',
  [OrderProblem.unitOfOtherForm]: 'This form is not counted so.',
  [OrderProblem.daysMissing]: 'For how many days? A controlled drug needs a number, like 5.',
  [OrderProblem.reasonMissing]: 'As needed for what? Like pain.',
  [OrderProblem.quantityMissing]: 'How many in all? A number, like 21.',
  [OrderProblem.quantityInParts]: 'Whole pieces only, like 21.',
  [OrderProblem.noRefillsAllowed]: 'Schedule II: no refills. Write 0.',
  [OrderProblem.tooManyRefills]: 'At most 12; at most 5 of a controlled drug.',
}

export function alertTitle({ kind, severity, subjectLabel }: PrescriptionAlert): string {
  const grade = severity === 'severe' ? 'Severe' : 'Moderate'
  return kind === 'allergy' ? `${grade}: allergic to ${subjectLabel}` : `${grade}: already takes ${subjectLabel}`
}

export function alertText({ kind, drugClass, subjectLabel }: PrescriptionAlert): string {
  if (kind === 'allergy') return drugClass === null ? 'It is the drug on the allergy list.' : `It is one of the ${drugClass}, and people who react to ${subjectLabel} may react to it.`
  return drugClass === null ? 'The same drug is among the current medications. Renew that one, or stop it first.' : `Both are ${drugClass}: two at a time are seldom meant.`
}

/** What happened, why, what next. The codes are the contract's. */
export const errorTexts: ErrorTexts = {
  ORDER_NOT_VALID: 'Not signed: something in the prescription is missing or cannot be printed. Look at the marked field.',
  NEEDS_OVERRIDE: 'Not signed: the chart speaks against it. Give a reason for each severe warning, or choose another drug.',
  ALREADY_RENEWED: 'Somebody has renewed this one meanwhile. The list shows it as it is now.',
  DRAFT_SETTLED: 'Somebody has signed this one or taken it away meanwhile.',
  VISIT_OF_OTHER_PATIENT: 'This visit is another patient’s. Open the chart again.',
  FAVOURITES_FULL: 'There are 100 favourites already. Remove one first.',
  PRESCRIPTION_CANCELLED: 'Not printed: this prescription was cancelled.',
  PRESCRIPTION_TO_CHECK: 'It was signed on paper while newer facts of the chart were out of reach, or somebody had renewed it as well. It stands. Look at it, and call the patient if it has to be changed.',
}
