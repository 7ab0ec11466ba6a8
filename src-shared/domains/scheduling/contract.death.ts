import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { PlainDate } from '../../kernel/time.ts'
import { command, query } from '../../rpc/define.ts'
import { DeathOutlook, DeathReversal } from './model.death.ts'

const topics = ['patients', 'scheduling', 'calls'] as const
const secondPerson = { approve: 'restriction.approve' } as const

export const RecordDeathInput = z.strictObject({ id: Id, patientId: Id, deceasedOn: PlainDate })
export type RecordDeathInput = z.infer<typeof RecordDeathInput>
export const ReverseDeathInput = z.strictObject({ patientId: Id, reason: z.string().trim().min(1).max(limits.line_chars) })
export type ReverseDeathInput = z.infer<typeof ReverseDeathInput>

/** That somebody has died, and that it was a mistake: said by two, because it ends visits, calls and trust in the record. */
export const deaths = {
  deathOutlook: query({ can: 'appointment.write', topics: ['patients', 'scheduling'], input: z.strictObject({ patientId: Id }), output: DeathOutlook }),
  /** Every appointment ahead is called off and every wait-list entry withdrawn in the same act. */
  recordDeath: command({
    conflict: 'host-only', offline: false, can: 'patient.write', audit: 'patient.death-recorded', topics, secondPerson, input: RecordDeathInput, output: DeathOutlook,
    errors: { DECEASED_DATE_NOT_POSSIBLE: z.undefined(), ALREADY_DECEASED: z.undefined() },
  }),
  /** What the act called off comes back where the time is still free. */
  reverseDeath: command({
    conflict: 'host-only', offline: false, can: 'patient.write', audit: 'patient.death-reversed', topics, secondPerson, input: ReverseDeathInput, output: DeathReversal,
    errors: { NOT_DECEASED: z.undefined() },
  }),
}
