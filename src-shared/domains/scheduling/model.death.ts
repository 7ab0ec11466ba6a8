import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { Instant, PlainDate } from '../../kernel/time.ts'
import { DayAppointment } from './model.ts'

/** What stands ahead of a patient and falls with a death. */
export const DeathOutlook = z.object({
  /** Every live appointment that is not over, the next one first. */
  appointments: z.array(DayAppointment),
  waitListEntries: z.int(),
  /** The death as it stands; null while the patient lives. */
  death: z.object({ id: Id, deceasedOn: PlainDate, recordedAt: Instant, calledOff: z.int() }).nullable(),
})
export type DeathOutlook = z.infer<typeof DeathOutlook>

/** What came back with a reversal, and what could not: the time has gone to somebody else, or is over. */
export const DeathReversal = z.object({ restored: z.int(), lostIds: z.array(Id) })
export type DeathReversal = z.infer<typeof DeathReversal>
