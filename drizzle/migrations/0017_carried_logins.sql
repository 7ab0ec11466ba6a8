-- What a standby needs to judge everybody's password on the day it is the host.
CREATE TABLE carried_logins (
  user_id text PRIMARY KEY NOT NULL,
  login_hash text NOT NULL,
  salt text NOT NULL,
  memory_kib integer NOT NULL,
  passes integer NOT NULL,
  user_key text
) STRICT;

-- The version of the rows that the host had when it was last met: an older machine cannot take its place.
ALTER TABLE sync_context ADD COLUMN host_schema integer NOT NULL DEFAULT 0;

-- When this copy was last compared with the host's, and the tables that were not the same, as JSON.
ALTER TABLE sync_context ADD COLUMN compared_at text;
ALTER TABLE sync_context ADD COLUMN differs text NOT NULL DEFAULT '[]';
