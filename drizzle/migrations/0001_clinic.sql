CREATE TABLE clinic (
  id text PRIMARY KEY NOT NULL,
  name text NOT NULL,
  time_zone text NOT NULL,
  currency text NOT NULL,
  address_line1 text,
  address_line2 text,
  city text,
  state text,
  postal_code text,
  phone text,
  paper text NOT NULL,
  invoice_prefix text NOT NULL,
  is_demo integer NOT NULL,
  created_at text NOT NULL,
  CONSTRAINT clinic_paper CHECK(paper in ('letter', 'a4'))
) STRICT;

CREATE TABLE series (
  name text PRIMARY KEY NOT NULL,
  next integer NOT NULL
) STRICT;

CREATE TABLE staff_members (
  id text PRIMARY KEY NOT NULL,
  family_name text NOT NULL,
  given_name text NOT NULL,
  credentials text,
  title text,
  npi text,
  is_provider integer NOT NULL,
  is_active integer NOT NULL,
  sort_order integer NOT NULL,
  created_at text NOT NULL
) STRICT;

CREATE TABLE user_accounts (
  id text PRIMARY KEY NOT NULL,
  staff_id text NOT NULL,
  user_name text NOT NULL,
  login_hash text NOT NULL,
  disabled_at text,
  created_at text NOT NULL,
  FOREIGN KEY (staff_id) REFERENCES staff_members(id)
) STRICT;
CREATE UNIQUE INDEX user_accounts_by_user_name ON user_accounts (user_name);

CREATE TABLE user_roles (
  user_id text NOT NULL,
  role text NOT NULL,
  PRIMARY KEY(user_id, role),
  FOREIGN KEY (user_id) REFERENCES user_accounts(id),
  CONSTRAINT user_roles_role CHECK(role in ('administrator', 'doctor', 'nurse', 'receptionist', 'billing', 'pharmacist'))
) STRICT;

CREATE TABLE sessions (
  id text PRIMARY KEY NOT NULL,
  user_id text NOT NULL,
  door text NOT NULL,
  started_at text NOT NULL,
  locked_at text,
  ended_at text,
  FOREIGN KEY (user_id) REFERENCES user_accounts(id)
) STRICT;
CREATE INDEX sessions_by_user ON sessions (user_id,started_at);

CREATE TABLE rooms (
  id text PRIMARY KEY NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  sort_order integer NOT NULL,
  is_active integer NOT NULL,
  CONSTRAINT rooms_kind CHECK(kind in ('exam', 'treatment', 'lab', 'other'))
) STRICT;
