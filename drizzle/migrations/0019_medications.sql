CREATE TABLE medication_requests (
  id text PRIMARY KEY NOT NULL,
  patient_id text NOT NULL,
  encounter_id text,
  drug_system text,
  drug_code text,
  generic text NOT NULL,
  brand text,
  strength text NOT NULL,
  form text NOT NULL,
  dose real NOT NULL,
  dose_unit text NOT NULL,
  route text NOT NULL,
  frequency text NOT NULL,
  is_as_needed integer NOT NULL,
  as_needed_for text,
  days integer,
  quantity real NOT NULL,
  refills integer NOT NULL,
  may_substitute integer NOT NULL,
  instructions text,
  indication_code text,
  indication_label text,
  sentence text NOT NULL,
  renews_id text,
  statement_id text NOT NULL,
  signed_at text NOT NULL,
  signed_by text NOT NULL,
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  FOREIGN KEY (encounter_id) REFERENCES encounters(id),
  FOREIGN KEY (renews_id) REFERENCES medication_requests(id),
  FOREIGN KEY (statement_id) REFERENCES medication_statements(id),
  FOREIGN KEY (signed_by) REFERENCES user_accounts(id),
  CONSTRAINT medication_requests_system CHECK(drug_system in ('rxnorm', 'local')),
  CONSTRAINT medication_requests_form CHECK(form in ('tablet', 'er-tablet', 'chewable-tablet', 'odt', 'capsule', 'er-capsule', 'suspension', 'solution', 'inhaler', 'nebule', 'nasal-spray', 'eye-drops', 'ear-drops', 'cream', 'ointment', 'gel', 'patch', 'injection', 'suppository', 'packet')),
  CONSTRAINT medication_requests_dose_unit CHECK(dose_unit in ('piece', 'mL', 'puff', 'spray', 'drop', 'layer', 'patch', 'units', 'vial', 'suppository', 'packet')),
  CONSTRAINT medication_requests_route CHECK(route in ('oral', 'sublingual', 'inhaled', 'nasal', 'right-eye', 'left-eye', 'both-eyes', 'right-ear', 'left-ear', 'both-ears', 'skin', 'rectal', 'vaginal', 'subcutaneous', 'intramuscular')),
  CONSTRAINT medication_requests_frequency CHECK(frequency in ('daily', 'each-morning', 'at-bedtime', 'twice-daily', 'three-times-daily', 'four-times-daily', 'every-4-hours', 'every-6-hours', 'every-8-hours', 'every-12-hours', 'every-other-day', 'weekly', 'once'))
) STRICT;
CREATE INDEX medication_requests_by_patient ON medication_requests (patient_id,signed_at,id);
CREATE INDEX medication_requests_by_renewed ON medication_requests (renews_id) WHERE renews_id is not null;
CREATE INDEX medication_requests_by_statement ON medication_requests (statement_id);

CREATE TABLE prescription_cancellations (
  request_id text PRIMARY KEY NOT NULL,
  reason text NOT NULL,
  note text,
  cancelled_at text NOT NULL,
  cancelled_by text NOT NULL,
  FOREIGN KEY (request_id) REFERENCES medication_requests(id),
  FOREIGN KEY (cancelled_by) REFERENCES user_accounts(id),
  CONSTRAINT prescription_cancellations_reason CHECK(reason in ('wrong-drug', 'wrong-dose', 'wrong-patient', 'not-needed', 'side-effect', 'replaced', 'lost-paper'))
) STRICT;

CREATE TABLE prescription_alerts (
  id text PRIMARY KEY NOT NULL,
  request_id text NOT NULL,
  patient_id text NOT NULL,
  kind text NOT NULL,
  severity text NOT NULL,
  subject_id text NOT NULL,
  subject_label text NOT NULL,
  drug_class text,
  override_reason text,
  noted_at text NOT NULL,
  FOREIGN KEY (request_id) REFERENCES medication_requests(id),
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  CONSTRAINT prescription_alerts_kind CHECK(kind in ('allergy', 'duplicate')),
  CONSTRAINT prescription_alerts_severity CHECK(severity in ('severe', 'moderate')),
  CONSTRAINT prescription_alerts_reason CHECK(override_reason in ('tolerated-before', 'benefit-outweighs', 'stopped-other', 'specialist-advised', 'record-outdated'))
) STRICT;
CREATE INDEX prescription_alerts_by_request ON prescription_alerts (request_id,id);
CREATE INDEX prescription_alerts_severe ON prescription_alerts (noted_at,id) WHERE severity = 'severe';

CREATE TABLE prescription_drafts (
  id text PRIMARY KEY NOT NULL,
  patient_id text NOT NULL,
  encounter_id text,
  drug_system text,
  drug_code text,
  generic text NOT NULL,
  brand text,
  strength text NOT NULL,
  form text NOT NULL,
  dose real NOT NULL,
  dose_unit text NOT NULL,
  route text NOT NULL,
  frequency text NOT NULL,
  is_as_needed integer NOT NULL,
  as_needed_for text,
  days integer,
  quantity real NOT NULL,
  refills integer NOT NULL,
  may_substitute integer NOT NULL,
  instructions text,
  indication_code text,
  indication_label text,
  prepared_at text NOT NULL,
  prepared_by text NOT NULL,
  settled_at text,
  settled_by text,
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  FOREIGN KEY (encounter_id) REFERENCES encounters(id),
  FOREIGN KEY (prepared_by) REFERENCES user_accounts(id),
  FOREIGN KEY (settled_by) REFERENCES user_accounts(id),
  CONSTRAINT prescription_drafts_system CHECK(drug_system in ('rxnorm', 'local')),
  CONSTRAINT prescription_drafts_form CHECK(form in ('tablet', 'er-tablet', 'chewable-tablet', 'odt', 'capsule', 'er-capsule', 'suspension', 'solution', 'inhaler', 'nebule', 'nasal-spray', 'eye-drops', 'ear-drops', 'cream', 'ointment', 'gel', 'patch', 'injection', 'suppository', 'packet')),
  CONSTRAINT prescription_drafts_dose_unit CHECK(dose_unit in ('piece', 'mL', 'puff', 'spray', 'drop', 'layer', 'patch', 'units', 'vial', 'suppository', 'packet')),
  CONSTRAINT prescription_drafts_route CHECK(route in ('oral', 'sublingual', 'inhaled', 'nasal', 'right-eye', 'left-eye', 'both-eyes', 'right-ear', 'left-ear', 'both-ears', 'skin', 'rectal', 'vaginal', 'subcutaneous', 'intramuscular')),
  CONSTRAINT prescription_drafts_frequency CHECK(frequency in ('daily', 'each-morning', 'at-bedtime', 'twice-daily', 'three-times-daily', 'four-times-daily', 'every-4-hours', 'every-6-hours', 'every-8-hours', 'every-12-hours', 'every-other-day', 'weekly', 'once'))
) STRICT;
CREATE INDEX prescription_drafts_open ON prescription_drafts (patient_id,prepared_at) WHERE settled_at is null;

CREATE TABLE prescription_favourites (
  id text PRIMARY KEY NOT NULL,
  user_id text NOT NULL,
  drug_system text,
  drug_code text,
  generic text NOT NULL,
  brand text,
  strength text NOT NULL,
  form text NOT NULL,
  dose real NOT NULL,
  dose_unit text NOT NULL,
  route text NOT NULL,
  frequency text NOT NULL,
  is_as_needed integer NOT NULL,
  as_needed_for text,
  days integer,
  quantity real NOT NULL,
  refills integer NOT NULL,
  may_substitute integer NOT NULL,
  instructions text,
  indication_code text,
  indication_label text,
  added_at text NOT NULL,
  removed_at text,
  FOREIGN KEY (user_id) REFERENCES user_accounts(id),
  CONSTRAINT prescription_favourites_system CHECK(drug_system in ('rxnorm', 'local')),
  CONSTRAINT prescription_favourites_form CHECK(form in ('tablet', 'er-tablet', 'chewable-tablet', 'odt', 'capsule', 'er-capsule', 'suspension', 'solution', 'inhaler', 'nebule', 'nasal-spray', 'eye-drops', 'ear-drops', 'cream', 'ointment', 'gel', 'patch', 'injection', 'suppository', 'packet')),
  CONSTRAINT prescription_favourites_dose_unit CHECK(dose_unit in ('piece', 'mL', 'puff', 'spray', 'drop', 'layer', 'patch', 'units', 'vial', 'suppository', 'packet')),
  CONSTRAINT prescription_favourites_route CHECK(route in ('oral', 'sublingual', 'inhaled', 'nasal', 'right-eye', 'left-eye', 'both-eyes', 'right-ear', 'left-ear', 'both-ears', 'skin', 'rectal', 'vaginal', 'subcutaneous', 'intramuscular')),
  CONSTRAINT prescription_favourites_frequency CHECK(frequency in ('daily', 'each-morning', 'at-bedtime', 'twice-daily', 'three-times-daily', 'four-times-daily', 'every-4-hours', 'every-6-hours', 'every-8-hours', 'every-12-hours', 'every-other-day', 'weekly', 'once'))
) STRICT;
CREATE INDEX prescription_favourites_by_user ON prescription_favourites (user_id,added_at) WHERE removed_at is null;

CREATE TABLE prescription_prints (
  id text PRIMARY KEY NOT NULL,
  request_id text NOT NULL,
  medium text NOT NULL,
  printed_at text NOT NULL,
  printed_by text NOT NULL,
  FOREIGN KEY (request_id) REFERENCES medication_requests(id),
  FOREIGN KEY (printed_by) REFERENCES user_accounts(id),
  CONSTRAINT prescription_prints_medium CHECK(medium in ('paper', 'pdf'))
) STRICT;
CREATE INDEX prescription_prints_by_request ON prescription_prints (request_id);

-- What was signed and handed out stays as it was: a correction is a cancellation beside it, and a new prescription.
CREATE TRIGGER medication_requests_no_update BEFORE UPDATE ON medication_requests BEGIN SELECT raise(abort, 'PRESCRIPTION_IS_SIGNED'); END;
CREATE TRIGGER medication_requests_no_delete BEFORE DELETE ON medication_requests BEGIN SELECT raise(abort, 'PRESCRIPTION_IS_SIGNED'); END;
CREATE TRIGGER prescription_cancellations_no_update BEFORE UPDATE ON prescription_cancellations BEGIN SELECT raise(abort, 'PRESCRIPTION_IS_SIGNED'); END;
CREATE TRIGGER prescription_cancellations_no_delete BEFORE DELETE ON prescription_cancellations BEGIN SELECT raise(abort, 'PRESCRIPTION_IS_SIGNED'); END;
CREATE TRIGGER prescription_alerts_no_update BEFORE UPDATE ON prescription_alerts BEGIN SELECT raise(abort, 'PRESCRIPTION_IS_SIGNED'); END;
CREATE TRIGGER prescription_alerts_no_delete BEFORE DELETE ON prescription_alerts BEGIN SELECT raise(abort, 'PRESCRIPTION_IS_SIGNED'); END;
CREATE TRIGGER prescription_prints_no_update BEFORE UPDATE ON prescription_prints BEGIN SELECT raise(abort, 'PRESCRIPTION_IS_SIGNED'); END;
CREATE TRIGGER prescription_prints_no_delete BEFORE DELETE ON prescription_prints BEGIN SELECT raise(abort, 'PRESCRIPTION_IS_SIGNED'); END;
-- Second line behind the service: everything that a prescription names is of its own patient.
CREATE TRIGGER medication_requests_one_patient BEFORE INSERT ON medication_requests
WHEN (new.renews_id IS NOT NULL AND new.patient_id IS NOT (SELECT patient_id FROM medication_requests WHERE id = new.renews_id))
  OR new.patient_id IS NOT (SELECT patient_id FROM medication_statements WHERE id = new.statement_id)
  OR (new.encounter_id IS NOT NULL AND new.patient_id IS NOT (SELECT patient_id FROM encounters WHERE id = new.encounter_id))
BEGIN SELECT raise(abort, 'ONE_PATIENT'); END;
