CREATE TABLE encounters (
  id text PRIMARY KEY NOT NULL,
  patient_id text NOT NULL,
  appointment_id text,
  provider_id text,
  status text NOT NULL,
  reason text,
  place text,
  started_at text NOT NULL,
  finished_at text,
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  FOREIGN KEY (appointment_id) REFERENCES appointments(id),
  FOREIGN KEY (provider_id) REFERENCES staff_members(id),
  CONSTRAINT encounters_status CHECK(status in ('in-progress', 'finished', 'cancelled'))
) STRICT;
CREATE UNIQUE INDEX encounters_by_appointment ON encounters (appointment_id) WHERE appointment_id is not null;
CREATE INDEX encounters_by_patient ON encounters (patient_id,started_at);
CREATE INDEX encounters_by_provider ON encounters (provider_id,started_at);

CREATE TABLE clinical_notes (
  id text PRIMARY KEY NOT NULL,
  encounter_id text NOT NULL,
  patient_id text NOT NULL,
  author_id text NOT NULL,
  status text NOT NULL,
  subjective text NOT NULL,
  objective text NOT NULL,
  assessment text NOT NULL,
  plan text NOT NULL,
  revision integer NOT NULL,
  saved_at text NOT NULL,
  cursor_section text,
  cursor_offset integer,
  signed_at text,
  signed_by text,
  FOREIGN KEY (encounter_id) REFERENCES encounters(id),
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  FOREIGN KEY (author_id) REFERENCES user_accounts(id),
  FOREIGN KEY (signed_by) REFERENCES user_accounts(id),
  CONSTRAINT clinical_notes_status CHECK(status in ('draft', 'signed')),
  CONSTRAINT clinical_notes_cursor_section CHECK(cursor_section in ('subjective', 'objective', 'assessment', 'plan'))
) STRICT;
CREATE UNIQUE INDEX clinical_notes_one_draft ON clinical_notes (encounter_id,author_id) WHERE status = 'draft';
CREATE INDEX clinical_notes_by_encounter ON clinical_notes (encounter_id);
CREATE INDEX clinical_notes_by_patient ON clinical_notes (patient_id,saved_at);
CREATE INDEX clinical_notes_drafts ON clinical_notes (author_id,saved_at) WHERE status = 'draft';

CREATE TABLE note_addenda (
  id text PRIMARY KEY NOT NULL,
  note_id text NOT NULL,
  author_id text NOT NULL,
  text text NOT NULL,
  added_at text NOT NULL,
  FOREIGN KEY (note_id) REFERENCES clinical_notes(id),
  FOREIGN KEY (author_id) REFERENCES user_accounts(id)
) STRICT;
CREATE INDEX note_addenda_by_note ON note_addenda (note_id,added_at);

CREATE TABLE note_copies (
  id text PRIMARY KEY NOT NULL,
  note_id text NOT NULL,
  subjective text NOT NULL,
  objective text NOT NULL,
  assessment text NOT NULL,
  plan text NOT NULL,
  saved_at text NOT NULL,
  settled_at text,
  FOREIGN KEY (note_id) REFERENCES clinical_notes(id)
) STRICT;
CREATE INDEX note_copies_open ON note_copies (note_id,saved_at) WHERE settled_at is null;

CREATE TABLE diagnoses (
  id text PRIMARY KEY NOT NULL,
  encounter_id text NOT NULL,
  patient_id text NOT NULL,
  code_system text,
  code text,
  label text NOT NULL,
  rank integer NOT NULL,
  recorded_at text NOT NULL,
  recorded_by text NOT NULL,
  entered_in_error_at text,
  entered_in_error_by text,
  FOREIGN KEY (encounter_id) REFERENCES encounters(id),
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  FOREIGN KEY (recorded_by) REFERENCES user_accounts(id),
  FOREIGN KEY (entered_in_error_by) REFERENCES user_accounts(id),
  CONSTRAINT diagnoses_system CHECK(code_system in ('icd10cm', 'snomed', 'rxnorm', 'loinc', 'cvx', 'hcpcs', 'local'))
) STRICT;
CREATE INDEX diagnoses_by_encounter ON diagnoses (encounter_id,rank);

CREATE TABLE problems (
  id text PRIMARY KEY NOT NULL,
  patient_id text NOT NULL,
  code_system text,
  code text,
  label text NOT NULL,
  status text NOT NULL,
  onset_on text,
  resolved_on text,
  recorded_at text NOT NULL,
  recorded_by text NOT NULL,
  entered_in_error_at text,
  entered_in_error_by text,
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  FOREIGN KEY (recorded_by) REFERENCES user_accounts(id),
  FOREIGN KEY (entered_in_error_by) REFERENCES user_accounts(id),
  CONSTRAINT problems_system CHECK(code_system in ('icd10cm', 'snomed', 'rxnorm', 'loinc', 'cvx', 'hcpcs', 'local')),
  CONSTRAINT problems_status CHECK(status in ('active', 'resolved'))
) STRICT;
CREATE INDEX problems_by_patient ON problems (patient_id,status);

CREATE TABLE allergies (
  id text PRIMARY KEY NOT NULL,
  patient_id text NOT NULL,
  code_system text,
  code text,
  label text NOT NULL,
  reaction text,
  severity text NOT NULL,
  recorded_at text NOT NULL,
  recorded_by text NOT NULL,
  entered_in_error_at text,
  entered_in_error_by text,
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  FOREIGN KEY (recorded_by) REFERENCES user_accounts(id),
  FOREIGN KEY (entered_in_error_by) REFERENCES user_accounts(id),
  CONSTRAINT allergies_system CHECK(code_system in ('icd10cm', 'snomed', 'rxnorm', 'loinc', 'cvx', 'hcpcs', 'local')),
  CONSTRAINT allergies_severity CHECK(severity in ('mild', 'moderate', 'severe', 'unknown'))
) STRICT;
CREATE INDEX allergies_by_patient ON allergies (patient_id);

CREATE TABLE allergy_reviews (
  id text PRIMARY KEY NOT NULL,
  patient_id text NOT NULL,
  none_known integer NOT NULL,
  recorded_at text NOT NULL,
  recorded_by text NOT NULL,
  entered_in_error_at text,
  entered_in_error_by text,
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  FOREIGN KEY (recorded_by) REFERENCES user_accounts(id),
  FOREIGN KEY (entered_in_error_by) REFERENCES user_accounts(id)
) STRICT;
CREATE INDEX allergy_reviews_by_patient ON allergy_reviews (patient_id,recorded_at);

CREATE TABLE medication_statements (
  id text PRIMARY KEY NOT NULL,
  patient_id text NOT NULL,
  code_system text,
  code text,
  label text NOT NULL,
  sig text,
  started_on text,
  ended_on text,
  recorded_at text NOT NULL,
  recorded_by text NOT NULL,
  entered_in_error_at text,
  entered_in_error_by text,
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  FOREIGN KEY (recorded_by) REFERENCES user_accounts(id),
  FOREIGN KEY (entered_in_error_by) REFERENCES user_accounts(id),
  CONSTRAINT medication_statements_system CHECK(code_system in ('icd10cm', 'snomed', 'rxnorm', 'loinc', 'cvx', 'hcpcs', 'local'))
) STRICT;
CREATE INDEX medication_statements_by_patient ON medication_statements (patient_id,ended_on);

CREATE TABLE observations (
  id text PRIMARY KEY NOT NULL,
  patient_id text NOT NULL,
  encounter_id text,
  category text NOT NULL,
  code text NOT NULL,
  label text NOT NULL,
  value real,
  unit text,
  value_text text,
  observed_at text NOT NULL,
  recorded_at text NOT NULL,
  recorded_by text NOT NULL,
  entered_in_error_at text,
  entered_in_error_by text,
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  FOREIGN KEY (encounter_id) REFERENCES encounters(id),
  FOREIGN KEY (recorded_by) REFERENCES user_accounts(id),
  FOREIGN KEY (entered_in_error_by) REFERENCES user_accounts(id),
  CONSTRAINT observations_category CHECK(category in ('vital-signs', 'laboratory', 'social-history', 'survey', 'other'))
) STRICT;
CREATE INDEX observations_by_patient ON observations (patient_id,category,observed_at);
CREATE INDEX observations_by_patient_code ON observations (patient_id,code,observed_at);
CREATE INDEX observations_by_encounter ON observations (encounter_id);

CREATE TABLE immunizations (
  id text PRIMARY KEY NOT NULL,
  patient_id text NOT NULL,
  code_system text,
  code text,
  label text NOT NULL,
  given_at text NOT NULL,
  lot text,
  site text,
  recorded_at text NOT NULL,
  recorded_by text NOT NULL,
  entered_in_error_at text,
  entered_in_error_by text,
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  FOREIGN KEY (recorded_by) REFERENCES user_accounts(id),
  FOREIGN KEY (entered_in_error_by) REFERENCES user_accounts(id),
  CONSTRAINT immunizations_system CHECK(code_system in ('icd10cm', 'snomed', 'rxnorm', 'loinc', 'cvx', 'hcpcs', 'local'))
) STRICT;
CREATE INDEX immunizations_by_patient ON immunizations (patient_id,given_at);

CREATE TABLE procedures (
  id text PRIMARY KEY NOT NULL,
  patient_id text NOT NULL,
  encounter_id text,
  code_system text,
  code text,
  label text NOT NULL,
  performed_at text NOT NULL,
  recorded_at text NOT NULL,
  recorded_by text NOT NULL,
  entered_in_error_at text,
  entered_in_error_by text,
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  FOREIGN KEY (encounter_id) REFERENCES encounters(id),
  FOREIGN KEY (recorded_by) REFERENCES user_accounts(id),
  FOREIGN KEY (entered_in_error_by) REFERENCES user_accounts(id),
  CONSTRAINT procedures_system CHECK(code_system in ('icd10cm', 'snomed', 'rxnorm', 'loinc', 'cvx', 'hcpcs', 'local'))
) STRICT;
CREATE INDEX procedures_by_patient ON procedures (patient_id,performed_at);

CREATE TABLE diagnostic_reports (
  id text PRIMARY KEY NOT NULL,
  patient_id text NOT NULL,
  encounter_id text,
  code_system text,
  code text,
  label text NOT NULL,
  issued_at text NOT NULL,
  conclusion text,
  recorded_at text NOT NULL,
  recorded_by text NOT NULL,
  entered_in_error_at text,
  entered_in_error_by text,
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  FOREIGN KEY (encounter_id) REFERENCES encounters(id),
  FOREIGN KEY (recorded_by) REFERENCES user_accounts(id),
  FOREIGN KEY (entered_in_error_by) REFERENCES user_accounts(id),
  CONSTRAINT diagnostic_reports_system CHECK(code_system in ('icd10cm', 'snomed', 'rxnorm', 'loinc', 'cvx', 'hcpcs', 'local'))
) STRICT;
CREATE INDEX diagnostic_reports_by_patient ON diagnostic_reports (patient_id,issued_at);

CREATE TABLE report_results (
  report_id text NOT NULL,
  observation_id text NOT NULL,
  FOREIGN KEY (report_id) REFERENCES diagnostic_reports(id),
  FOREIGN KEY (observation_id) REFERENCES observations(id)
) STRICT;
CREATE UNIQUE INDEX report_results_by_report ON report_results (report_id,observation_id);

-- A signed note is immutable (45 CFR 164.312(c)(1)); what comes later is an addendum.
CREATE TRIGGER clinical_notes_signed_no_update BEFORE UPDATE ON clinical_notes WHEN old.status = 'signed' BEGIN SELECT raise(abort, 'NOTE_IS_SIGNED'); END;
CREATE TRIGGER clinical_notes_no_delete BEFORE DELETE ON clinical_notes BEGIN SELECT raise(abort, 'NOTES_ARE_KEPT'); END;
CREATE TRIGGER note_copies_no_delete BEFORE DELETE ON note_copies BEGIN SELECT raise(abort, 'NOTES_ARE_KEPT'); END;
CREATE TRIGGER note_addenda_signed_only BEFORE INSERT ON note_addenda WHEN (SELECT status FROM clinical_notes WHERE id = new.note_id) <> 'signed' BEGIN SELECT raise(abort, 'NOTE_NOT_SIGNED'); END;
CREATE TRIGGER note_addenda_no_update BEFORE UPDATE ON note_addenda BEGIN SELECT raise(abort, 'NOTE_IS_SIGNED'); END;
CREATE TRIGGER note_addenda_no_delete BEFORE DELETE ON note_addenda BEGIN SELECT raise(abort, 'NOTES_ARE_KEPT'); END;
CREATE TRIGGER encounters_no_delete BEFORE DELETE ON encounters BEGIN SELECT raise(abort, 'CLINICAL_ROWS_ARE_KEPT'); END;
CREATE TRIGGER diagnoses_no_delete BEFORE DELETE ON diagnoses BEGIN SELECT raise(abort, 'CLINICAL_ROWS_ARE_KEPT'); END;
CREATE TRIGGER problems_no_delete BEFORE DELETE ON problems BEGIN SELECT raise(abort, 'CLINICAL_ROWS_ARE_KEPT'); END;
CREATE TRIGGER allergies_no_delete BEFORE DELETE ON allergies BEGIN SELECT raise(abort, 'CLINICAL_ROWS_ARE_KEPT'); END;
CREATE TRIGGER allergy_reviews_no_delete BEFORE DELETE ON allergy_reviews BEGIN SELECT raise(abort, 'CLINICAL_ROWS_ARE_KEPT'); END;
CREATE TRIGGER medication_statements_no_delete BEFORE DELETE ON medication_statements BEGIN SELECT raise(abort, 'CLINICAL_ROWS_ARE_KEPT'); END;
CREATE TRIGGER observations_no_delete BEFORE DELETE ON observations BEGIN SELECT raise(abort, 'CLINICAL_ROWS_ARE_KEPT'); END;
CREATE TRIGGER immunizations_no_delete BEFORE DELETE ON immunizations BEGIN SELECT raise(abort, 'CLINICAL_ROWS_ARE_KEPT'); END;
CREATE TRIGGER procedures_no_delete BEFORE DELETE ON procedures BEGIN SELECT raise(abort, 'CLINICAL_ROWS_ARE_KEPT'); END;
CREATE TRIGGER diagnostic_reports_no_delete BEFORE DELETE ON diagnostic_reports BEGIN SELECT raise(abort, 'CLINICAL_ROWS_ARE_KEPT'); END;

-- A measured value or an allergy is corrected by a new row: of the old one only the mark "entered in error" may change.
CREATE TRIGGER observations_facts_kept BEFORE UPDATE OF patient_id, encounter_id, category, code, label, value, unit, value_text, observed_at, recorded_at, recorded_by ON observations BEGIN SELECT raise(abort, 'CLINICAL_ROWS_ARE_KEPT'); END;
CREATE TRIGGER allergies_facts_kept BEFORE UPDATE OF patient_id, code_system, code, label, reaction, severity, recorded_at, recorded_by ON allergies BEGIN SELECT raise(abort, 'CLINICAL_ROWS_ARE_KEPT'); END;
