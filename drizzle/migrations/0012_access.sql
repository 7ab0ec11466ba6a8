-- Who may see which row. The rules over these tables: src-shared/access/rules.ts, their SQL: src-main/core/access/predicates.ts.

CREATE TABLE user_roles_next (
  user_id text NOT NULL,
  role text NOT NULL,
  PRIMARY KEY(user_id, role),
  FOREIGN KEY (user_id) REFERENCES user_accounts(id),
  CONSTRAINT user_roles_role CHECK(role in ('administrator', 'doctor', 'nurse', 'receptionist', 'billing', 'pharmacist', 'patient'))
) STRICT;
INSERT INTO user_roles_next (user_id, role) SELECT user_id, role FROM user_roles;
DROP TABLE user_roles;
ALTER TABLE user_roles_next RENAME TO user_roles;

CREATE TABLE access_settings (
  id integer PRIMARY KEY NOT NULL,
  months_back integer NOT NULL,
  months_ahead integer NOT NULL,
  flow_days_back integer NOT NULL,
  flow_days_ahead integer NOT NULL,
  CONSTRAINT access_settings_one CHECK(id = 1)
) STRICT;
INSERT INTO access_settings (id, months_back, months_ahead, flow_days_back, flow_days_ahead) VALUES (1, 24, 6, 7, 7);

CREATE TABLE care_team_members (
  id text PRIMARY KEY NOT NULL,
  patient_id text NOT NULL,
  staff_id text NOT NULL,
  from_on text NOT NULL,
  until_on text,
  reason text NOT NULL,
  added_at text NOT NULL,
  added_by text NOT NULL,
  ended_at text,
  ended_by text,
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  FOREIGN KEY (staff_id) REFERENCES staff_members(id),
  FOREIGN KEY (added_by) REFERENCES user_accounts(id),
  FOREIGN KEY (ended_by) REFERENCES user_accounts(id)
) STRICT;
CREATE INDEX care_team_members_by_patient ON care_team_members (patient_id,staff_id);

CREATE TABLE cover_list (
  id text PRIMARY KEY NOT NULL,
  provider_id text NOT NULL,
  by_staff_id text NOT NULL,
  from_on text NOT NULL,
  until_on text NOT NULL,
  added_at text NOT NULL,
  added_by text NOT NULL,
  removed_at text,
  removed_by text,
  FOREIGN KEY (provider_id) REFERENCES staff_members(id),
  FOREIGN KEY (by_staff_id) REFERENCES staff_members(id),
  FOREIGN KEY (added_by) REFERENCES user_accounts(id),
  FOREIGN KEY (removed_by) REFERENCES user_accounts(id)
) STRICT;
CREATE INDEX cover_list_by_staff ON cover_list (by_staff_id,until_on);
CREATE INDEX user_accounts_by_staff ON user_accounts (staff_id);

CREATE TABLE restricted_patients (
  id text PRIMARY KEY NOT NULL,
  patient_id text NOT NULL,
  reason text NOT NULL,
  restricted_at text NOT NULL,
  restricted_by text NOT NULL,
  lifted_at text,
  lifted_by text,
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  FOREIGN KEY (restricted_by) REFERENCES user_accounts(id),
  FOREIGN KEY (lifted_by) REFERENCES user_accounts(id)
) STRICT;
CREATE UNIQUE INDEX restricted_patients_live ON restricted_patients (patient_id) WHERE lifted_at is null;

CREATE TABLE restricted_allowed (
  restriction_id text NOT NULL,
  user_id text NOT NULL,
  PRIMARY KEY(restriction_id, user_id),
  FOREIGN KEY (restriction_id) REFERENCES restricted_patients(id),
  FOREIGN KEY (user_id) REFERENCES user_accounts(id)
) STRICT;

-- The patient whom an account's person is: staff who are patients here, and patients with an account of their own.
CREATE TABLE self_patients (
  user_id text PRIMARY KEY NOT NULL,
  patient_id text NOT NULL,
  FOREIGN KEY (user_id) REFERENCES user_accounts(id),
  FOREIGN KEY (patient_id) REFERENCES patients(id)
) STRICT;
CREATE UNIQUE INDEX self_patients_by_patient ON self_patients (patient_id);

-- A flag beside the roles: whoever watches over privacy need not run the clinic, and whoever runs it need not watch.
ALTER TABLE user_accounts ADD COLUMN is_privacy_officer integer DEFAULT 0 NOT NULL CHECK(is_privacy_officer in (0, 1));
-- Somebody has to answer for privacy from the first day (45 CFR 164.530(a)(1)); until the clinic says who, its administrators do.
UPDATE user_accounts SET is_privacy_officer = 1 WHERE EXISTS (SELECT 1 FROM user_roles r WHERE r.user_id = user_accounts.id AND r.role = 'administrator');

CREATE TABLE break_glass (
  id text PRIMARY KEY NOT NULL,
  patient_id text NOT NULL,
  user_id text NOT NULL,
  reason text NOT NULL,
  explanation text NOT NULL,
  opened_at text NOT NULL,
  ends_at text NOT NULL,
  reviewed_at text,
  reviewed_by text,
  outcome text,
  review_note text,
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  FOREIGN KEY (user_id) REFERENCES user_accounts(id),
  FOREIGN KEY (reviewed_by) REFERENCES user_accounts(id),
  CONSTRAINT break_glass_reason CHECK(reason in ('emergency', 'covering-unplanned', 'patient-present', 'legal-request', 'other')),
  CONSTRAINT break_glass_outcome CHECK(outcome in ('justified', 'not-justified'))
) STRICT;
CREATE INDEX break_glass_by_user ON break_glass (user_id,patient_id,ends_at);
CREATE INDEX break_glass_open ON break_glass (opened_at) WHERE reviewed_at is null;
CREATE INDEX break_glass_reviewed ON break_glass (reviewed_at) WHERE reviewed_at is not null;

CREATE TRIGGER break_glass_no_delete BEFORE DELETE ON break_glass BEGIN SELECT raise(abort, 'BREAK_GLASS_IS_KEPT'); END;
CREATE TRIGGER break_glass_facts_kept BEFORE UPDATE OF id, patient_id, user_id, reason, explanation, opened_at, ends_at ON break_glass BEGIN SELECT raise(abort, 'BREAK_GLASS_IS_KEPT'); END;
CREATE TRIGGER break_glass_reviewed_once BEFORE UPDATE ON break_glass WHEN old.reviewed_at is not null BEGIN SELECT raise(abort, 'REVIEWED_ALREADY'); END;
CREATE TRIGGER break_glass_not_own BEFORE UPDATE OF reviewed_by ON break_glass WHEN new.reviewed_by = old.user_id BEGIN SELECT raise(abort, 'OWN_BREAK_GLASS'); END;
CREATE TRIGGER restricted_patients_no_delete BEFORE DELETE ON restricted_patients BEGIN SELECT raise(abort, 'RESTRICTIONS_ARE_KEPT'); END;
CREATE TRIGGER care_team_members_no_delete BEFORE DELETE ON care_team_members BEGIN SELECT raise(abort, 'CARE_TEAMS_ARE_KEPT'); END;
CREATE TRIGGER cover_list_no_delete BEFORE DELETE ON cover_list BEGIN SELECT raise(abort, 'CARE_TEAMS_ARE_KEPT'); END;

ALTER TABLE clinical_notes ADD COLUMN sensitivity text NOT NULL DEFAULT 'normal' CONSTRAINT clinical_notes_sensitivity CHECK(sensitivity in ('normal', 'sensitive', 'psychotherapy'));
ALTER TABLE clinical_notes ADD COLUMN sealed_text blob;
ALTER TABLE note_addenda ADD COLUMN sealed_text blob;
ALTER TABLE note_copies ADD COLUMN sealed_text blob;

-- FIELD-K: the key of one psychotherapy note, sealed to its author and to the recovery key. Nobody else's row exists.
CREATE TABLE note_keys (
  note_id text NOT NULL,
  recipient text NOT NULL,
  sealed blob NOT NULL,
  PRIMARY KEY(note_id, recipient),
  FOREIGN KEY (note_id) REFERENCES clinical_notes(id),
  CONSTRAINT note_keys_recipient CHECK(recipient in ('author', 'recovery'))
) STRICT;

-- A psychotherapy note is never written in clear text, whoever writes.
CREATE TRIGGER psychotherapy_sealed_on_insert BEFORE INSERT ON clinical_notes
WHEN new.sensitivity = 'psychotherapy' AND (new.sealed_text is null OR new.subjective || new.objective || new.assessment || new.plan <> '')
BEGIN SELECT raise(abort, 'PSYCHOTHERAPY_IN_CLEAR'); END;
CREATE TRIGGER psychotherapy_sealed_on_update BEFORE UPDATE ON clinical_notes
WHEN new.sensitivity = 'psychotherapy' AND (new.sealed_text is null OR new.subjective || new.objective || new.assessment || new.plan <> '')
BEGIN SELECT raise(abort, 'PSYCHOTHERAPY_IN_CLEAR'); END;
CREATE TRIGGER psychotherapy_addenda_sealed BEFORE INSERT ON note_addenda
WHEN (SELECT sensitivity FROM clinical_notes WHERE id = new.note_id) = 'psychotherapy' AND (new.sealed_text is null OR new.text <> '')
BEGIN SELECT raise(abort, 'PSYCHOTHERAPY_IN_CLEAR'); END;
CREATE TRIGGER psychotherapy_copies_sealed BEFORE INSERT ON note_copies
WHEN (SELECT sensitivity FROM clinical_notes WHERE id = new.note_id) = 'psychotherapy' AND (new.sealed_text is null OR new.subjective || new.objective || new.assessment || new.plan <> '')
BEGIN SELECT raise(abort, 'PSYCHOTHERAPY_IN_CLEAR'); END;
