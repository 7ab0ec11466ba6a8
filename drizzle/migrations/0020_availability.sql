-- Visit types say what they need, appointments keep what they hold beyond their own time.
ALTER TABLE appointment_types ADD COLUMN buffer_before_min integer NOT NULL DEFAULT 0;
ALTER TABLE appointment_types ADD COLUMN buffer_after_min integer NOT NULL DEFAULT 0;
ALTER TABLE appointment_types ADD COLUMN room_kind text CONSTRAINT appointment_types_room_kind CHECK(room_kind in ('exam', 'treatment', 'lab', 'other'));
ALTER TABLE appointment_types ADD COLUMN equipment_kinds text NOT NULL DEFAULT '[]';
ALTER TABLE appointment_types ADD COLUMN colour text NOT NULL DEFAULT 'slate' CONSTRAINT appointment_types_colour CHECK(colour in ('slate', 'fjord', 'moss', 'amber', 'clay', 'heather', 'plum'));
ALTER TABLE appointment_types ADD COLUMN fee_item_id text;
ALTER TABLE appointment_types ADD COLUMN instructions text;
ALTER TABLE appointment_types ADD COLUMN is_telehealth integer NOT NULL DEFAULT 0;

ALTER TABLE appointments ADD COLUMN buffer_before_min integer NOT NULL DEFAULT 0;
ALTER TABLE appointments ADD COLUMN buffer_after_min integer NOT NULL DEFAULT 0;
ALTER TABLE appointments ADD COLUMN telehealth_url text CONSTRAINT appointments_telehealth_url CHECK(telehealth_url like 'https://%');

-- With everything that a search for free time reads, so that it never leaves the index.
DROP INDEX appointments_by_provider_start;
DROP INDEX appointments_by_room_start;
CREATE INDEX appointments_by_provider_start ON appointments (provider_id,starts_at,ends_at,status,buffer_before_min,buffer_after_min);
CREATE INDEX appointments_by_room_start ON appointments (room_id,starts_at,ends_at,status,buffer_before_min,buffer_after_min);

CREATE TABLE clinic_holidays (
  id text PRIMARY KEY NOT NULL,
  date text NOT NULL,
  name text NOT NULL
) STRICT;
CREATE UNIQUE INDEX clinic_holidays_by_date ON clinic_holidays (date);

CREATE TABLE equipment (
  id text PRIMARY KEY NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  is_active integer NOT NULL,
  sort_order integer NOT NULL,
  CONSTRAINT equipment_kind CHECK(kind in ('ecg', 'ultrasound', 'spirometer', 'infusion', 'cautery', 'imaging', 'other'))
) STRICT;

CREATE TABLE equipment_bookings (
  id text PRIMARY KEY NOT NULL,
  appointment_id text NOT NULL,
  equipment_id text NOT NULL,
  holds_from text NOT NULL,
  holds_to text NOT NULL,
  FOREIGN KEY (appointment_id) REFERENCES appointments(id),
  FOREIGN KEY (equipment_id) REFERENCES equipment(id)
) STRICT;
CREATE INDEX equipment_bookings_by_equipment ON equipment_bookings (equipment_id,holds_from);
CREATE INDEX equipment_bookings_by_appointment ON equipment_bookings (appointment_id);
CREATE INDEX equipment_bookings_by_time ON equipment_bookings (holds_from);

-- A time that has no end yet ends in the year 9999, so that one index range finds all that are not over.
CREATE TABLE resource_outages (
  id text PRIMARY KEY NOT NULL,
  room_id text,
  equipment_id text,
  starts_at text NOT NULL,
  ends_at text NOT NULL,
  reason text NOT NULL,
  FOREIGN KEY (room_id) REFERENCES rooms(id),
  FOREIGN KEY (equipment_id) REFERENCES equipment(id),
  CONSTRAINT resource_outages_of_one CHECK((room_id is null) <> (equipment_id is null)),
  CONSTRAINT resource_outages_in_order CHECK(ends_at > starts_at)
) STRICT;
CREATE INDEX resource_outages_by_end ON resource_outages (ends_at);

CREATE TABLE room_turnovers (
  id text PRIMARY KEY NOT NULL,
  room_id text NOT NULL,
  state text NOT NULL,
  marked_at text NOT NULL,
  marked_by text NOT NULL,
  FOREIGN KEY (room_id) REFERENCES rooms(id),
  FOREIGN KEY (marked_by) REFERENCES user_accounts(id),
  CONSTRAINT room_turnovers_state CHECK(state in ('clean', 'cleaning'))
) STRICT;
CREATE INDEX room_turnovers_by_room ON room_turnovers (room_id,marked_at);

CREATE TABLE shifts (
  id text PRIMARY KEY NOT NULL,
  staff_id text NOT NULL,
  date text NOT NULL,
  kind text NOT NULL,
  start_min integer NOT NULL,
  end_min integer NOT NULL,
  break_start_min integer,
  break_end_min integer,
  FOREIGN KEY (staff_id) REFERENCES staff_members(id),
  CONSTRAINT shifts_kind CHECK(kind in ('work', 'off')),
  CONSTRAINT shifts_in_order CHECK(start_min >= 0 and start_min < 1440 and end_min > start_min and end_min <= start_min + 1440)
) STRICT;
CREATE INDEX shifts_by_date ON shifts (date);
CREATE INDEX shifts_by_staff ON shifts (staff_id,date);

CREATE TABLE roster_templates (
  id text PRIMARY KEY NOT NULL,
  name text NOT NULL,
  shifts text NOT NULL
) STRICT;

CREATE TABLE leave_requests (
  id text PRIMARY KEY NOT NULL,
  staff_id text NOT NULL,
  kind text NOT NULL,
  from_on text NOT NULL,
  to_on text NOT NULL,
  note text,
  status text NOT NULL,
  requested_at text NOT NULL,
  requested_by text NOT NULL,
  decided_at text,
  decided_by text,
  FOREIGN KEY (staff_id) REFERENCES staff_members(id),
  FOREIGN KEY (requested_by) REFERENCES user_accounts(id),
  FOREIGN KEY (decided_by) REFERENCES user_accounts(id),
  CONSTRAINT leave_requests_kind CHECK(kind in ('vacation', 'sick', 'training', 'family', 'other')),
  CONSTRAINT leave_requests_status CHECK(status in ('requested', 'approved', 'declined', 'withdrawn')),
  CONSTRAINT leave_requests_in_order CHECK(to_on >= from_on)
) STRICT;
CREATE INDEX leave_requests_by_status ON leave_requests (status,to_on);
CREATE INDEX leave_requests_by_staff ON leave_requests (staff_id,to_on);

CREATE TABLE swap_requests (
  id text PRIMARY KEY NOT NULL,
  shift_id text NOT NULL,
  from_staff_id text NOT NULL,
  to_staff_id text NOT NULL,
  note text,
  status text NOT NULL,
  requested_at text NOT NULL,
  decided_at text,
  decided_by text,
  FOREIGN KEY (from_staff_id) REFERENCES staff_members(id),
  FOREIGN KEY (to_staff_id) REFERENCES staff_members(id),
  FOREIGN KEY (decided_by) REFERENCES user_accounts(id),
  CONSTRAINT swap_requests_status CHECK(status in ('asked', 'agreed', 'approved', 'declined', 'withdrawn'))
) STRICT;
CREATE INDEX swap_requests_by_status ON swap_requests (status,requested_at);

CREATE TABLE coverage_rules (
  id text PRIMARY KEY NOT NULL,
  role text NOT NULL,
  weekday integer NOT NULL,
  start_min integer NOT NULL,
  end_min integer NOT NULL,
  people_min integer NOT NULL,
  CONSTRAINT coverage_rules_in_order CHECK(weekday between 0 and 6 and end_min > start_min and people_min > 0)
) STRICT;

-- Second line behind the rules, as for providers and rooms before: what an appointment holds is its own time and the
-- buffers around it. No buffer is longer than two hours and no appointment than a day, so the index range is short.
DROP TRIGGER appointments_provider_free_on_insert;
DROP TRIGGER appointments_room_free_on_insert;
DROP TRIGGER appointments_provider_free_on_update;
DROP TRIGGER appointments_room_free_on_update;

CREATE TRIGGER appointments_provider_free_on_insert BEFORE INSERT ON appointments
WHEN new.status NOT IN ('cancelled', 'no-show') AND EXISTS (
  SELECT 1 FROM appointments AS other
  WHERE other.provider_id = new.provider_id AND other.id <> new.id
    AND other.starts_at > strftime('%Y-%m-%dT%H:%M:%fZ', new.starts_at, '-1 day')
    AND other.starts_at < strftime('%Y-%m-%dT%H:%M:%fZ', new.ends_at, '+4 hours')
    AND other.starts_at < strftime('%Y-%m-%dT%H:%M:%fZ', new.ends_at, (new.buffer_after_min + other.buffer_before_min) || ' minutes')
    AND strftime('%Y-%m-%dT%H:%M:%fZ', other.ends_at, (other.buffer_after_min + new.buffer_before_min) || ' minutes') > new.starts_at
    AND other.status NOT IN ('cancelled', 'no-show')
)
BEGIN SELECT raise(abort, 'SLOT_TAKEN'); END;

CREATE TRIGGER appointments_room_free_on_insert BEFORE INSERT ON appointments
WHEN new.status NOT IN ('cancelled', 'no-show', 'fulfilled') AND new.room_id IS NOT NULL AND EXISTS (
  SELECT 1 FROM appointments AS other
  WHERE other.room_id = new.room_id AND other.id <> new.id
    AND other.starts_at > strftime('%Y-%m-%dT%H:%M:%fZ', new.starts_at, '-1 day')
    AND other.starts_at < strftime('%Y-%m-%dT%H:%M:%fZ', new.ends_at, '+4 hours')
    AND other.starts_at < strftime('%Y-%m-%dT%H:%M:%fZ', new.ends_at, (new.buffer_after_min + other.buffer_before_min) || ' minutes')
    AND strftime('%Y-%m-%dT%H:%M:%fZ', other.ends_at, (other.buffer_after_min + new.buffer_before_min) || ' minutes') > new.starts_at
    AND other.status NOT IN ('cancelled', 'no-show', 'fulfilled')
)
BEGIN SELECT raise(abort, 'SLOT_TAKEN'); END;

CREATE TRIGGER appointments_provider_free_on_update BEFORE UPDATE OF provider_id, room_id, starts_at, ends_at, status, buffer_before_min, buffer_after_min ON appointments
WHEN new.status NOT IN ('cancelled', 'no-show') AND EXISTS (
  SELECT 1 FROM appointments AS other
  WHERE other.provider_id = new.provider_id AND other.id <> new.id
    AND other.starts_at > strftime('%Y-%m-%dT%H:%M:%fZ', new.starts_at, '-1 day')
    AND other.starts_at < strftime('%Y-%m-%dT%H:%M:%fZ', new.ends_at, '+4 hours')
    AND other.starts_at < strftime('%Y-%m-%dT%H:%M:%fZ', new.ends_at, (new.buffer_after_min + other.buffer_before_min) || ' minutes')
    AND strftime('%Y-%m-%dT%H:%M:%fZ', other.ends_at, (other.buffer_after_min + new.buffer_before_min) || ' minutes') > new.starts_at
    AND other.status NOT IN ('cancelled', 'no-show')
)
BEGIN SELECT raise(abort, 'SLOT_TAKEN'); END;

CREATE TRIGGER appointments_room_free_on_update BEFORE UPDATE OF provider_id, room_id, starts_at, ends_at, status, buffer_before_min, buffer_after_min ON appointments
WHEN new.status NOT IN ('cancelled', 'no-show', 'fulfilled') AND new.room_id IS NOT NULL AND EXISTS (
  SELECT 1 FROM appointments AS other
  WHERE other.room_id = new.room_id AND other.id <> new.id
    AND other.starts_at > strftime('%Y-%m-%dT%H:%M:%fZ', new.starts_at, '-1 day')
    AND other.starts_at < strftime('%Y-%m-%dT%H:%M:%fZ', new.ends_at, '+4 hours')
    AND other.starts_at < strftime('%Y-%m-%dT%H:%M:%fZ', new.ends_at, (new.buffer_after_min + other.buffer_before_min) || ' minutes')
    AND strftime('%Y-%m-%dT%H:%M:%fZ', other.ends_at, (other.buffer_after_min + new.buffer_before_min) || ' minutes') > new.starts_at
    AND other.status NOT IN ('cancelled', 'no-show', 'fulfilled')
)
BEGIN SELECT raise(abort, 'SLOT_TAKEN'); END;

CREATE TRIGGER equipment_bookings_free BEFORE INSERT ON equipment_bookings
WHEN EXISTS (
  SELECT 1 FROM equipment_bookings AS other
  WHERE other.equipment_id = new.equipment_id AND other.id <> new.id
    AND other.holds_from > strftime('%Y-%m-%dT%H:%M:%fZ', new.holds_from, '-1 day')
    AND other.holds_from < new.holds_to AND other.holds_to > new.holds_from
)
BEGIN SELECT raise(abort, 'SLOT_TAKEN'); END;
CREATE TRIGGER equipment_bookings_no_update BEFORE UPDATE OF equipment_id, holds_from, holds_to ON equipment_bookings BEGIN SELECT raise(abort, 'BOOKED_ANEW'); END;

-- Nobody works two shifts at once; one that goes past midnight reaches into the next day.
CREATE TRIGGER shifts_apart_on_insert BEFORE INSERT ON shifts
WHEN EXISTS (
  SELECT 1 FROM shifts AS other
  WHERE other.staff_id = new.staff_id AND other.id <> new.id AND other.date BETWEEN date(new.date, '-1 day') AND date(new.date, '+1 day')
    AND (julianday(other.date) - julianday(new.date)) * 1440 + other.start_min < new.end_min
    AND (julianday(other.date) - julianday(new.date)) * 1440 + other.end_min > new.start_min
)
BEGIN SELECT raise(abort, 'SHIFTS_OVERLAP'); END;
CREATE TRIGGER shifts_apart_on_update BEFORE UPDATE ON shifts
WHEN EXISTS (
  SELECT 1 FROM shifts AS other
  WHERE other.staff_id = new.staff_id AND other.id <> new.id AND other.date BETWEEN date(new.date, '-1 day') AND date(new.date, '+1 day')
    AND (julianday(other.date) - julianday(new.date)) * 1440 + other.start_min < new.end_min
    AND (julianday(other.date) - julianday(new.date)) * 1440 + other.end_min > new.start_min
)
BEGIN SELECT raise(abort, 'SHIFTS_OVERLAP'); END;
