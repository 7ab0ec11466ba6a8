-- One person, two charts: the absorbed chart's row stays and names the one that goes on. Never a chain: it is the last one in line.
ALTER TABLE patients ADD COLUMN merged_into_id text REFERENCES patients(id);
ALTER TABLE patients ADD COLUMN is_merge_blocked integer NOT NULL DEFAULT 0;
CREATE INDEX patients_by_survivor ON patients (merged_into_id) WHERE merged_into_id IS NOT NULL;

CREATE TABLE patient_merges (
  id text PRIMARY KEY NOT NULL,
  survivor_id text NOT NULL,
  absorbed_id text NOT NULL,
  merged_at text NOT NULL,
  merged_by text NOT NULL,
  fields text NOT NULL,
  place integer NOT NULL,
  unmerged_at text,
  unmerged_by text,
  FOREIGN KEY (survivor_id) REFERENCES patients(id),
  FOREIGN KEY (absorbed_id) REFERENCES patients(id),
  FOREIGN KEY (merged_by) REFERENCES user_accounts(id),
  FOREIGN KEY (unmerged_by) REFERENCES user_accounts(id),
  CONSTRAINT patient_merges_two CHECK(survivor_id <> absorbed_id)
) STRICT;
CREATE INDEX patient_merges_by_survivor ON patient_merges (survivor_id,place);
-- A chart goes into one other at a time.
CREATE UNIQUE INDEX patient_merges_live ON patient_merges (absorbed_id) WHERE unmerged_at IS NULL;

CREATE TABLE patient_merge_rows (
  merge_id text NOT NULL,
  side text NOT NULL,
  table_name text NOT NULL,
  row_key text NOT NULL,
  PRIMARY KEY(merge_id, table_name, row_key),
  FOREIGN KEY (merge_id) REFERENCES patient_merges(id),
  CONSTRAINT patient_merge_rows_side CHECK(side in ('absorbed', 'survivor', 'after'))
) STRICT;

CREATE TRIGGER patient_merges_no_delete BEFORE DELETE ON patient_merges BEGIN SELECT raise(abort, 'MERGES_ARE_KEPT'); END;
CREATE TRIGGER patient_merges_facts_kept BEFORE UPDATE OF id, survivor_id, absorbed_id, merged_at, merged_by, fields, place ON patient_merges BEGIN SELECT raise(abort, 'MERGES_ARE_KEPT'); END;
CREATE TRIGGER patient_merges_once_undone BEFORE UPDATE ON patient_merges WHEN old.unmerged_at IS NOT NULL BEGIN SELECT raise(abort, 'MERGES_ARE_KEPT'); END;
CREATE TRIGGER patient_merge_rows_no_update BEFORE UPDATE ON patient_merge_rows BEGIN SELECT raise(abort, 'MERGES_ARE_KEPT'); END;
CREATE TRIGGER patient_merge_rows_no_delete BEFORE DELETE ON patient_merge_rows BEGIN SELECT raise(abort, 'MERGES_ARE_KEPT'); END;

-- "Not the same person", said once and remembered for ever; the smaller id first.
CREATE TABLE duplicate_decisions (
  a_id text NOT NULL,
  b_id text NOT NULL,
  reason text NOT NULL,
  decided_at text NOT NULL,
  decided_by text NOT NULL,
  PRIMARY KEY(a_id, b_id),
  FOREIGN KEY (a_id) REFERENCES patients(id),
  FOREIGN KEY (b_id) REFERENCES patients(id),
  FOREIGN KEY (decided_by) REFERENCES user_accounts(id),
  CONSTRAINT duplicate_decisions_order CHECK(a_id < b_id)
) STRICT;
CREATE TRIGGER duplicate_decisions_no_delete BEFORE DELETE ON duplicate_decisions BEGIN SELECT raise(abort, 'HISTORY_IS_APPEND_ONLY'); END;

-- What was said at the desk so far, out of the histories. "Merge later" is no decision: that pair is to be reviewed.
INSERT OR IGNORE INTO duplicate_decisions (a_id, b_id, reason, decided_at, decided_by)
SELECT min(patient_id, to_value), max(patient_id, to_value), from_value, changed_at, changed_by FROM patient_changes
WHERE field = 'notDuplicateOf' AND from_value <> 'merge-later' AND to_value IN (SELECT id FROM patients) AND to_value <> patient_id ORDER BY changed_at;

-- Each machine's own: who looks like whom, and whom to compare next. Filled by the trigger whatever a row comes from: a form, an import, the host.
-- Without "OR IGNORE": the statement that fires a trigger brings its own conflict clause.
CREATE TABLE duplicate_pairs (
  a_id text NOT NULL,
  b_id text NOT NULL,
  score integer NOT NULL,
  PRIMARY KEY(a_id, b_id)
) STRICT;
CREATE INDEX duplicate_pairs_by_score ON duplicate_pairs (score,a_id,b_id);
CREATE INDEX duplicate_pairs_by_second ON duplicate_pairs (b_id);
CREATE TABLE duplicate_queue (patient_id text PRIMARY KEY NOT NULL) STRICT;
INSERT INTO duplicate_queue (patient_id) SELECT id FROM patients;
CREATE TRIGGER duplicate_queue_on_insert AFTER INSERT ON patients BEGIN INSERT INTO duplicate_queue (patient_id) SELECT new.id WHERE NOT EXISTS (SELECT 1 FROM duplicate_queue WHERE patient_id = new.id); END;
CREATE TRIGGER duplicate_queue_on_update AFTER UPDATE OF family_name, given_name, middle_name, suffix, birth_date, sex, phone, merged_into_id ON patients
BEGIN INSERT INTO duplicate_queue (patient_id) SELECT new.id WHERE NOT EXISTS (SELECT 1 FROM duplicate_queue WHERE patient_id = new.id); END;

-- Where a merge looks for what is a chart's.
CREATE INDEX diagnoses_by_patient ON diagnoses (patient_id);
CREATE INDEX charges_by_patient ON charges (patient_id);

-- What the patient pays at each visit, and when somebody last asked the insurer.
ALTER TABLE coverages ADD COLUMN copay_cents integer;
ALTER TABLE coverages ADD COLUMN verified_on text;
ALTER TABLE coverages ADD COLUMN verified_by text REFERENCES user_accounts(id);

-- Papers. What the desk needs goes to every machine, what is part of the chart to those that hold charts: a row has one feed.
CREATE TABLE desk_documents (
  id text PRIMARY KEY NOT NULL,
  patient_id text NOT NULL,
  coverage_id text,
  kind text NOT NULL,
  title text NOT NULL,
  mime text NOT NULL,
  byte_size integer NOT NULL,
  sha256 text NOT NULL,
  parts integer NOT NULL,
  added_at text NOT NULL,
  added_by text NOT NULL,
  in_error_at text,
  in_error_by text,
  in_error_reason text,
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  FOREIGN KEY (coverage_id) REFERENCES coverages(id),
  FOREIGN KEY (added_by) REFERENCES user_accounts(id),
  FOREIGN KEY (in_error_by) REFERENCES user_accounts(id),
  CONSTRAINT desk_documents_kind CHECK(kind in ('card-front', 'card-back', 'identity', 'consent')),
  CONSTRAINT desk_documents_mime CHECK(mime in ('application/pdf', 'image/jpeg', 'image/png'))
) STRICT;
CREATE INDEX desk_documents_by_patient ON desk_documents (patient_id,added_at);
CREATE TABLE desk_document_parts (
  document_id text NOT NULL,
  part integer NOT NULL,
  bytes blob NOT NULL,
  PRIMARY KEY(document_id, part),
  FOREIGN KEY (document_id) REFERENCES desk_documents(id)
) STRICT;

CREATE TABLE chart_documents (
  id text PRIMARY KEY NOT NULL,
  patient_id text NOT NULL,
  coverage_id text,
  kind text NOT NULL,
  title text NOT NULL,
  mime text NOT NULL,
  byte_size integer NOT NULL,
  sha256 text NOT NULL,
  parts integer NOT NULL,
  added_at text NOT NULL,
  added_by text NOT NULL,
  in_error_at text,
  in_error_by text,
  in_error_reason text,
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  FOREIGN KEY (added_by) REFERENCES user_accounts(id),
  FOREIGN KEY (in_error_by) REFERENCES user_accounts(id),
  CONSTRAINT chart_documents_kind CHECK(kind in ('referral', 'outside-record', 'other')),
  CONSTRAINT chart_documents_mime CHECK(mime in ('application/pdf', 'image/jpeg', 'image/png'))
) STRICT;
CREATE INDEX chart_documents_by_patient ON chart_documents (patient_id,added_at);
CREATE TABLE chart_document_parts (
  document_id text NOT NULL,
  part integer NOT NULL,
  bytes blob NOT NULL,
  PRIMARY KEY(document_id, part),
  FOREIGN KEY (document_id) REFERENCES chart_documents(id)
) STRICT;

CREATE TRIGGER desk_documents_no_delete BEFORE DELETE ON desk_documents BEGIN SELECT raise(abort, 'DOCUMENTS_ARE_KEPT'); END;
CREATE TRIGGER desk_documents_facts_kept BEFORE UPDATE OF id, patient_id, kind, mime, byte_size, sha256, parts, added_at, added_by ON desk_documents BEGIN SELECT raise(abort, 'DOCUMENTS_ARE_KEPT'); END;
CREATE TRIGGER desk_document_parts_no_update BEFORE UPDATE ON desk_document_parts BEGIN SELECT raise(abort, 'DOCUMENTS_ARE_KEPT'); END;
CREATE TRIGGER desk_document_parts_no_delete BEFORE DELETE ON desk_document_parts BEGIN SELECT raise(abort, 'DOCUMENTS_ARE_KEPT'); END;
CREATE TRIGGER chart_documents_no_delete BEFORE DELETE ON chart_documents BEGIN SELECT raise(abort, 'DOCUMENTS_ARE_KEPT'); END;
CREATE TRIGGER chart_documents_facts_kept BEFORE UPDATE OF id, patient_id, kind, mime, byte_size, sha256, parts, added_at, added_by ON chart_documents BEGIN SELECT raise(abort, 'DOCUMENTS_ARE_KEPT'); END;
CREATE TRIGGER chart_document_parts_no_update BEFORE UPDATE ON chart_document_parts BEGIN SELECT raise(abort, 'DOCUMENTS_ARE_KEPT'); END;
CREATE TRIGGER chart_document_parts_no_delete BEFORE DELETE ON chart_document_parts BEGIN SELECT raise(abort, 'DOCUMENTS_ARE_KEPT'); END;

-- Whatever goes with a chart into another is found by its patient.
CREATE INDEX prescription_alerts_by_patient ON prescription_alerts (patient_id);
CREATE INDEX prescription_drafts_by_patient ON prescription_drafts (patient_id);
CREATE INDEX tasks_by_patient ON tasks (patient_id) WHERE patient_id IS NOT NULL;
