import type { Scope, Topic } from '#shared/rpc/define.ts'

/**
 * Which table's rows reach which machines (DESIGN section 5). A table that stands nowhere here does not compile the
 * architecture test: every new one says where its rows belong.
 */
export interface SyncedTable {
  scope: Scope
  /** What windows ask again for when rows of it have come from the host. */
  topic: Topic
  /** Columns that each machine keeps for itself; a change of nothing else is no change. */
  own?: readonly string[]
  /** What names a row where the table has no primary key. */
  key?: readonly string[]
}

const admin = (topic: Topic): SyncedTable => ({ scope: 'admin', topic })
const clinical = (topic: Topic): SyncedTable => ({ scope: 'clinical', topic })
const host = (topic: Topic): SyncedTable => ({ scope: 'host', topic })

/** Parents before children: a new copy is filled in this order. */
export const syncedTables: Readonly<Record<string, SyncedTable>> = {
  clinic: admin('clinic'),
  series: admin('clinic'),
  staff_members: admin('staff'),
  user_accounts: admin('staff'),
  user_roles: admin('staff'),
  // Without them nobody could be asked for the second factor off line. A code that was used here is used at this machine only.
  second_factors: { ...admin('session'), own: ['last_counter'] },
  one_time_codes: { ...admin('session'), own: ['used_at'] },
  rooms: admin('clinic'),
  access_settings: admin('access'),
  appointment_types: admin('scheduling'),
  availability_rules: admin('scheduling'),
  schedule_blocks: admin('scheduling'),
  clinic_holidays: admin('scheduling'),
  equipment: admin('rooms'),
  resource_outages: admin('rooms'),
  room_turnovers: admin('rooms'),
  shifts: admin('roster'),
  roster_templates: admin('roster'),
  leave_requests: admin('roster'),
  swap_requests: admin('roster'),
  coverage_rules: admin('roster'),
  fee_items: admin('billing'),
  code_sets: admin('codes'),
  codes: admin('codes'),
  patients: admin('patients'),
  patient_identifiers: admin('patients'),
  patient_changes: admin('patients'),
  patient_contacts: admin('patients'),
  coverages: admin('patients'),
  patient_photos: admin('patients'),
  desk_documents: admin('patients'),
  desk_document_parts: admin('patients'),
  identity_checks: admin('patients'),
  guarantors: admin('patients'),
  patient_guarantors: admin('patients'),
  patient_relations: admin('patients'),
  patient_deaths: admin('patients'),
  patient_merges: admin('patients'),
  duplicate_decisions: admin('patients'),
  care_team_members: admin('access'),
  cover_list: admin('access'),
  restricted_patients: admin('access'),
  restricted_allowed: admin('access'),
  self_patients: admin('access'),
  approvals: admin('approvals'),
  appointment_series: admin('scheduling'),
  appointments: admin('scheduling'),
  appointment_changes: admin('scheduling'),
  equipment_bookings: admin('scheduling'),
  wait_list_entries: admin('scheduling'),
  consent_forms: admin('consents'),
  patient_consents: admin('consents'),
  flow_settings: admin('flow'),
  queue_letters: admin('flow'),
  queue_tickets: admin('flow'),
  queue_calls: admin('flow'),
  absence_plans: admin('scheduling'),
  absence_lines: admin('scheduling'),
  missed_visit_rules: admin('scheduling'),
  // That there was a visit, for billing; what was found in it is clinical.
  encounters: admin('encounters'),
  // Who has what to do until when. Words of the front desk go with it; what is of a chart is clinical.
  tasks: admin('tasks'),
  task_steps: admin('tasks'),
  task_words: admin('tasks'),
  recall_rules: admin('calls'),
  recalls: admin('calls'),
  recall_contacts: admin('calls'),
  appointment_confirmations: admin('calls'),
  invoices: admin('billing'),
  charges: admin('billing'),
  uncharged_visits: admin('billing'),
  invoice_lines: admin('billing'),
  payments: admin('billing'),
  payment_allocations: admin('billing'),
  ledger_entries: admin('billing'),
  page_prints: admin('billing'),
  undrawered_payments: admin('billing'),
  drawer_closes: admin('billing'),
  drawer_close_payments: admin('billing'),
  missed_fees: admin('billing'),
  stock_items: admin('inventory'),
  stock_places: admin('inventory'),
  stock_lots: admin('inventory'),
  stock_moves: admin('inventory'),
  stock_levels: admin('inventory'),
  stock_counts: admin('inventory'),
  stock_count_lines: admin('inventory'),
  sync_epochs: admin('network'),
  // In every copy, and of use with the printed key only.
  clinic_authority: admin('network'),
  // It names rows of the chart, one by one: a desk knows that two were merged, and not how much each has been ill.
  patient_merge_rows: clinical('patients'),
  chart_documents: clinical('patients'),
  chart_document_parts: clinical('patients'),
  break_glass: clinical('access'),
  clinical_notes: clinical('notes'),
  note_addenda: clinical('notes'),
  note_copies: clinical('notes'),
  note_keys: clinical('notes'),
  diagnoses: clinical('encounters'),
  problems: clinical('encounters'),
  allergies: clinical('encounters'),
  allergy_reviews: clinical('encounters'),
  medication_statements: clinical('encounters'),
  medication_requests: clinical('medications'),
  prescription_cancellations: clinical('medications'),
  prescription_alerts: clinical('medications'),
  prescription_drafts: clinical('medications'),
  prescription_favourites: clinical('favourites'),
  prescription_prints: clinical('medications'),
  observations: clinical('encounters'),
  immunizations: clinical('encounters'),
  procedures: clinical('encounters'),
  diagnostic_reports: clinical('encounters'),
  report_results: { ...clinical('encounters'), key: ['report_id', 'observation_id'] },
  // For whom something was used, apart from the moves: a front desk counts boxes and learns nothing of a chart.
  stock_uses: clinical('inventory'),
  csv_imports: admin('migration'),
  csv_made: admin('migration'),
  clinical_task_words: clinical('tasks'),
  import_runs: clinical('migration'),
  import_skips: clinical('migration'),
  // What only a host and its standby know: who may connect and what was carried out already.
  members: { ...host('network'), own: ['last_seq', 'last_event', 'cursor', 'unsent', 'unsent_since', 'attention', 'last_seen_at', 'app_version'] },
  member_people: host('network'),
  carried_logins: host('network'),
  authority_keys: host('network'),
  sync_applied: host('network'),
}

/** Each machine's own: its sessions and drafts of forms, its activity log, its queue. */
export const ownTables = [
  'csv_rows', 'csv_pairs', 'csv_problems', 'csv_shapes', 'sessions', 'user_pins', 'sign_in_attempts', 'seen_clock', 'devices', 'registration_forms', 'duplicate_pairs', 'duplicate_queue', 'code_uses', 'disclosures', 'audit_events', 'audit_chains', 'audit_anchors',
  'signing_keys', 'member_logins', 'sync_context', 'sync_feed', 'sync_feed_tx', 'sync_outbox', 'sync_undo', 'sync_attention',
] as const
