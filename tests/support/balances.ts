import type { World } from './world.ts'

/** What a patient owes, as the ledger says it. */
export const balanceCents = ({ core }: World, patientId: string): number =>
  core.vault.reader.$client.prepare('select coalesce(sum(amount_cents), 0) from ledger_entries where patient_id = ?').pluck().get(patientId) as number // A sum of integers.
