import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'
import { PatientSummary } from '../patients/model.ts'
import { KeptAlert, Prescriber, PrescriptionRow } from './model.ts'

/** One sheet of paper. */
export const PrintedPrescription = z.object({
  prescription: PrescriptionRow,
  patient: PatientSummary.extend({ addressLines: z.array(z.string()) }),
})
export type PrintedPrescription = z.infer<typeof PrintedPrescription>

export const OverrideRow = z.object({ id: Id, requestId: Id, at: Instant, patient: PatientSummary, prescriber: Prescriber, sentence: z.string(), isCancelled: z.boolean(), alert: KeptAlert })
export type OverrideRow = z.infer<typeof OverrideRow>
