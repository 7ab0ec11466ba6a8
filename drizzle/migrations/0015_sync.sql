CREATE TABLE sync_context (
  id integer PRIMARY KEY NOT NULL,
  role text NOT NULL,
  mode integer NOT NULL,
  profile text,
  epoch integer NOT NULL,
  next_tx integer NOT NULL,
  cursor integer NOT NULL,
  chains text NOT NULL,
  next_seq integer NOT NULL,
  durable_tx integer NOT NULL,
  sent_event integer NOT NULL,
  host_name text,
  has_unknown_rows integer NOT NULL,
  CONSTRAINT sync_context_one CHECK(id = 1),
  CONSTRAINT sync_context_role CHECK(role in ('alone', 'host', 'member')),
  CONSTRAINT sync_context_profile CHECK(profile in ('front-desk', 'clinical', 'standby')),
  CONSTRAINT sync_context_mode CHECK(mode between 0 and 3)
) STRICT;
INSERT INTO sync_context VALUES (1, 'alone', 0, NULL, 0, 1, 0, '{}', 1, 0, 0, NULL, 0);

CREATE TABLE sync_feed (
  seq integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  tx integer NOT NULL,
  scope text NOT NULL,
  table_name text NOT NULL,
  pk text NOT NULL,
  op text NOT NULL,
  data text,
  CONSTRAINT sync_feed_scope CHECK(scope in ('admin', 'clinical', 'host')),
  CONSTRAINT sync_feed_op CHECK(op in ('put', 'delete'))
) STRICT;
CREATE INDEX sync_feed_by_tx ON sync_feed (tx,seq);

CREATE TABLE sync_feed_tx (
  tx integer PRIMARY KEY NOT NULL,
  at text NOT NULL,
  epoch integer NOT NULL,
  chains text NOT NULL
) STRICT;

CREATE TABLE sync_applied (
  device_id text NOT NULL,
  seq integer NOT NULL,
  cid text NOT NULL,
  name text NOT NULL,
  version integer NOT NULL,
  input text NOT NULL,
  actor_id text NOT NULL,
  session_id text NOT NULL,
  proof text NOT NULL,
  at text NOT NULL,
  outcome text NOT NULL,
  feed_to integer NOT NULL,
  applied_at text NOT NULL,
  epoch integer NOT NULL,
  PRIMARY KEY (device_id, seq)
) STRICT;
CREATE UNIQUE INDEX sync_applied_by_cid ON sync_applied (cid);
CREATE INDEX sync_applied_by_feed ON sync_applied (device_id,feed_to);

CREATE TABLE sync_outbox (
  seq integer PRIMARY KEY NOT NULL,
  cid text NOT NULL,
  name text NOT NULL,
  version integer NOT NULL,
  input text NOT NULL,
  actor_id text NOT NULL,
  session_id text NOT NULL,
  proof text NOT NULL,
  at text NOT NULL,
  epoch integer NOT NULL,
  state text NOT NULL,
  doubt text,
  outcome text,
  feed_to integer,
  archived_at text,
  CONSTRAINT sync_outbox_state CHECK(state in ('pending', 'archived'))
) STRICT;
CREATE UNIQUE INDEX sync_outbox_by_cid ON sync_outbox (cid);
CREATE INDEX sync_outbox_pending ON sync_outbox (seq) WHERE state = 'pending';
CREATE INDEX sync_outbox_archived ON sync_outbox (feed_to) WHERE state = 'archived';

CREATE TABLE sync_undo (
  id integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  seq integer NOT NULL,
  table_name text NOT NULL,
  pk text NOT NULL,
  op text NOT NULL,
  before text,
  CONSTRAINT sync_undo_op CHECK(op in ('insert', 'update', 'delete'))
) STRICT;

CREATE TABLE sync_attention (
  id text PRIMARY KEY NOT NULL,
  kind text NOT NULL,
  cid text NOT NULL,
  name text NOT NULL,
  input text NOT NULL,
  actor_id text NOT NULL,
  done_at text NOT NULL,
  code text NOT NULL,
  data text NOT NULL,
  refused_at text NOT NULL,
  device_id text,
  settled_at text,
  settled_by text,
  settled_how text,
  CONSTRAINT sync_attention_kind CHECK(kind in ('refused', 'quarantined', 'merged', 'salvaged'))
) STRICT;
CREATE INDEX sync_attention_open ON sync_attention (refused_at) WHERE settled_at is null;

CREATE TABLE members (
  id text PRIMARY KEY NOT NULL,
  name text NOT NULL,
  os text NOT NULL,
  app_version text NOT NULL,
  profile text NOT NULL,
  fingerprint text NOT NULL,
  next_fingerprint text,
  paired_at text NOT NULL,
  revoked_at text,
  revoke_reason text,
  last_seq integer NOT NULL,
  last_event integer NOT NULL,
  cursor integer NOT NULL,
  unsent integer NOT NULL,
  unsent_since text,
  attention integer NOT NULL,
  last_seen_at text NOT NULL,
  CONSTRAINT members_profile CHECK(profile in ('front-desk', 'clinical', 'standby'))
) STRICT;
CREATE UNIQUE INDEX members_by_fingerprint ON members (fingerprint);
CREATE UNIQUE INDEX members_by_next_fingerprint ON members (next_fingerprint) WHERE next_fingerprint is not null;

CREATE TABLE member_people (
  device_id text NOT NULL,
  user_id text NOT NULL,
  login_hash text NOT NULL,
  since text NOT NULL,
  PRIMARY KEY (device_id, user_id)
) STRICT;

CREATE TABLE sync_epochs (
  epoch integer PRIMARY KEY NOT NULL,
  host_id text NOT NULL,
  fork_tx integer NOT NULL,
  started_at text NOT NULL,
  certificate text NOT NULL
) STRICT;

-- The feed, its seals and the outcomes of commands are what every machine's copy is made of: nothing in them changes (I2, I4).
CREATE TRIGGER sync_feed_no_update BEFORE UPDATE ON sync_feed BEGIN SELECT raise(abort, 'FEED_IS_APPEND_ONLY'); END;
CREATE TRIGGER sync_feed_tx_no_update BEFORE UPDATE ON sync_feed_tx BEGIN SELECT raise(abort, 'FEED_IS_APPEND_ONLY'); END;
CREATE TRIGGER sync_applied_no_update BEFORE UPDATE ON sync_applied BEGIN SELECT raise(abort, 'FEED_IS_APPEND_ONLY'); END;
CREATE TRIGGER sync_applied_no_delete BEFORE DELETE ON sync_applied BEGIN SELECT raise(abort, 'FEED_IS_APPEND_ONLY'); END;
-- A command that is not confirmed is nobody's to delete, nor is one whose outcome only this machine and the host know (I1).
CREATE TRIGGER sync_outbox_no_delete BEFORE DELETE ON sync_outbox WHEN old.state = 'pending' OR old.feed_to IS NULL OR old.feed_to > (SELECT durable_tx FROM sync_context) BEGIN SELECT raise(abort, 'OUTBOX_IS_KEPT'); END;
CREATE TRIGGER sync_outbox_facts_kept BEFORE UPDATE OF seq, cid, name, version, input, actor_id, session_id, proof, at ON sync_outbox BEGIN SELECT raise(abort, 'OUTBOX_IS_KEPT'); END;
CREATE TRIGGER sync_attention_no_delete BEFORE DELETE ON sync_attention BEGIN SELECT raise(abort, 'ATTENTION_IS_KEPT'); END;
-- Once revoked, a machine does not come back under the same name; it is paired anew.
CREATE TRIGGER members_revoked_stays BEFORE UPDATE OF revoked_at ON members WHEN old.revoked_at IS NOT NULL BEGIN SELECT raise(abort, 'MEMBER_IS_REVOKED'); END;
CREATE TRIGGER members_no_delete BEFORE DELETE ON members BEGIN SELECT raise(abort, 'MEMBERS_ARE_KEPT'); END;

-- A member takes back a registration that the host has not confirmed yet, to do it again on newer rows.
CREATE TRIGGER patient_search_delete AFTER DELETE ON patients BEGIN DELETE FROM patient_search WHERE rowid = old.mrn; END;
