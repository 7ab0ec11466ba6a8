CREATE TABLE audit_events (
  seq integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  at text NOT NULL,
  action text NOT NULL,
  outcome text NOT NULL,
  actor_id text,
  session_id text,
  door text NOT NULL,
  command_id text,
  patient_id text,
  entity_id text,
  code text,
  CONSTRAINT audit_events_outcome CHECK(outcome in ('done', 'seen', 'refused'))
) STRICT;
CREATE INDEX audit_events_by_patient ON audit_events (patient_id,seq);
CREATE INDEX audit_events_by_actor ON audit_events (actor_id,seq);
CREATE INDEX audit_events_by_action ON audit_events (action,seq);

CREATE TRIGGER audit_events_no_update BEFORE UPDATE ON audit_events BEGIN SELECT raise(abort, 'AUDIT_IS_APPEND_ONLY'); END;
CREATE TRIGGER audit_events_no_delete BEFORE DELETE ON audit_events BEGIN SELECT raise(abort, 'AUDIT_IS_APPEND_ONLY'); END;
