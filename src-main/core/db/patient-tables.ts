/**
 * Tables whose rows belong to one patient, and what becomes of them when two charts turn out to be one person's
 * (domains/patients/service.merge.ts). A table that stands nowhere here fails tests/architecture/merging.test.ts.
 */
export const movedTables = [
  'appointments', 'encounters', 'clinical_notes', 'diagnoses', 'problems', 'allergies', 'allergy_reviews', 'medication_statements', 'observations',
  'immunizations', 'procedures', 'diagnostic_reports', 'invoices', 'charges', 'payments', 'ledger_entries', 'patient_contacts', 'coverages',
  'patient_identifiers', 'care_team_members', 'self_patients', 'desk_documents', 'chart_documents',
  'medication_requests', 'prescription_alerts', 'prescription_drafts', 'stock_uses', 'tasks', 'recalls', 'wait_list_entries', 'patient_consents', 'appointment_series', 'absence_lines', 'missed_fees',
  'guarantors', 'patient_guarantors', 'patient_relations', 'patient_deaths',
] as const
export type MovedTable = (typeof movedTables)[number]

/** What was said of a chart, or was done to it, is of that chart for ever. A photo is copied where the other has none. */
export const keptTables = ['patient_changes', 'patient_photos', 'restricted_patients', 'break_glass', 'identity_checks'] as const
