-- Who answers for a patient's bills: another patient, or a person who is none. Kept as it was said; a change is a new row.
CREATE TABLE guarantors (
  id text PRIMARY KEY NOT NULL,
  patient_id text,
  name text,
  phone text,
  address_line1 text,
  address_line2 text,
  city text,
  state text,
  postal_code text,
  created_at text NOT NULL,
  created_by text NOT NULL,
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  FOREIGN KEY (created_by) REFERENCES user_accounts(id),
  CONSTRAINT guarantors_one CHECK((patient_id IS NULL) <> (name IS NULL))
) STRICT;
CREATE INDEX guarantors_by_patient ON guarantors (patient_id) WHERE patient_id IS NOT NULL;

CREATE TABLE patient_guarantors (
  id text PRIMARY KEY NOT NULL,
  patient_id text NOT NULL,
  guarantor_id text NOT NULL,
  since text NOT NULL,
  set_by text NOT NULL,
  ended_at text,
  ended_by text,
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  FOREIGN KEY (guarantor_id) REFERENCES guarantors(id),
  FOREIGN KEY (set_by) REFERENCES user_accounts(id),
  FOREIGN KEY (ended_by) REFERENCES user_accounts(id)
) STRICT;
CREATE INDEX patient_guarantors_by_patient ON patient_guarantors (patient_id,since);
CREATE INDEX patient_guarantors_by_guarantor ON patient_guarantors (guarantor_id);

-- What the relative is to the patient: "parent" is the patient's parent. One row for the two of them.
CREATE TABLE patient_relations (
  id text PRIMARY KEY NOT NULL,
  patient_id text NOT NULL,
  relative_id text NOT NULL,
  kind text NOT NULL,
  created_at text NOT NULL,
  created_by text NOT NULL,
  removed_at text,
  removed_by text,
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  FOREIGN KEY (relative_id) REFERENCES patients(id),
  FOREIGN KEY (created_by) REFERENCES user_accounts(id),
  FOREIGN KEY (removed_by) REFERENCES user_accounts(id),
  CONSTRAINT patient_relations_kind CHECK(kind in ('parent', 'spouse', 'child', 'sibling', 'guardian', 'ward', 'other'))
) STRICT;
CREATE INDEX patient_relations_by_patient ON patient_relations (patient_id);
CREATE INDEX patient_relations_by_relative ON patient_relations (relative_id);

-- That somebody has died: what was called off with it, so that a mistake can be taken back whole.
CREATE TABLE patient_deaths (
  id text PRIMARY KEY NOT NULL,
  patient_id text NOT NULL,
  deceased_on text NOT NULL,
  recorded_at text NOT NULL,
  recorded_by text NOT NULL,
  called_off text NOT NULL,
  reversed_at text,
  reversed_by text,
  reversal_reason text,
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  FOREIGN KEY (recorded_by) REFERENCES user_accounts(id),
  FOREIGN KEY (reversed_by) REFERENCES user_accounts(id)
) STRICT;
CREATE INDEX patient_deaths_by_patient ON patient_deaths (patient_id,recorded_at);

CREATE TRIGGER guarantors_no_delete BEFORE DELETE ON guarantors BEGIN SELECT raise(abort, 'HISTORY_IS_APPEND_ONLY'); END;
CREATE TRIGGER patient_guarantors_no_delete BEFORE DELETE ON patient_guarantors BEGIN SELECT raise(abort, 'HISTORY_IS_APPEND_ONLY'); END;
CREATE TRIGGER patient_relations_no_delete BEFORE DELETE ON patient_relations BEGIN SELECT raise(abort, 'HISTORY_IS_APPEND_ONLY'); END;
CREATE TRIGGER patient_deaths_no_delete BEFORE DELETE ON patient_deaths BEGIN SELECT raise(abort, 'HISTORY_IS_APPEND_ONLY'); END;

-- Parts of one payment for a family: a payment and a receipt for each patient.
ALTER TABLE payments ADD COLUMN family_payment_id text;
CREATE INDEX payments_by_family ON payments (family_payment_id) WHERE family_payment_id IS NOT NULL;

-- How somebody may be reached (45 CFR 164.522(b)), and whether they still come. Empty says nothing.
ALTER TABLE patients ADD COLUMN interpreter text CHECK(interpreter in ('needed'));
ALTER TABLE patients ADD COLUMN preferred_channel text CHECK(preferred_channel in ('call', 'text', 'email', 'letter'));
ALTER TABLE patients ADD COLUMN best_times text;
ALTER TABLE patients ADD COLUMN messages text CHECK(messages in ('never'));
ALTER TABLE patients ADD COLUMN work_calls text CHECK(work_calls in ('never'));
ALTER TABLE patients ADD COLUMN contact_ban text CHECK(contact_ban in ('asked'));
ALTER TABLE patients ADD COLUMN confidential_address text;
ALTER TABLE patients ADD COLUMN inactive_reason text CHECK(inactive_reason in ('moved', 'left', 'not-reached', 'other'));

-- A language was a word of our own list; now it is its ISO 639 code, as other systems send it.
UPDATE patients SET language = CASE language
  WHEN 'English' THEN 'en' WHEN 'Spanish' THEN 'es' WHEN 'Chinese' THEN 'zh' WHEN 'Mandarin' THEN 'cmn' WHEN 'Vietnamese' THEN 'vi' WHEN 'Tagalog' THEN 'tl' WHEN 'Arabic' THEN 'ar'
  WHEN 'Korean' THEN 'ko' WHEN 'Russian' THEN 'ru' WHEN 'Portuguese' THEN 'pt' WHEN 'Haitian Creole' THEN 'ht' WHEN 'French' THEN 'fr' WHEN 'Polish' THEN 'pl' WHEN 'Sign language' THEN 'ase'
  ELSE language END
WHERE language IN ('English', 'Spanish', 'Chinese', 'Mandarin', 'Vietnamese', 'Tagalog', 'Arabic', 'Korean', 'Russian', 'Portuguese', 'Haitian Creole', 'French', 'Polish', 'Sign language');
