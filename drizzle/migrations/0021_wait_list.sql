-- Who wants to come earlier, and when they can. Times of day are minutes since midnight on the clinic's clock; weekdays are
-- bits, Sunday the lowest.
CREATE TABLE wait_list_entries (
  id text PRIMARY KEY NOT NULL,
  patient_id text NOT NULL,
  type_id text,
  duration_min integer NOT NULL,
  provider_id text,
  weekdays integer NOT NULL,
  from_min integer NOT NULL,
  to_min integer NOT NULL,
  not_before text,
  until text,
  notice_min integer NOT NULL,
  is_urgent integer NOT NULL,
  note text,
  appointment_id text,
  status text NOT NULL,
  filled_id text,
  filled_version integer,
  offered_at text,
  offer text,
  version integer NOT NULL,
  created_at text NOT NULL,
  created_by text NOT NULL,
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  FOREIGN KEY (type_id) REFERENCES appointment_types(id),
  FOREIGN KEY (provider_id) REFERENCES staff_members(id),
  FOREIGN KEY (appointment_id) REFERENCES appointments(id),
  FOREIGN KEY (filled_id) REFERENCES appointments(id),
  FOREIGN KEY (created_by) REFERENCES user_accounts(id),
  CONSTRAINT wait_list_entries_status CHECK(status in ('waiting', 'filled', 'withdrawn')),
  CONSTRAINT wait_list_entries_offer CHECK(offer in ('declined', 'no-answer')),
  CONSTRAINT wait_list_entries_times CHECK(from_min >= 0 and to_min <= 1440 and from_min < to_min),
  CONSTRAINT wait_list_entries_filled CHECK((status = 'filled') = (filled_id is not null))
) STRICT;
CREATE INDEX wait_list_entries_waiting ON wait_list_entries (is_urgent,created_at) WHERE status = 'waiting';
CREATE INDEX wait_list_entries_by_patient ON wait_list_entries (patient_id);
CREATE INDEX wait_list_entries_by_filled ON wait_list_entries (filled_id) WHERE filled_id IS NOT NULL;
