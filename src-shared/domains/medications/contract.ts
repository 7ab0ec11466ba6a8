import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { Instant } from '../../kernel/time.ts'
import { command, query } from '../../rpc/define.ts'
import {
  alertKinds, Cancellation, cancelReasons, Favourite, overrideReasons, PrescriptionAlert, PrescriptionDraft, PrescriptionOrder, PrescriptionRow, printMediums,
} from './model.ts'
import { OverrideRow, PrintedPrescription } from './model.views.ts'
import { OrderProblem } from './rules.order.ts'

const scope = 'clinical' as const
const topics = ['medications'] as const
/** Looking at prescriptions is looking at the chart. */
const read = { can: 'prescription.read', scope, topics, audit: 'chart.opened' } as const
const own = { scope, topics: ['favourites'] } as const
const place = { patientId: Id, encounterId: Id.nullable().default(null) }
const none = z.strictObject({})

const Override = z.strictObject({ kind: z.enum(alertKinds), subjectId: Id, reason: z.enum(overrideReasons) })

export const NewPrescription = z.strictObject({
  id: Id, order: PrescriptionOrder, overrides: z.array(Override).max(40).default([]),
  /** The prescription that it goes on with. */
  renewsId: Id.nullable().default(null),
  /** The draft that somebody had made ready. */
  draftId: Id.nullable().default(null),
})
export type NewPrescription = z.infer<typeof NewPrescription>

export const SignPrescriptionsInput = z.strictObject({ ...place, prescriptions: z.array(NewPrescription).min(1).max(30) })
export type SignPrescriptionsInput = z.infer<typeof SignPrescriptionsInput>

export const PrepareInput = z.strictObject({ id: Id, ...place, order: PrescriptionOrder })
export type PrepareInput = z.infer<typeof PrepareInput>

export const CancelPrescriptionInput = z.strictObject({ id: Id, reason: z.enum(cancelReasons), note: z.string().trim().min(1).max(limits.line_chars).nullable().default(null) })
export type CancelPrescriptionInput = z.infer<typeof CancelPrescriptionInput>

export const PrescriptionPageInput = z.strictObject({ patientId: Id, before: z.strictObject({ at: Instant, id: Id }).nullable().default(null), limit: z.int().min(1).max(limits.page_rows).default(50) })
export type PrescriptionPageInput = z.infer<typeof PrescriptionPageInput>

export const OverridePageInput = z.strictObject({ before: z.strictObject({ at: Instant, id: Id }).nullable().default(null), limit: z.int().min(1).max(limits.page_rows).default(50) })
export type OverridePageInput = z.infer<typeof OverridePageInput>

export const RecordPrintInput = z.strictObject({ id: Id, requestId: Id, medium: z.enum(printMediums) })
export type RecordPrintInput = z.infer<typeof RecordPrintInput>

const orderErrors = { ORDER_NOT_VALID: z.object({ id: Id, problems: z.array(z.object({ field: z.string(), problem: z.enum(OrderProblem) })) }) }
const placeErrors = { PATIENT_NOT_FOUND: z.undefined(), VISIT_OF_OTHER_PATIENT: z.undefined() }
const draftErrors = { DRAFT_SETTLED: z.undefined() }

export const medications = {
  /** Newest first, cancelled ones among them. */
  list: query({ ...read, input: PrescriptionPageInput, output: z.array(PrescriptionRow) }),
  /** What goes on and can be written once more as it is: each chronic one that nothing has ended or replaced. */
  renewable: query({ ...read, topics: ['medications', 'encounters'], input: z.strictObject({ patientId: Id }), output: z.array(PrescriptionRow) }),
  /** Made ready and not yet signed, oldest first. */
  drafts: query({ ...read, can: 'prescription.prepare', input: z.strictObject({ patientId: Id }), output: z.array(PrescriptionDraft) }),
  favourites: query({ ...own, can: 'prescription.prepare', input: none, output: z.array(Favourite) }),
  /** Everything that the paper says; without ids, what was signed for this patient and never printed. */
  pages: query({ ...read, can: 'prescription.prepare', input: z.strictObject({ patientId: Id, ids: z.array(Id).max(30).default([]) }), output: z.array(PrintedPrescription) }),
  /** Prescriptions that were signed against a severe warning, newest first. */
  overrides: query({ can: 'prescription.sign', scope, topics, audit: 'prescription.overrides-listed', input: OverridePageInput, output: z.array(OverrideRow) }),

  sign: command({
    conflict: 'insert', can: 'prescription.sign', fresh: 'full', scope, audit: 'prescription.signed', topics: ['medications', 'encounters'], input: SignPrescriptionsInput, output: z.array(PrescriptionRow),
    errors: {
      ...placeErrors, ...orderErrors, ...draftErrors,
      NEEDS_OVERRIDE: z.object({ id: Id, alerts: z.array(PrescriptionAlert.omit({ subjectLabel: true })) }),
      ALREADY_RENEWED: z.object({ id: Id }),
      /** Signed on paper where newer facts of the chart were not known: it stands, and its prescriber has to look at it. */
      PRESCRIPTION_TO_CHECK: z.object({ id: Id, patientId: Id }),
    },
  }),
  /** A new row beside the prescription; cancelled twice it is cancelled once. */
  cancel: command({ conflict: 'from-state', can: 'prescription.sign', scope, audit: 'prescription.cancelled', topics: ['medications', 'encounters'], input: CancelPrescriptionInput, output: Cancellation }),
  prepare: command({ conflict: 'insert', can: 'prescription.prepare', scope, audit: 'prescription.prepared', topics, input: PrepareInput, output: PrescriptionDraft, errors: { ...placeErrors, ...orderErrors } }),
  dropDraft: command({ conflict: 'from-state', can: 'prescription.prepare', scope, audit: 'prescription.draft-dropped', topics, input: z.strictObject({ id: Id }), output: z.null() }),
  saveFavourite: command({ ...own, conflict: 'insert', can: 'prescription.sign', audit: 'favourite.saved', input: z.strictObject({ id: Id, order: PrescriptionOrder }), output: Favourite, errors: { ...orderErrors, FAVOURITES_FULL: z.undefined() } }),
  removeFavourite: command({ ...own, conflict: 'from-state', can: 'prescription.sign', audit: 'favourite.removed', input: z.strictObject({ id: Id }), output: z.null() }),
  recordPrint: command({ conflict: 'insert', can: 'prescription.prepare', scope, audit: 'page.printed', topics, input: RecordPrintInput, output: z.object({ prints: z.int() }), errors: { PRESCRIPTION_CANCELLED: z.undefined() } }),
}
