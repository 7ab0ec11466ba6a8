ALTER TABLE audit_events ADD COLUMN roles text;
ALTER TABLE audit_events ADD COLUMN device_id text;
ALTER TABLE audit_events ADD COLUMN reason text;
ALTER TABLE audit_events ADD COLUMN item_count integer;
ALTER TABLE audit_events ADD COLUMN item_ids text;
ALTER TABLE audit_events ADD COLUMN terms text;
ALTER TABLE audit_events ADD COLUMN before_hash text;
ALTER TABLE audit_events ADD COLUMN after_hash text;
ALTER TABLE audit_events ADD COLUMN mac blob;
CREATE INDEX audit_events_by_actor_action ON audit_events (actor_id || ' ' || action,seq);
CREATE INDEX audit_events_refused ON audit_events (seq) WHERE outcome = 'refused';
CREATE INDEX audit_events_refused_by_actor ON audit_events (actor_id,seq) WHERE outcome = 'refused';
CREATE INDEX audit_events_refused_by_action ON audit_events (action,seq) WHERE outcome = 'refused';

-- A row from before the chain gets its place in it once, and nothing else about it may change.
DROP TRIGGER audit_events_no_update;
CREATE TRIGGER audit_events_no_update BEFORE UPDATE ON audit_events
WHEN old.mac IS NOT NULL OR new.mac IS NULL OR EXISTS (SELECT 1 FROM audit_chains)
  OR old.seq IS NOT new.seq OR old.at IS NOT new.at OR old.action IS NOT new.action OR old.outcome IS NOT new.outcome
  OR old.actor_id IS NOT new.actor_id OR old.session_id IS NOT new.session_id OR old.door IS NOT new.door
  OR old.command_id IS NOT new.command_id OR old.patient_id IS NOT new.patient_id OR old.entity_id IS NOT new.entity_id
  OR old.code IS NOT new.code OR new.roles IS NOT NULL OR new.device_id IS NOT NULL OR new.reason IS NOT NULL
  OR new.item_count IS NOT NULL OR new.item_ids IS NOT NULL OR new.terms IS NOT NULL
  OR new.before_hash IS NOT NULL OR new.after_hash IS NOT NULL
BEGIN SELECT raise(abort, 'AUDIT_IS_APPEND_ONLY'); END;

CREATE TABLE audit_chains (
  id text PRIMARY KEY NOT NULL,
  created_at text NOT NULL,
  mac_key blob NOT NULL CHECK(length(mac_key) = 32),
  blind_key blob NOT NULL CHECK(length(blind_key) = 32),
  public_key blob NOT NULL,
  private_key blob NOT NULL
) STRICT;
CREATE TRIGGER audit_chains_no_update BEFORE UPDATE ON audit_chains BEGIN SELECT raise(abort, 'AUDIT_IS_APPEND_ONLY'); END;
CREATE TRIGGER audit_chains_no_delete BEFORE DELETE ON audit_chains BEGIN SELECT raise(abort, 'AUDIT_IS_APPEND_ONLY'); END;

CREATE TABLE audit_anchors (
  seq integer PRIMARY KEY NOT NULL,
  chain_id text NOT NULL,
  mac blob NOT NULL CHECK(length(mac) = 32),
  at text NOT NULL,
  signature blob NOT NULL CHECK(length(signature) = 64),
  FOREIGN KEY (chain_id) REFERENCES audit_chains(id)
) STRICT;
CREATE TRIGGER audit_anchors_no_update BEFORE UPDATE ON audit_anchors BEGIN SELECT raise(abort, 'AUDIT_IS_APPEND_ONLY'); END;
CREATE TRIGGER audit_anchors_no_delete BEFORE DELETE ON audit_anchors BEGIN SELECT raise(abort, 'AUDIT_IS_APPEND_ONLY'); END;

CREATE TABLE disclosures (
  id text PRIMARY KEY NOT NULL,
  at text NOT NULL,
  kind text NOT NULL,
  document text NOT NULL,
  document_id text,
  patient_id text,
  actor_id text NOT NULL,
  recipient text,
  purpose text,
  row_count integer NOT NULL,
  CONSTRAINT disclosures_kind CHECK(kind in ('print', 'export', 'share')),
  CONSTRAINT disclosures_row_count CHECK(row_count >= 0)
) STRICT;
CREATE INDEX disclosures_by_at ON disclosures (at,id);
CREATE INDEX disclosures_by_patient ON disclosures (patient_id,at,id);
CREATE TRIGGER disclosures_no_update BEFORE UPDATE ON disclosures BEGIN SELECT raise(abort, 'DISCLOSURE_IS_APPEND_ONLY'); END;
CREATE TRIGGER disclosures_no_delete BEFORE DELETE ON disclosures BEGIN SELECT raise(abort, 'DISCLOSURE_IS_APPEND_ONLY'); END;
