-- What patients agree to in writing. Each version of a form is a row that never changes, so that what was signed can be read for ever.
CREATE TABLE consent_forms (
  id text PRIMARY KEY NOT NULL,
  form_id text NOT NULL,
  version integer NOT NULL,
  name text NOT NULL,
  text text NOT NULL,
  validity text NOT NULL,
  scope text NOT NULL,
  type_ids text NOT NULL,
  is_reviewed integer NOT NULL,
  is_active integer NOT NULL,
  asks_again integer NOT NULL,
  saved_at text NOT NULL,
  saved_by text NOT NULL,
  FOREIGN KEY (saved_by) REFERENCES user_accounts(id),
  CONSTRAINT consent_forms_validity CHECK(validity in ('once', 'yearly', 'each-visit')),
  CONSTRAINT consent_forms_scope CHECK(scope in ('all', 'types', 'telehealth'))
) STRICT;
CREATE UNIQUE INDEX consent_forms_by_form ON consent_forms (form_id,version);

-- Every decision about a form: signed, refused, or taken back. A later one is a row of its own.
CREATE TABLE patient_consents (
  id text PRIMARY KEY NOT NULL,
  patient_id text NOT NULL,
  form_version_id text NOT NULL,
  decision text NOT NULL,
  how text,
  signer_name text NOT NULL,
  relation text,
  signature text,
  document_id text,
  reason text,
  appointment_id text,
  withdraws_id text,
  decided_at text NOT NULL,
  witnessed_by text NOT NULL,
  hash text NOT NULL,
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  FOREIGN KEY (form_version_id) REFERENCES consent_forms(id),
  FOREIGN KEY (document_id) REFERENCES desk_documents(id),
  FOREIGN KEY (appointment_id) REFERENCES appointments(id),
  FOREIGN KEY (withdraws_id) REFERENCES patient_consents(id),
  FOREIGN KEY (witnessed_by) REFERENCES user_accounts(id),
  CONSTRAINT patient_consents_decision CHECK(decision in ('signed', 'refused', 'withdrawn')),
  CONSTRAINT patient_consents_how CHECK(how in ('drawn', 'typed', 'paper')),
  -- A signature has its kind, one on the screen has its strokes or its name, and what is no signature has a reason.
  CONSTRAINT patient_consents_signed CHECK((decision = 'signed') = (how is not null)),
  CONSTRAINT patient_consents_signature CHECK((coalesce(how, 'paper') = 'paper') = (signature is null)),
  CONSTRAINT patient_consents_reason CHECK((decision = 'signed') = (reason is null)),
  CONSTRAINT patient_consents_withdraws CHECK((decision = 'withdrawn') = (withdraws_id is not null))
) STRICT;
CREATE INDEX patient_consents_by_patient ON patient_consents (patient_id,decided_at);

CREATE TRIGGER consent_forms_no_update BEFORE UPDATE ON consent_forms BEGIN SELECT raise(abort, 'CONSENTS_ARE_KEPT'); END;
CREATE TRIGGER consent_forms_no_delete BEFORE DELETE ON consent_forms BEGIN SELECT raise(abort, 'CONSENTS_ARE_KEPT'); END;
CREATE TRIGGER patient_consents_no_update BEFORE UPDATE ON patient_consents BEGIN SELECT raise(abort, 'CONSENTS_ARE_KEPT'); END;
CREATE TRIGGER patient_consents_no_delete BEFORE DELETE ON patient_consents BEGIN SELECT raise(abort, 'CONSENTS_ARE_KEPT'); END;

-- When somebody at the desk read name, birth date, address and phone back to the patient, and they were right.
CREATE TABLE identity_checks (
  id text PRIMARY KEY NOT NULL,
  patient_id text NOT NULL,
  checked_at text NOT NULL,
  checked_by text NOT NULL,
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  FOREIGN KEY (checked_by) REFERENCES user_accounts(id)
) STRICT;
CREATE INDEX identity_checks_by_patient ON identity_checks (patient_id,checked_at);
CREATE TRIGGER identity_checks_no_update BEFORE UPDATE ON identity_checks BEGIN SELECT raise(abort, 'HISTORY_IS_APPEND_ONLY'); END;
CREATE TRIGGER identity_checks_no_delete BEFORE DELETE ON identity_checks BEGIN SELECT raise(abort, 'HISTORY_IS_APPEND_ONLY'); END;
