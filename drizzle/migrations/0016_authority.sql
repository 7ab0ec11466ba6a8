-- Who may say who the host is: in every full copy, and opened by the printed key alone.
CREATE TABLE clinic_authority (
  id text PRIMARY KEY NOT NULL,
  ca_certificate text NOT NULL,
  sealed_ca_key text,
  root_public_key text NOT NULL,
  sealed_root_key text,
  recovery_slot text,
  CONSTRAINT clinic_authority_one CHECK(id = 'clinic')
) STRICT;

CREATE TABLE authority_keys (
  id text PRIMARY KEY NOT NULL,
  ca_key text NOT NULL,
  CONSTRAINT authority_keys_one CHECK(id = 'clinic')
) STRICT;

CREATE TABLE signing_keys (
  id text PRIMARY KEY NOT NULL,
  public_key text NOT NULL,
  private_key text NOT NULL,
  CONSTRAINT signing_keys_one CHECK(id = 'machine')
) STRICT;

CREATE TABLE member_logins (
  user_id text PRIMARY KEY NOT NULL,
  login_hash text NOT NULL,
  account_hash text NOT NULL,
  proved_at text NOT NULL
) STRICT;

ALTER TABLE sync_context ADD COLUMN standing text NOT NULL DEFAULT 'good' CONSTRAINT sync_context_standing CHECK(standing in ('good', 'needs-copy', 'fenced', 'restored', 'revoked'));
ALTER TABLE sync_context ADD COLUMN host_seen_at text;
ALTER TABLE sync_outbox ADD COLUMN is_salvaged integer NOT NULL DEFAULT 0;
ALTER TABLE series ADD COLUMN letter text NOT NULL DEFAULT '';

-- An epoch has one host for ever (I12).
CREATE TRIGGER sync_epochs_no_update BEFORE UPDATE ON sync_epochs WHEN old.host_id IS NOT new.host_id OR old.fork_tx IS NOT new.fork_tx BEGIN SELECT raise(abort, 'EPOCHS_ARE_KEPT'); END;
CREATE TRIGGER sync_epochs_no_delete BEFORE DELETE ON sync_epochs BEGIN SELECT raise(abort, 'EPOCHS_ARE_KEPT'); END;
