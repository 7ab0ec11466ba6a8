CREATE TABLE patients (
  id text PRIMARY KEY NOT NULL,
  mrn integer NOT NULL,
  family_name text NOT NULL,
  given_name text NOT NULL,
  middle_name text,
  preferred_name text,
  suffix text,
  sex text NOT NULL,
  birth_date text NOT NULL,
  deceased_on text,
  phone text,
  phone_digits text,
  email text,
  address_line1 text,
  address_line2 text,
  city text,
  state text,
  postal_code text,
  country text,
  language text,
  family_sound text NOT NULL,
  given_sound text NOT NULL,
  sort_name text NOT NULL,
  search_names text NOT NULL,
  version integer NOT NULL,
  created_at text NOT NULL,
  updated_at text NOT NULL,
  CONSTRAINT patients_sex CHECK(sex in ('female', 'male', 'other', 'unknown'))
) STRICT;
CREATE UNIQUE INDEX patients_by_mrn ON patients (mrn);
CREATE INDEX patients_by_name ON patients (sort_name,id);
CREATE INDEX patients_by_birth_date ON patients (birth_date);
CREATE INDEX patients_by_phone ON patients (phone_digits);
CREATE INDEX patients_by_sound ON patients (family_sound,given_sound,birth_date);

CREATE TABLE patient_identifiers (
  system text NOT NULL,
  value text NOT NULL,
  patient_id text NOT NULL,
  PRIMARY KEY(system, value),
  FOREIGN KEY (patient_id) REFERENCES patients(id)
) STRICT;
CREATE INDEX patient_identifiers_by_patient ON patient_identifiers (patient_id);

CREATE TABLE patient_changes (
  id text PRIMARY KEY NOT NULL,
  patient_id text NOT NULL,
  version integer NOT NULL,
  changed_at text NOT NULL,
  changed_by text NOT NULL,
  field text NOT NULL,
  from_value text,
  to_value text,
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  FOREIGN KEY (changed_by) REFERENCES user_accounts(id)
) STRICT;
CREATE INDEX patient_changes_by_patient ON patient_changes (patient_id,changed_at);

CREATE TABLE patient_contacts (
  id text PRIMARY KEY NOT NULL,
  patient_id text NOT NULL,
  name text NOT NULL,
  relationship text NOT NULL,
  phone text,
  is_emergency integer NOT NULL,
  is_guardian integer NOT NULL,
  removed_at text,
  FOREIGN KEY (patient_id) REFERENCES patients(id)
) STRICT;
CREATE INDEX patient_contacts_by_patient ON patient_contacts (patient_id);

CREATE TABLE coverages (
  id text PRIMARY KEY NOT NULL,
  patient_id text NOT NULL,
  payer_name text NOT NULL,
  plan_name text,
  member_number text,
  group_number text,
  relationship text NOT NULL,
  subscriber_name text,
  rank integer NOT NULL,
  valid_from text,
  valid_to text,
  ended_at text,
  FOREIGN KEY (patient_id) REFERENCES patients(id)
) STRICT;
CREATE INDEX coverages_by_patient ON coverages (patient_id,rank);

CREATE TABLE patient_photos (
  patient_id text PRIMARY KEY NOT NULL,
  mime text NOT NULL,
  bytes blob NOT NULL,
  taken_at text NOT NULL,
  FOREIGN KEY (patient_id) REFERENCES patients(id)
) STRICT;

CREATE TABLE registration_forms (
  id text PRIMARY KEY NOT NULL,
  user_id text NOT NULL,
  fields text NOT NULL,
  saved_at text NOT NULL,
  FOREIGN KEY (user_id) REFERENCES user_accounts(id)
) STRICT;
CREATE INDEX registration_forms_by_user ON registration_forms (user_id,saved_at);

-- The row id is the MRN: it never changes and, unlike an implicit row id, survives VACUUM.
-- names: folded words (rules.derived.ts). numbers: MRN; national phone digits, their last seven and last four. birth: year, then the full date as 19580312 and as 03121958.
CREATE VIRTUAL TABLE patient_search USING fts5(names, numbers, birth, tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3 4');

CREATE TRIGGER patient_search_insert AFTER INSERT ON patients BEGIN
  INSERT INTO patient_search (rowid, names, numbers, birth) VALUES (
    new.mrn,
    new.search_names,
    concat_ws(' ', new.mrn, new.phone_digits, substr(new.phone_digits, -7), substr(new.phone_digits, -4)),
    concat_ws(' ', substr(new.birth_date, 1, 4), replace(new.birth_date, '-', ''), substr(new.birth_date, 6, 2) || substr(new.birth_date, 9, 2) || substr(new.birth_date, 1, 4))
  );
END;

CREATE TRIGGER patient_search_update AFTER UPDATE OF mrn, search_names, phone_digits, birth_date ON patients BEGIN
  DELETE FROM patient_search WHERE rowid = old.mrn;
  INSERT INTO patient_search (rowid, names, numbers, birth) VALUES (
    new.mrn,
    new.search_names,
    concat_ws(' ', new.mrn, new.phone_digits, substr(new.phone_digits, -7), substr(new.phone_digits, -4)),
    concat_ws(' ', substr(new.birth_date, 1, 4), replace(new.birth_date, '-', ''), substr(new.birth_date, 6, 2) || substr(new.birth_date, 9, 2) || substr(new.birth_date, 1, 4))
  );
END;

CREATE TRIGGER patients_no_delete BEFORE DELETE ON patients BEGIN SELECT raise(abort, 'PATIENTS_ARE_KEPT'); END;
CREATE TRIGGER patient_changes_no_update BEFORE UPDATE ON patient_changes BEGIN SELECT raise(abort, 'HISTORY_IS_APPEND_ONLY'); END;
CREATE TRIGGER patient_changes_no_delete BEFORE DELETE ON patient_changes BEGIN SELECT raise(abort, 'HISTORY_IS_APPEND_ONLY'); END;
