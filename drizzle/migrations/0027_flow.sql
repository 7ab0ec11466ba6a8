-- A visit that is done has not left yet: the desk says when. Of days before this step nothing is said, and nobody asks.
ALTER TABLE appointments ADD COLUMN left_at text;
ALTER TABLE appointment_changes ADD COLUMN left_at text;

-- One row for the clinic; without it the usual settings count.
CREATE TABLE flow_settings (
  id text PRIMARY KEY NOT NULL,
  amber_min integer NOT NULL,
  red_min integer NOT NULL,
  display_shows text NOT NULL,
  has_chime integer NOT NULL,
  CONSTRAINT flow_settings_shows CHECK(display_shows in ('number', 'initials')),
  CONSTRAINT flow_settings_in_order CHECK(amber_min > 0 and amber_min < red_min)
) STRICT;

-- Each machine gives numbers under a letter of its own, so that two which cannot hear each other never give the same one.
CREATE TABLE queue_letters (
  device_id text PRIMARY KEY NOT NULL,
  letter text NOT NULL
) STRICT;
CREATE UNIQUE INDEX queue_letters_once ON queue_letters (letter);

CREATE TABLE queue_tickets (
  id text PRIMARY KEY NOT NULL,
  appointment_id text NOT NULL,
  day text NOT NULL,
  letter text NOT NULL,
  number integer NOT NULL,
  given_at text NOT NULL,
  given_by text NOT NULL,
  FOREIGN KEY (appointment_id) REFERENCES appointments(id),
  FOREIGN KEY (given_by) REFERENCES user_accounts(id),
  CONSTRAINT queue_tickets_number CHECK(number > 0)
) STRICT;
CREATE UNIQUE INDEX queue_tickets_by_number ON queue_tickets (day,letter,number);
CREATE UNIQUE INDEX queue_tickets_by_appointment ON queue_tickets (appointment_id);

-- What the waiting room is told: no patient, no name, nothing to look one up by but the number on the slip.
CREATE TABLE queue_calls (
  id text PRIMARY KEY NOT NULL,
  appointment_id text NOT NULL,
  room_id text NOT NULL,
  code text NOT NULL,
  initials text NOT NULL,
  called_at text NOT NULL,
  called_by text NOT NULL,
  FOREIGN KEY (appointment_id) REFERENCES appointments(id),
  FOREIGN KEY (room_id) REFERENCES rooms(id),
  FOREIGN KEY (called_by) REFERENCES user_accounts(id)
) STRICT;
CREATE INDEX queue_calls_by_time ON queue_calls (called_at);
