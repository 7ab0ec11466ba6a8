CREATE TABLE code_sets (
  system text PRIMARY KEY NOT NULL,
  title text NOT NULL,
  edition text NOT NULL,
  source text NOT NULL,
  imported_at text NOT NULL,
  code_count integer NOT NULL
) STRICT;

CREATE TABLE codes (
  row_number integer PRIMARY KEY NOT NULL,
  system text NOT NULL,
  code text NOT NULL,
  label text NOT NULL,
  long_label text,
  is_billable integer NOT NULL,
  is_active integer NOT NULL,
  details text
) STRICT;
CREATE UNIQUE INDEX codes_by_code ON codes (system,code);

CREATE TABLE code_uses (
  system text NOT NULL,
  code text NOT NULL,
  user_id text NOT NULL,
  count integer NOT NULL,
  last_used_at text NOT NULL,
  PRIMARY KEY(system, code, user_id)
) STRICT;
CREATE INDEX code_uses_by_user ON code_uses (user_id,count);

CREATE VIRTUAL TABLE code_search USING fts5(code, label, content = 'codes', content_rowid = 'row_number', tokenize = "unicode61 remove_diacritics 2", prefix = '2 3 4');

CREATE TRIGGER code_search_insert AFTER INSERT ON codes BEGIN
  INSERT INTO code_search (rowid, code, label) VALUES (new.row_number, new.code, new.label);
END;
CREATE TRIGGER code_search_delete AFTER DELETE ON codes BEGIN
  INSERT INTO code_search (code_search, rowid, code, label) VALUES ('delete', old.row_number, old.code, old.label);
END;
CREATE TRIGGER code_search_update AFTER UPDATE OF code, label ON codes BEGIN
  INSERT INTO code_search (code_search, rowid, code, label) VALUES ('delete', old.row_number, old.code, old.label);
  INSERT INTO code_search (rowid, code, label) VALUES (new.row_number, new.code, new.label);
END;
