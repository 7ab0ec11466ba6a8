CREATE TABLE import_runs (
  id text PRIMARY KEY NOT NULL,
  kind text NOT NULL,
  file_hash text NOT NULL,
  started_at text NOT NULL,
  started_by text NOT NULL,
  finished_at text,
  status text NOT NULL,
  lines_done integer NOT NULL,
  counts text NOT NULL,
  FOREIGN KEY (started_by) REFERENCES user_accounts(id),
  CONSTRAINT import_runs_kind CHECK(kind in ('fhir', 'codes')),
  CONSTRAINT import_runs_status CHECK(status in ('running', 'finished', 'cancelled', 'failed'))
) STRICT;
CREATE INDEX import_runs_by_start ON import_runs (started_at);

CREATE TABLE import_skips (
  id integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  run_id text NOT NULL,
  line integer NOT NULL,
  resource_type text,
  resource_id text,
  reason text NOT NULL,
  FOREIGN KEY (run_id) REFERENCES import_runs(id)
) STRICT;
CREATE INDEX import_skips_by_run ON import_skips (run_id,line);
