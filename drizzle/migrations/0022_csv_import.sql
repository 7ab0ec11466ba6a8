-- Tables of a former system: looked at, staged, taken in one go, and taken back in one go.
CREATE TABLE csv_imports (
  id text PRIMARY KEY NOT NULL,
  kind text NOT NULL,
  file_hash text NOT NULL,
  source text NOT NULL,
  stage text NOT NULL,
  row_count integer NOT NULL,
  staged_at text NOT NULL,
  staged_by text NOT NULL,
  committed_at text,
  undone_at text,
  report text NOT NULL,
  FOREIGN KEY (staged_by) REFERENCES user_accounts(id),
  CONSTRAINT csv_imports_kind CHECK(kind in ('patients', 'appointments', 'ledger')),
  CONSTRAINT csv_imports_stage CHECK(stage in ('staged', 'committing', 'done', 'undoing', 'undone'))
) STRICT;
CREATE INDEX csv_imports_by_time ON csv_imports (staged_at);

-- Every row that an import has made: what an undo takes back.
CREATE TABLE csv_made (
  import_id text NOT NULL,
  table_name text NOT NULL,
  row_id text NOT NULL,
  PRIMARY KEY(table_name, row_id),
  FOREIGN KEY (import_id) REFERENCES csv_imports(id)
) STRICT;
CREATE INDEX csv_made_by_import ON csv_made (import_id,table_name,row_id);

CREATE TABLE csv_rows (
  import_id text NOT NULL,
  line integer NOT NULL,
  state text NOT NULL,
  group_line integer NOT NULL,
  patient_id text,
  made_id text,
  draft text NOT NULL,
  PRIMARY KEY(import_id, line),
  CONSTRAINT csv_rows_state CHECK(state in ('new', 'joined', 'here', 'stopped', 'written', 'left'))
) STRICT;
CREATE INDEX csv_rows_by_group ON csv_rows (import_id,group_line,line);

CREATE TABLE csv_pairs (
  id text PRIMARY KEY NOT NULL,
  import_id text NOT NULL,
  line integer NOT NULL,
  other_line integer,
  patient_id text,
  score integer NOT NULL,
  facts text NOT NULL,
  decision text,
  CONSTRAINT csv_pairs_decision CHECK(decision in ('same', 'apart'))
) STRICT;
CREATE INDEX csv_pairs_by_import ON csv_pairs (import_id,score,id);

CREATE TABLE csv_problems (
  id integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  import_id text NOT NULL,
  line integer NOT NULL,
  field text,
  code text NOT NULL,
  stops integer NOT NULL,
  value text NOT NULL
) STRICT;
CREATE INDEX csv_problems_by_line ON csv_problems (import_id,line,id);

-- Which column means what, by the words of the header.
CREATE TABLE csv_shapes (
  shape text PRIMARY KEY NOT NULL,
  reading text NOT NULL,
  used_at text NOT NULL
) STRICT;

-- Rows are kept for ever, except while the import that has made them is being taken back.
DROP TRIGGER patients_no_delete;
CREATE TRIGGER patients_no_delete BEFORE DELETE ON patients
WHEN NOT EXISTS (SELECT 1 FROM csv_made m JOIN csv_imports i ON i.id = m.import_id WHERE m.table_name = 'patients' AND m.row_id = old.id AND i.stage = 'undoing')
BEGIN SELECT raise(abort, 'PATIENTS_ARE_KEPT'); END;

DROP TRIGGER appointments_no_delete;
CREATE TRIGGER appointments_no_delete BEFORE DELETE ON appointments
WHEN NOT EXISTS (SELECT 1 FROM csv_made m JOIN csv_imports i ON i.id = m.import_id WHERE m.table_name = 'appointments' AND m.row_id = old.id AND i.stage = 'undoing')
BEGIN SELECT raise(abort, 'APPOINTMENTS_ARE_KEPT'); END;

DROP TRIGGER appointment_changes_no_delete;
CREATE TRIGGER appointment_changes_no_delete BEFORE DELETE ON appointment_changes
WHEN NOT EXISTS (SELECT 1 FROM csv_made m JOIN csv_imports i ON i.id = m.import_id WHERE m.table_name = 'appointments' AND m.row_id = old.appointment_id AND i.stage = 'undoing')
BEGIN SELECT raise(abort, 'HISTORY_IS_APPEND_ONLY'); END;

DROP TRIGGER encounters_no_delete;
CREATE TRIGGER encounters_no_delete BEFORE DELETE ON encounters
WHEN NOT EXISTS (SELECT 1 FROM csv_made m JOIN csv_imports i ON i.id = m.import_id WHERE m.table_name = 'encounters' AND m.row_id = old.id AND i.stage = 'undoing')
BEGIN SELECT raise(abort, 'CLINICAL_ROWS_ARE_KEPT'); END;

DROP TRIGGER ledger_entries_no_delete;
CREATE TRIGGER ledger_entries_no_delete BEFORE DELETE ON ledger_entries
WHEN NOT EXISTS (SELECT 1 FROM csv_made m JOIN csv_imports i ON i.id = m.import_id WHERE m.table_name = 'ledger_entries' AND m.row_id = old.id AND i.stage = 'undoing')
BEGIN SELECT raise(abort, 'LEDGER_IS_APPEND_ONLY'); END;
