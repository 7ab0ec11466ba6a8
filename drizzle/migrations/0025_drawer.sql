-- The drawer is counted against the ledger. What was taken before this release is in no drawer.
CREATE TABLE drawer_closes (
  id text PRIMARY KEY NOT NULL,
  -- One more than the close before it: two people who close the same drawer cannot both be right.
  number integer NOT NULL,
  closed_at text NOT NULL,
  closed_by text NOT NULL,
  float_cents integer NOT NULL,
  cash_in_cents integer NOT NULL,
  cash_out_cents integer NOT NULL,
  counted_cents integer NOT NULL,
  left_cents integer NOT NULL,
  reason text,
  FOREIGN KEY (closed_by) REFERENCES user_accounts(id),
  CONSTRAINT drawer_closes_amounts CHECK(float_cents >= 0 and cash_in_cents >= 0 and cash_out_cents >= 0 and counted_cents >= 0),
  CONSTRAINT drawer_closes_left CHECK(left_cents between 0 and counted_cents),
  CONSTRAINT drawer_closes_reason CHECK(reason is not null or counted_cents = float_cents + cash_in_cents - cash_out_cents)
) STRICT;
CREATE UNIQUE INDEX drawer_closes_by_number ON drawer_closes (number);

CREATE TABLE drawer_close_payments (
  payment_id text PRIMARY KEY NOT NULL,
  close_id text NOT NULL,
  FOREIGN KEY (payment_id) REFERENCES payments(id),
  FOREIGN KEY (close_id) REFERENCES drawer_closes(id)
) STRICT;
CREATE INDEX drawer_close_payments_by_close ON drawer_close_payments (close_id);

CREATE TABLE undrawered_payments (
  payment_id text PRIMARY KEY NOT NULL,
  FOREIGN KEY (payment_id) REFERENCES payments(id)
) STRICT;
CREATE TRIGGER payments_wait_for_the_close AFTER INSERT ON payments
BEGIN INSERT INTO undrawered_payments (payment_id) VALUES (new.id); END;
CREATE TRIGGER drawer_close_ends_the_wait AFTER INSERT ON drawer_close_payments
BEGIN DELETE FROM undrawered_payments WHERE payment_id = new.payment_id; END;

-- A day that was closed stays as it was counted.
CREATE TRIGGER drawer_closes_no_update BEFORE UPDATE ON drawer_closes BEGIN SELECT raise(abort, 'LEDGER_IS_APPEND_ONLY'); END;
CREATE TRIGGER drawer_closes_no_delete BEFORE DELETE ON drawer_closes BEGIN SELECT raise(abort, 'LEDGER_IS_APPEND_ONLY'); END;
CREATE TRIGGER drawer_close_payments_no_update BEFORE UPDATE ON drawer_close_payments BEGIN SELECT raise(abort, 'LEDGER_IS_APPEND_ONLY'); END;
CREATE TRIGGER drawer_close_payments_no_delete BEFORE DELETE ON drawer_close_payments BEGIN SELECT raise(abort, 'LEDGER_IS_APPEND_ONLY'); END;
