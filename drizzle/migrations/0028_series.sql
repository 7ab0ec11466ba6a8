-- Visits that belong together: the dates of a series, and those who share one time of a group visit.
CREATE TABLE appointment_series (
  id text PRIMARY KEY NOT NULL,
  patient_id text NOT NULL,
  pattern text NOT NULL,
  visits integer NOT NULL,
  created_at text NOT NULL,
  created_by text NOT NULL,
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  FOREIGN KEY (created_by) REFERENCES user_accounts(id),
  CONSTRAINT appointment_series_visits CHECK(visits >= 1)
) STRICT;
CREATE INDEX appointment_series_by_patient ON appointment_series (patient_id);

ALTER TABLE appointment_types ADD COLUMN capacity integer NOT NULL DEFAULT 1 CONSTRAINT appointment_types_capacity CHECK(capacity between 1 and 30);
ALTER TABLE appointment_types ADD COLUMN telehealth_base text CONSTRAINT appointment_types_telehealth_base CHECK(telehealth_base like 'https://%');

ALTER TABLE appointments ADD COLUMN series_id text REFERENCES appointment_series(id);
ALTER TABLE appointments ADD COLUMN series_place integer CONSTRAINT appointments_series_place CHECK((series_id is null) = (series_place is null));
ALTER TABLE appointments ADD COLUMN capacity integer NOT NULL DEFAULT 1;
CREATE INDEX appointments_by_series ON appointments (series_id,series_place) WHERE series_id IS NOT NULL;

-- Those of one group visit (the same type, provider, beginning and end, and more than one place) share its time and its room.
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
    AND NOT (new.capacity > 1 AND other.capacity > 1 AND other.type_id IS NOT NULL AND other.type_id IS new.type_id
      AND other.provider_id = new.provider_id AND other.starts_at = new.starts_at AND other.ends_at = new.ends_at)
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
    AND NOT (new.capacity > 1 AND other.capacity > 1 AND other.type_id IS NOT NULL AND other.type_id IS new.type_id
      AND other.provider_id = new.provider_id AND other.starts_at = new.starts_at AND other.ends_at = new.ends_at)
)
BEGIN SELECT raise(abort, 'SLOT_TAKEN'); END;

CREATE TRIGGER appointments_provider_free_on_update BEFORE UPDATE OF provider_id, room_id, starts_at, ends_at, status, buffer_before_min, buffer_after_min, type_id, capacity ON appointments
WHEN new.status NOT IN ('cancelled', 'no-show') AND EXISTS (
  SELECT 1 FROM appointments AS other
  WHERE other.provider_id = new.provider_id AND other.id <> new.id
    AND other.starts_at > strftime('%Y-%m-%dT%H:%M:%fZ', new.starts_at, '-1 day')
    AND other.starts_at < strftime('%Y-%m-%dT%H:%M:%fZ', new.ends_at, '+4 hours')
    AND other.starts_at < strftime('%Y-%m-%dT%H:%M:%fZ', new.ends_at, (new.buffer_after_min + other.buffer_before_min) || ' minutes')
    AND strftime('%Y-%m-%dT%H:%M:%fZ', other.ends_at, (other.buffer_after_min + new.buffer_before_min) || ' minutes') > new.starts_at
    AND other.status NOT IN ('cancelled', 'no-show')
    AND NOT (new.capacity > 1 AND other.capacity > 1 AND other.type_id IS NOT NULL AND other.type_id IS new.type_id
      AND other.provider_id = new.provider_id AND other.starts_at = new.starts_at AND other.ends_at = new.ends_at)
)
BEGIN SELECT raise(abort, 'SLOT_TAKEN'); END;

CREATE TRIGGER appointments_room_free_on_update BEFORE UPDATE OF provider_id, room_id, starts_at, ends_at, status, buffer_before_min, buffer_after_min, type_id, capacity ON appointments
WHEN new.status NOT IN ('cancelled', 'no-show', 'fulfilled') AND new.room_id IS NOT NULL AND EXISTS (
  SELECT 1 FROM appointments AS other
  WHERE other.room_id = new.room_id AND other.id <> new.id
    AND other.starts_at > strftime('%Y-%m-%dT%H:%M:%fZ', new.starts_at, '-1 day')
    AND other.starts_at < strftime('%Y-%m-%dT%H:%M:%fZ', new.ends_at, '+4 hours')
    AND other.starts_at < strftime('%Y-%m-%dT%H:%M:%fZ', new.ends_at, (new.buffer_after_min + other.buffer_before_min) || ' minutes')
    AND strftime('%Y-%m-%dT%H:%M:%fZ', other.ends_at, (other.buffer_after_min + new.buffer_before_min) || ' minutes') > new.starts_at
    AND other.status NOT IN ('cancelled', 'no-show', 'fulfilled')
    AND NOT (new.capacity > 1 AND other.capacity > 1 AND other.type_id IS NOT NULL AND other.type_id IS new.type_id
      AND other.provider_id = new.provider_id AND other.starts_at = new.starts_at AND other.ends_at = new.ends_at)
)
BEGIN SELECT raise(abort, 'SLOT_TAKEN'); END;

CREATE TRIGGER appointments_group_has_places_on_insert BEFORE INSERT ON appointments
WHEN new.capacity > 1 AND new.status NOT IN ('cancelled', 'no-show') AND new.capacity <= (
  SELECT count(*) FROM appointments AS other
  WHERE other.provider_id = new.provider_id AND other.starts_at = new.starts_at AND other.ends_at = new.ends_at AND other.id <> new.id
    AND other.status NOT IN ('cancelled', 'no-show')
)
BEGIN SELECT raise(abort, 'SLOT_TAKEN'); END;
CREATE TRIGGER appointments_group_has_places_on_update BEFORE UPDATE OF provider_id, starts_at, ends_at, status, type_id, capacity ON appointments
WHEN new.capacity > 1 AND new.status NOT IN ('cancelled', 'no-show') AND new.capacity <= (
  SELECT count(*) FROM appointments AS other
  WHERE other.provider_id = new.provider_id AND other.starts_at = new.starts_at AND other.ends_at = new.ends_at AND other.id <> new.id
    AND other.status NOT IN ('cancelled', 'no-show')
)
BEGIN SELECT raise(abort, 'SLOT_TAKEN'); END;
