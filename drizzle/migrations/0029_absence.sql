-- A provider is away: what became of each of their visits, kept so that it can be taken back as one and worked off as a list of calls.
CREATE TABLE absence_plans (
  id text PRIMARY KEY NOT NULL,
  provider_id text,
  from_on text NOT NULL,
  to_on text NOT NULL,
  block_id text,
  applied_at text NOT NULL,
  applied_by text NOT NULL,
  undone_at text,
  FOREIGN KEY (provider_id) REFERENCES staff_members(id),
  FOREIGN KEY (applied_by) REFERENCES user_accounts(id)
) STRICT;
CREATE INDEX absence_plans_standing ON absence_plans (applied_at) WHERE undone_at IS NULL;

CREATE TABLE absence_lines (
  id text PRIMARY KEY NOT NULL,
  plan_id text NOT NULL,
  position integer NOT NULL,
  patient_id text NOT NULL,
  appointment_id text NOT NULL,
  kind text NOT NULL,
  was_provider_id text NOT NULL,
  was_room_id text,
  was_starts_at text NOT NULL,
  was_ends_at text NOT NULL,
  was_status text NOT NULL,
  -- The appointment's version after the plan: another one says that somebody has gone on with it.
  done_version integer NOT NULL,
  starts_at text NOT NULL,
  wait_list_entry_id text,
  FOREIGN KEY (plan_id) REFERENCES absence_plans(id),
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  FOREIGN KEY (appointment_id) REFERENCES appointments(id),
  FOREIGN KEY (was_provider_id) REFERENCES staff_members(id),
  FOREIGN KEY (was_room_id) REFERENCES rooms(id),
  FOREIGN KEY (wait_list_entry_id) REFERENCES wait_list_entries(id),
  CONSTRAINT absence_lines_kind CHECK(kind in ('moved', 'wait-list', 'left'))
) STRICT;
CREATE INDEX absence_lines_by_plan ON absence_lines (plan_id,position);
CREATE INDEX absence_lines_by_patient ON absence_lines (patient_id);

ALTER TABLE appointment_confirmations ADD COLUMN note text;

-- Why somebody did not come; a visit that was missed through the clinic's fault costs nobody a fee.
ALTER TABLE appointments ADD COLUMN missed_reason text CONSTRAINT appointments_missed_reason CHECK(missed_reason in ('patient', 'illness', 'transport', 'weather', 'clinic', 'telehealth-failed', 'other'));

-- One row: what the clinic asks for a visit that was missed or called off late. Without it nobody is charged.
CREATE TABLE missed_visit_rules (
  id integer PRIMARY KEY NOT NULL,
  late_hours integer NOT NULL,
  no_show_cents integer NOT NULL,
  late_cancel_cents integer NOT NULL,
  free_count integer NOT NULL,
  months integer NOT NULL,
  type_fees text NOT NULL,
  CONSTRAINT missed_visit_rules_one CHECK(id = 1),
  CONSTRAINT missed_visit_rules_amounts CHECK(no_show_cents >= 0 and late_cancel_cents >= 0 and free_count >= 0 and late_hours >= 0 and months > 0)
) STRICT;

-- A fee for a visit that did not take place: it stands on no invoice, so no insurer is ever asked for it. Its money is in the ledger.
CREATE TABLE missed_fees (
  id text PRIMARY KEY NOT NULL,
  patient_id text NOT NULL,
  appointment_id text NOT NULL,
  kind text NOT NULL,
  amount_cents integer NOT NULL,
  charged_at text NOT NULL,
  charged_by text NOT NULL,
  ended_as text,
  ended_at text,
  ended_by text,
  end_reason text,
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  FOREIGN KEY (appointment_id) REFERENCES appointments(id),
  FOREIGN KEY (charged_by) REFERENCES user_accounts(id),
  FOREIGN KEY (ended_by) REFERENCES user_accounts(id),
  CONSTRAINT missed_fees_kind CHECK(kind in ('no-show', 'late-cancel')),
  CONSTRAINT missed_fees_amount CHECK(amount_cents > 0),
  CONSTRAINT missed_fees_ended CHECK(ended_as in ('taken-back', 'waived') and (ended_as is null) = (ended_at is null))
) STRICT;
CREATE INDEX missed_fees_by_patient ON missed_fees (patient_id,charged_at);
CREATE UNIQUE INDEX missed_fees_one_standing ON missed_fees (appointment_id) WHERE ended_at IS NULL;
CREATE TRIGGER missed_fees_no_delete BEFORE DELETE ON missed_fees BEGIN SELECT raise(abort, 'LEDGER_IS_APPEND_ONLY'); END;
CREATE TRIGGER missed_fees_amount_kept BEFORE UPDATE OF amount_cents, kind, appointment_id, charged_at, charged_by ON missed_fees BEGIN SELECT raise(abort, 'LEDGER_IS_APPEND_ONLY'); END;
