CREATE TABLE devices (
  id text PRIMARY KEY NOT NULL,
  name text NOT NULL,
  profile text NOT NULL,
  os text NOT NULL,
  app_version text NOT NULL,
  first_seen_at text NOT NULL,
  last_seen_at text NOT NULL,
  CONSTRAINT devices_profile CHECK(profile in ('standalone'))
) STRICT;

-- The list of machines that ever held these records (R12): an entry is renamed, never taken off.
CREATE TRIGGER devices_no_delete BEFORE DELETE ON devices BEGIN SELECT raise(abort, 'DEVICES_ARE_KEPT'); END;
CREATE TRIGGER devices_first_seen_kept BEFORE UPDATE OF id, first_seen_at ON devices BEGIN SELECT raise(abort, 'DEVICES_ARE_KEPT'); END;

-- All sessions, newest first: the list of the devices screen and of one person.
CREATE INDEX sessions_by_start ON sessions (started_at);
