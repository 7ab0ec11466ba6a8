CREATE TABLE fee_items (
  id text PRIMARY KEY NOT NULL,
  code text NOT NULL,
  label text NOT NULL,
  kind text NOT NULL,
  price_cents integer NOT NULL,
  propose_when text,
  is_active integer NOT NULL,
  updated_at text NOT NULL,
  CONSTRAINT fee_items_kind CHECK(kind in ('visit', 'procedure', 'lab', 'vaccine', 'supply', 'other')),
  CONSTRAINT fee_items_price CHECK(price_cents >= 0)
) STRICT;
CREATE UNIQUE INDEX fee_items_by_code ON fee_items (code);

CREATE TABLE invoices (
  id text PRIMARY KEY NOT NULL,
  number text NOT NULL,
  patient_id text NOT NULL,
  encounter_id text NOT NULL,
  status text NOT NULL,
  issued_at text NOT NULL,
  issued_by text NOT NULL,
  due_on text NOT NULL,
  diagnoses text NOT NULL,
  split_reason text,
  voided_at text,
  voided_by text,
  void_reason text,
  settled_at text,
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  FOREIGN KEY (encounter_id) REFERENCES encounters(id),
  FOREIGN KEY (issued_by) REFERENCES user_accounts(id),
  FOREIGN KEY (voided_by) REFERENCES user_accounts(id),
  CONSTRAINT invoices_status CHECK(status in ('issued', 'void')),
  CONSTRAINT invoices_void_reason CHECK(void_reason in ('wrong-patient', 'wrong-charges', 'duplicate', 'courtesy', 'other'))
) STRICT;
CREATE UNIQUE INDEX invoices_by_number ON invoices (number);
CREATE UNIQUE INDEX invoices_one_per_visit ON invoices (encounter_id) WHERE status = 'issued' and split_reason is null;
CREATE INDEX invoices_by_patient ON invoices (patient_id,issued_at);
CREATE INDEX invoices_by_encounter ON invoices (encounter_id);
CREATE INDEX invoices_by_issued ON invoices (issued_at,id);
CREATE INDEX invoices_open ON invoices (issued_at,id,status,settled_at) WHERE status = 'issued' and settled_at is null;

CREATE TABLE charges (
  id text PRIMARY KEY NOT NULL,
  encounter_id text NOT NULL,
  patient_id text NOT NULL,
  fee_item_id text,
  code text NOT NULL,
  label text NOT NULL,
  quantity integer NOT NULL,
  unit_price_cents integer NOT NULL,
  amount_cents integer NOT NULL,
  charged_at text NOT NULL,
  charged_by text NOT NULL,
  invoice_id text,
  removed_at text,
  removed_by text,
  FOREIGN KEY (encounter_id) REFERENCES encounters(id),
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  FOREIGN KEY (fee_item_id) REFERENCES fee_items(id),
  FOREIGN KEY (charged_by) REFERENCES user_accounts(id),
  FOREIGN KEY (invoice_id) REFERENCES invoices(id),
  FOREIGN KEY (removed_by) REFERENCES user_accounts(id),
  CONSTRAINT charges_amount CHECK(amount_cents = unit_price_cents * quantity)
) STRICT;
CREATE INDEX charges_by_encounter ON charges (encounter_id);
CREATE INDEX charges_by_invoice ON charges (invoice_id) WHERE invoice_id is not null;
CREATE INDEX charges_unbilled ON charges (encounter_id) WHERE invoice_id is null and removed_at is null;

CREATE TABLE uncharged_visits (
  encounter_id text PRIMARY KEY NOT NULL,
  FOREIGN KEY (encounter_id) REFERENCES encounters(id)
) STRICT;

CREATE TABLE invoice_lines (
  id text PRIMARY KEY NOT NULL,
  invoice_id text NOT NULL,
  charge_id text NOT NULL,
  position integer NOT NULL,
  code text NOT NULL,
  label text NOT NULL,
  quantity integer NOT NULL,
  unit_price_cents integer NOT NULL,
  amount_cents integer NOT NULL,
  FOREIGN KEY (invoice_id) REFERENCES invoices(id),
  FOREIGN KEY (charge_id) REFERENCES charges(id)
) STRICT;
CREATE INDEX invoice_lines_by_invoice ON invoice_lines (invoice_id,position);
CREATE INDEX invoice_lines_by_charge ON invoice_lines (charge_id);

CREATE TABLE payments (
  id text PRIMARY KEY NOT NULL,
  receipt_number text NOT NULL,
  patient_id text NOT NULL,
  kind text NOT NULL,
  method text NOT NULL,
  amount_cents integer NOT NULL,
  reference text,
  reason text,
  taken_at text NOT NULL,
  taken_by text NOT NULL,
  refund_of text,
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  FOREIGN KEY (taken_by) REFERENCES user_accounts(id),
  CONSTRAINT payments_kind CHECK(kind in ('payment', 'refund')),
  CONSTRAINT payments_method CHECK(method in ('cash', 'card', 'check', 'other')),
  CONSTRAINT payments_amount CHECK(amount_cents > 0)
) STRICT;
CREATE UNIQUE INDEX payments_by_receipt ON payments (receipt_number);
CREATE INDEX payments_by_patient ON payments (patient_id,taken_at);
CREATE INDEX payments_by_taken ON payments (taken_at);
CREATE INDEX payments_by_refund_of ON payments (refund_of);

CREATE TABLE payment_allocations (
  id text PRIMARY KEY NOT NULL,
  payment_id text NOT NULL,
  invoice_id text NOT NULL,
  amount_cents integer NOT NULL,
  FOREIGN KEY (payment_id) REFERENCES payments(id),
  FOREIGN KEY (invoice_id) REFERENCES invoices(id)
) STRICT;
CREATE INDEX payment_allocations_by_payment ON payment_allocations (payment_id);
CREATE INDEX payment_allocations_by_invoice ON payment_allocations (invoice_id);

CREATE TABLE ledger_entries (
  seq integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  id text NOT NULL,
  at text NOT NULL,
  patient_id text NOT NULL,
  invoice_id text,
  payment_id text,
  charge_id text,
  kind text NOT NULL,
  amount_cents integer NOT NULL,
  memo text NOT NULL,
  entered_by text NOT NULL,
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  FOREIGN KEY (invoice_id) REFERENCES invoices(id),
  FOREIGN KEY (payment_id) REFERENCES payments(id),
  FOREIGN KEY (charge_id) REFERENCES charges(id),
  FOREIGN KEY (entered_by) REFERENCES user_accounts(id),
  CONSTRAINT ledger_entries_kind CHECK(kind in ('charge', 'adjustment', 'payment', 'credit', 'refund', 'void'))
) STRICT;
CREATE UNIQUE INDEX ledger_entries_by_id ON ledger_entries (id);
CREATE INDEX ledger_entries_by_patient ON ledger_entries (patient_id,seq);
CREATE INDEX ledger_entries_by_invoice ON ledger_entries (invoice_id,seq,kind,amount_cents);
CREATE INDEX ledger_entries_by_time ON ledger_entries (at);

CREATE TABLE page_prints (
  id text PRIMARY KEY NOT NULL,
  document text NOT NULL,
  document_id text NOT NULL,
  medium text NOT NULL,
  printed_at text NOT NULL,
  printed_by text NOT NULL,
  FOREIGN KEY (printed_by) REFERENCES user_accounts(id),
  CONSTRAINT page_prints_document CHECK(document in ('invoice', 'receipt')),
  CONSTRAINT page_prints_medium CHECK(medium in ('paper', 'pdf'))
) STRICT;
CREATE INDEX page_prints_by_document ON page_prints (document_id);

-- Money is only ever added to.
CREATE TRIGGER ledger_entries_no_update BEFORE UPDATE ON ledger_entries BEGIN SELECT raise(abort, 'LEDGER_IS_APPEND_ONLY'); END;
CREATE TRIGGER ledger_entries_no_delete BEFORE DELETE ON ledger_entries BEGIN SELECT raise(abort, 'LEDGER_IS_APPEND_ONLY'); END;
CREATE TRIGGER invoice_lines_no_update BEFORE UPDATE ON invoice_lines BEGIN SELECT raise(abort, 'LEDGER_IS_APPEND_ONLY'); END;
CREATE TRIGGER invoice_lines_no_delete BEFORE DELETE ON invoice_lines BEGIN SELECT raise(abort, 'LEDGER_IS_APPEND_ONLY'); END;
CREATE TRIGGER payments_no_update BEFORE UPDATE ON payments BEGIN SELECT raise(abort, 'LEDGER_IS_APPEND_ONLY'); END;
CREATE TRIGGER payments_no_delete BEFORE DELETE ON payments BEGIN SELECT raise(abort, 'LEDGER_IS_APPEND_ONLY'); END;
CREATE TRIGGER payment_allocations_no_update BEFORE UPDATE ON payment_allocations BEGIN SELECT raise(abort, 'LEDGER_IS_APPEND_ONLY'); END;
CREATE TRIGGER payment_allocations_no_delete BEFORE DELETE ON payment_allocations BEGIN SELECT raise(abort, 'LEDGER_IS_APPEND_ONLY'); END;
CREATE TRIGGER invoices_no_delete BEFORE DELETE ON invoices BEGIN SELECT raise(abort, 'INVOICES_ARE_KEPT'); END;
CREATE TRIGGER invoices_number_kept BEFORE UPDATE OF number, patient_id, encounter_id, issued_at, issued_by, due_on, diagnoses, split_reason ON invoices BEGIN SELECT raise(abort, 'INVOICES_ARE_KEPT'); END;
CREATE TRIGGER charges_no_delete BEFORE DELETE ON charges BEGIN SELECT raise(abort, 'CHARGES_ARE_KEPT'); END;
CREATE TRIGGER invoices_void_stays BEFORE UPDATE OF status ON invoices WHEN old.status = 'void' BEGIN SELECT raise(abort, 'INVOICE_VOID'); END;
CREATE TRIGGER charges_amount_kept BEFORE UPDATE OF code, label, quantity, unit_price_cents, amount_cents, patient_id, encounter_id ON charges BEGIN SELECT raise(abort, 'CHARGES_ARE_KEPT'); END;
CREATE TRIGGER page_prints_no_update BEFORE UPDATE ON page_prints BEGIN SELECT raise(abort, 'LEDGER_IS_APPEND_ONLY'); END;
CREATE TRIGGER page_prints_no_delete BEFORE DELETE ON page_prints BEGIN SELECT raise(abort, 'LEDGER_IS_APPEND_ONLY'); END;

-- Second line behind the rule: a charge stands on one live invoice at most, whatever the split.
CREATE TRIGGER invoice_lines_billed_once BEFORE INSERT ON invoice_lines
WHEN exists (SELECT 1 FROM invoice_lines l JOIN invoices i ON i.id = l.invoice_id WHERE l.charge_id = new.charge_id AND i.status = 'issued')
BEGIN SELECT raise(abort, 'CHARGE_BILLED'); END;

-- Which invoices are still open is read off the ledger at the moment it grows, so that no code can forget it.
CREATE TRIGGER ledger_entries_settle AFTER INSERT ON ledger_entries WHEN new.invoice_id IS NOT NULL
BEGIN
  UPDATE invoices SET settled_at = CASE
    WHEN (SELECT sum(amount_cents) FROM ledger_entries WHERE invoice_id = new.invoice_id) > 0 THEN NULL
    ELSE coalesce(settled_at, new.at) END
  WHERE id = new.invoice_id;
END;

-- A visit from an appointment waits for charges until it has one, also when the last one was taken off again.
-- Imported visits have no appointment and are nobody's bill.
INSERT INTO uncharged_visits (encounter_id) SELECT id FROM encounters WHERE appointment_id IS NOT NULL;
CREATE TRIGGER encounters_wait_for_charges AFTER INSERT ON encounters WHEN new.appointment_id IS NOT NULL
BEGIN INSERT INTO uncharged_visits (encounter_id) VALUES (new.id); END;
CREATE TRIGGER charges_end_the_wait AFTER INSERT ON charges
BEGIN DELETE FROM uncharged_visits WHERE encounter_id = new.encounter_id; END;
CREATE TRIGGER charges_removed_wait_again AFTER UPDATE OF removed_at ON charges
WHEN new.removed_at IS NOT NULL
  AND NOT exists (SELECT 1 FROM charges c WHERE c.encounter_id = new.encounter_id AND c.removed_at IS NULL)
  AND exists (SELECT 1 FROM encounters e WHERE e.id = new.encounter_id AND e.appointment_id IS NOT NULL)
BEGIN INSERT OR IGNORE INTO uncharged_visits (encounter_id) VALUES (new.encounter_id); END;
