-- A new edition of a code set is written beside the one in use and takes over in one step, so that a search never sees half of it.
ALTER TABLE codes ADD COLUMN generation integer NOT NULL DEFAULT 1;
ALTER TABLE code_sets ADD COLUMN generation integer NOT NULL DEFAULT 1;
DROP INDEX codes_by_code;
CREATE UNIQUE INDEX codes_by_code ON codes (system,generation,code);

-- The first letter that is typed gets an answer as fast as the fourth.
DROP TABLE code_search;
CREATE VIRTUAL TABLE code_search USING fts5(code, label, content = 'codes', content_rowid = 'row_number', tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3 4');
INSERT INTO code_search (code_search) VALUES ('rebuild');
