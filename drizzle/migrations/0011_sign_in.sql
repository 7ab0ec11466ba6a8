-- Two factors are asked of every new clinic; one that only looks around decides for itself.
ALTER TABLE clinic ADD COLUMN second_factor text NOT NULL DEFAULT 'required' CONSTRAINT clinic_second_factor CHECK(second_factor in ('required', 'optional'));
UPDATE clinic SET second_factor = 'optional' WHERE is_demo = 1;

-- A session is bound to its door by a token of which only the hash is kept.
ALTER TABLE sessions ADD COLUMN door_id text;
ALTER TABLE sessions ADD COLUMN token_hash text;
ALTER TABLE sessions ADD COLUMN proof text NOT NULL DEFAULT 'full' CONSTRAINT sessions_proof CHECK(proof in ('full', 'pin'));
ALTER TABLE sessions ADD COLUMN proved_at text;
ALTER TABLE sessions ADD COLUMN full_sign_in_at text;
ALTER TABLE sessions ADD COLUMN last_seen_at text;
ALTER TABLE sessions ADD COLUMN must_enrol integer NOT NULL DEFAULT 0 CONSTRAINT sessions_must_enrol CHECK(must_enrol in (0, 1));
UPDATE sessions SET proved_at = started_at, full_sign_in_at = started_at, last_seen_at = started_at;
CREATE UNIQUE INDEX sessions_by_token ON sessions (token_hash);

CREATE TABLE user_pins (
  user_id text PRIMARY KEY NOT NULL,
  hash text NOT NULL,
  salt text NOT NULL,
  fails integer NOT NULL,
  set_at text NOT NULL,
  FOREIGN KEY (user_id) REFERENCES user_accounts(id),
  CONSTRAINT user_pins_fails CHECK(fails between 0 and 5)
) STRICT;

CREATE TABLE second_factors (
  user_id text PRIMARY KEY NOT NULL,
  secret text NOT NULL,
  last_counter integer NOT NULL,
  confirmed_at text NOT NULL,
  FOREIGN KEY (user_id) REFERENCES user_accounts(id)
) STRICT;
-- A code is used once: its counter never comes again and never goes back.
CREATE TRIGGER second_factors_counter_grows BEFORE UPDATE OF last_counter ON second_factors
WHEN new.secret = old.secret AND new.last_counter <= old.last_counter BEGIN SELECT raise(abort, 'CODE_REFUSED'); END;

CREATE TABLE one_time_codes (
  user_id text NOT NULL,
  code_hash text NOT NULL,
  used_at text,
  PRIMARY KEY(user_id, code_hash),
  FOREIGN KEY (user_id) REFERENCES user_accounts(id)
) STRICT;
CREATE TRIGGER one_time_codes_used_once BEFORE UPDATE ON one_time_codes
WHEN old.used_at IS NOT NULL BEGIN SELECT raise(abort, 'CODE_REFUSED'); END;

-- The mirror of the file beside the keyring: who deletes the file gains nothing.
CREATE TABLE sign_in_attempts (
  lookup text PRIMARY KEY NOT NULL,
  fails integer NOT NULL,
  last_at_ms integer NOT NULL,
  until_ms integer NOT NULL,
  CONSTRAINT sign_in_attempts_fails CHECK(fails >= 1)
) STRICT;

-- The latest time this clinic has seen: a clock that was set back is noticed.
CREATE TABLE seen_clock (
  id integer PRIMARY KEY NOT NULL,
  seen_at text NOT NULL,
  CONSTRAINT seen_clock_one_row CHECK(id = 1)
) STRICT;
