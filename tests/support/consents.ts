import type { ConsentFormFields } from '#shared/domains/consents/model.ts'
import { writeStrokes } from '#shared/domains/consents/rules.signature.ts'

/** A form as an administrator writes one. */
export const newestFields: ConsentFormFields = { name: 'Consent to treatment', text: 'I agree to be examined and treated.', validity: 'yearly', scope: 'all', typeIds: [], isReviewed: true, isActive: true }

/** A line across the field. */
export const inkLine: string = writeStrokes([Array.from({ length: 40 }, (_, at) => ({ x: 100 + at * 12, y: 120 + (at % 5) * 9 }))])
