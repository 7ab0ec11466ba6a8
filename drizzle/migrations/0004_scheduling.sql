CREATE TABLE appointment_types (
  id text PRIMARY KEY NOT NULL,
  name text NOT NULL,
  duration_min integer NOT NULL,
  is_active integer NOT NULL,
  sort_order integer NOT NULL
) STRICT;

CREATE TABLE appointments (
  id text PRIMARY KEY NOT NULL,
  patient_id text NOT NULL,
  provider_id text NOT NULL,
  room_id text,
  type_id text,
  starts_at text NOT NULL,
  ends_at text NOT NULL,
  status text NOT NULL,
  reason text,
  arrived_at text,
  roomed_at text,
  started_at text,
  fulfilled_at text,
  cancelled_at text,
  cancel_reason text,
  version integer NOT NULL,
  booked_at text NOT NULL,
  booked_by text NOT NULL,
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  FOREIGN KEY (provider_id) REFERENCES staff_members(id),
  FOREIGN KEY (room_id) REFERENCES rooms(id),
  FOREIGN KEY (type_id) REFERENCES appointment_types(id),
  FOREIGN KEY (booked_by) REFERENCES user_accounts(id),
  CONSTRAINT appointments_status CHECK(status in ('proposed', 'booked', 'arrived', 'roomed', 'in-progress', 'fulfilled', 'cancelled', 'no-show')),
  CONSTRAINT appointments_cancel_reason CHECK(cancel_reason in ('patient-asked', 'provider-away', 'booked-in-error', 'weather', 'other'))
) STRICT;
CREATE INDEX appointments_by_provider_start ON appointments (provider_id,starts_at);
CREATE INDEX appointments_by_room_start ON appointments (room_id,starts_at);
CREATE INDEX appointments_by_start ON appointments (starts_at);
CREATE INDEX appointments_by_patient ON appointments (patient_id,starts_at);

CREATE TABLE appointment_changes (
  id text PRIMARY KEY NOT NULL,
  appointment_id text NOT NULL,
  version integer NOT NULL,
  changed_at text NOT NULL,
  changed_by text NOT NULL,
  status text NOT NULL,
  starts_at text NOT NULL,
  ends_at text NOT NULL,
  provider_id text NOT NULL,
  room_id text,
  FOREIGN KEY (appointment_id) REFERENCES appointments(id),
  FOREIGN KEY (changed_by) REFERENCES user_accounts(id)
) STRICT;
CREATE UNIQUE INDEX appointment_changes_by_appointment ON appointment_changes (appointment_id,version);

CREATE TABLE availability_rules (
  id text PRIMARY KEY NOT NULL,
  provider_id text NOT NULL,
  weekday integer NOT NULL,
  start_min integer NOT NULL,
  end_min integer NOT NULL,
  valid_from text,
  valid_to text,
  FOREIGN KEY (provider_id) REFERENCES staff_members(id)
) STRICT;
CREATE INDEX availability_rules_by_provider ON availability_rules (provider_id,weekday);

CREATE TABLE schedule_blocks (
  id text PRIMARY KEY NOT NULL,
  provider_id text NOT NULL,
  starts_at text NOT NULL,
  ends_at text NOT NULL,
  title text NOT NULL,
  FOREIGN KEY (provider_id) REFERENCES staff_members(id)
) STRICT;
CREATE INDEX schedule_blocks_by_start ON schedule_blocks (starts_at);

-- Second line behind the rule `findConflicts`: two live appointments never share a provider's or a room's time.
-- A finished visit has left its room. No appointment is longer than a day, so the index range looks one day back at most.
CREATE TRIGGER appointments_provider_free_on_insert BEFORE INSERT ON appointments
WHEN new.status NOT IN ('cancelled', 'no-show') AND EXISTS (
  SELECT 1 FROM appointments AS other
  WHERE other.provider_id = new.provider_id AND other.id <> new.id
    AND other.starts_at < new.ends_at AND other.ends_at > new.starts_at
    AND other.starts_at > strftime('%Y-%m-%dT%H:%M:%fZ', new.starts_at, '-1 day')
    AND other.status NOT IN ('cancelled', 'no-show')
)
BEGIN SELECT raise(abort, 'SLOT_TAKEN'); END;

CREATE TRIGGER appointments_room_free_on_insert BEFORE INSERT ON appointments
WHEN new.status NOT IN ('cancelled', 'no-show', 'fulfilled') AND new.room_id IS NOT NULL AND EXISTS (
  SELECT 1 FROM appointments AS other
  WHERE other.room_id = new.room_id AND other.id <> new.id
    AND other.starts_at < new.ends_at AND other.ends_at > new.starts_at
    AND other.starts_at > strftime('%Y-%m-%dT%H:%M:%fZ', new.starts_at, '-1 day')
    AND other.status NOT IN ('cancelled', 'no-show', 'fulfilled')
)
BEGIN SELECT raise(abort, 'SLOT_TAKEN'); END;

CREATE TRIGGER appointments_provider_free_on_update BEFORE UPDATE OF provider_id, room_id, starts_at, ends_at, status ON appointments
WHEN new.status NOT IN ('cancelled', 'no-show') AND EXISTS (
  SELECT 1 FROM appointments AS other
  WHERE other.provider_id = new.provider_id AND other.id <> new.id
    AND other.starts_at < new.ends_at AND other.ends_at > new.starts_at
    AND other.starts_at > strftime('%Y-%m-%dT%H:%M:%fZ', new.starts_at, '-1 day')
    AND other.status NOT IN ('cancelled', 'no-show')
)
BEGIN SELECT raise(abort, 'SLOT_TAKEN'); END;

CREATE TRIGGER appointments_room_free_on_update BEFORE UPDATE OF provider_id, room_id, starts_at, ends_at, status ON appointments
WHEN new.status NOT IN ('cancelled', 'no-show', 'fulfilled') AND new.room_id IS NOT NULL AND EXISTS (
  SELECT 1 FROM appointments AS other
  WHERE other.room_id = new.room_id AND other.id <> new.id
    AND other.starts_at < new.ends_at AND other.ends_at > new.starts_at
    AND other.starts_at > strftime('%Y-%m-%dT%H:%M:%fZ', new.starts_at, '-1 day')
    AND other.status NOT IN ('cancelled', 'no-show', 'fulfilled')
)
BEGIN SELECT raise(abort, 'SLOT_TAKEN'); END;

CREATE TRIGGER appointments_in_order_on_insert BEFORE INSERT ON appointments WHEN new.ends_at <= new.starts_at BEGIN SELECT raise(abort, 'ENDS_BEFORE_START'); END;
CREATE TRIGGER appointments_in_order_on_update BEFORE UPDATE OF starts_at, ends_at ON appointments WHEN new.ends_at <= new.starts_at BEGIN SELECT raise(abort, 'ENDS_BEFORE_START'); END;
CREATE TRIGGER appointments_no_delete BEFORE DELETE ON appointments BEGIN SELECT raise(abort, 'APPOINTMENTS_ARE_KEPT'); END;
CREATE TRIGGER appointment_changes_no_update BEFORE UPDATE ON appointment_changes BEGIN SELECT raise(abort, 'HISTORY_IS_APPEND_ONLY'); END;
CREATE TRIGGER appointment_changes_no_delete BEFORE DELETE ON appointment_changes BEGIN SELECT raise(abort, 'HISTORY_IS_APPEND_ONLY'); END;
