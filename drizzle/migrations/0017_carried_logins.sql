-- What a standby needs to judge everybody's password on the day it is the host.
CREATE TABLE carried_logins (
  user_id text PRIMARY KEY NOT NULL,
  login_hash text NOT NULL,
  salt text NOT NULL,
  memory_kib integer NOT NULL,
  passes integer NOT NULL,
  user_key text
) STRICT;

-- Where a standby was last reached: whoever is about to take the host's place asks it there.
ALTER TABLE members ADD COLUMN address text;

-- The version of the rows that the host had when it was last met: an older machine cannot take its place.
ALTER TABLE sync_context ADD COLUMN host_schema integer NOT NULL DEFAULT 0;
