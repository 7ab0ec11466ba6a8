CREATE TABLE stock_items (
  id text PRIMARY KEY NOT NULL,
  name text NOT NULL,
  name_key text NOT NULL,
  kind text NOT NULL,
  unit text NOT NULL,
  barcode text,
  reorder_point integer,
  par_level integer,
  is_active integer NOT NULL,
  updated_at text NOT NULL,
  CONSTRAINT stock_items_kind CHECK(kind in ('drug', 'vaccine', 'supply')),
  CONSTRAINT stock_items_levels CHECK(coalesce(reorder_point, 0) >= 0 and coalesce(par_level, 0) >= 0)
) STRICT;
CREATE UNIQUE INDEX stock_items_by_name ON stock_items (name_key);
CREATE UNIQUE INDEX stock_items_by_barcode ON stock_items (barcode) WHERE barcode is not null;

CREATE TABLE stock_places (
  id text PRIMARY KEY NOT NULL,
  name text NOT NULL,
  is_active integer NOT NULL,
  sort_order integer NOT NULL
) STRICT;

CREATE TABLE stock_lots (
  id text PRIMARY KEY NOT NULL,
  item_id text NOT NULL,
  lot_number text NOT NULL,
  expires_on text,
  created_at text NOT NULL,
  quarantined_at text,
  quarantined_by text,
  quarantine_reason text,
  FOREIGN KEY (item_id) REFERENCES stock_items(id),
  FOREIGN KEY (quarantined_by) REFERENCES user_accounts(id),
  CONSTRAINT stock_lots_quarantine_reason CHECK(quarantine_reason in ('recalled', 'temperature', 'damaged', 'in-question')),
  CONSTRAINT stock_lots_quarantine CHECK((quarantined_at is null) = (quarantine_reason is null))
) STRICT;
CREATE UNIQUE INDEX stock_lots_by_item ON stock_lots (item_id, lot_number);
CREATE INDEX stock_lots_by_number ON stock_lots (lot_number);

CREATE TABLE stock_moves (
  id text PRIMARY KEY NOT NULL,
  batch_id text NOT NULL,
  item_id text NOT NULL,
  lot_id text NOT NULL,
  place_id text NOT NULL,
  kind text NOT NULL,
  quantity integer NOT NULL,
  reason text,
  cost_cents integer,
  corrects_id text,
  moved_at text NOT NULL,
  moved_by text NOT NULL,
  FOREIGN KEY (item_id) REFERENCES stock_items(id),
  FOREIGN KEY (lot_id) REFERENCES stock_lots(id),
  FOREIGN KEY (place_id) REFERENCES stock_places(id),
  FOREIGN KEY (moved_by) REFERENCES user_accounts(id),
  CONSTRAINT stock_moves_kind CHECK(kind in ('receive', 'dispense', 'return', 'waste', 'count', 'transfer')),
  CONSTRAINT stock_moves_reason CHECK(reason in ('expired', 'damaged', 'spoiled', 'lost', 'other', 'from-patient', 'to-supplier', 'entered-in-error', 'already-counted')),
  -- What comes is positive, what goes negative; a counter-move has the other sign.
  CONSTRAINT stock_moves_sign CHECK(quantity <> 0 and (corrects_id is not null
    or (kind = 'receive' and quantity > 0) or (kind in ('dispense', 'waste') and quantity < 0) or kind in ('return', 'count', 'transfer')))
) STRICT;
CREATE INDEX stock_moves_by_batch ON stock_moves (batch_id);
CREATE INDEX stock_moves_by_item ON stock_moves (item_id, moved_at, id);
CREATE INDEX stock_moves_by_lot ON stock_moves (lot_id, place_id, quantity);
CREATE UNIQUE INDEX stock_moves_corrected_once ON stock_moves (corrects_id) WHERE corrects_id is not null;

CREATE TABLE stock_levels (
  lot_id text NOT NULL,
  place_id text NOT NULL,
  item_id text NOT NULL,
  quantity integer NOT NULL,
  PRIMARY KEY (lot_id, place_id),
  FOREIGN KEY (lot_id) REFERENCES stock_lots(id),
  FOREIGN KEY (place_id) REFERENCES stock_places(id),
  FOREIGN KEY (item_id) REFERENCES stock_items(id)
) STRICT;
CREATE INDEX stock_levels_by_item ON stock_levels (item_id, quantity, lot_id);
CREATE INDEX stock_levels_by_place ON stock_levels (place_id, quantity);
CREATE INDEX stock_levels_below_zero ON stock_levels (item_id) WHERE quantity < 0;

CREATE TABLE stock_uses (
  move_id text PRIMARY KEY NOT NULL,
  lot_id text NOT NULL,
  patient_id text NOT NULL,
  encounter_id text NOT NULL,
  used_at text NOT NULL,
  FOREIGN KEY (move_id) REFERENCES stock_moves(id),
  FOREIGN KEY (lot_id) REFERENCES stock_lots(id),
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  FOREIGN KEY (encounter_id) REFERENCES encounters(id)
) STRICT;
CREATE INDEX stock_uses_by_lot ON stock_uses (lot_id, used_at, move_id);
CREATE INDEX stock_uses_by_encounter ON stock_uses (encounter_id, used_at);
CREATE INDEX stock_uses_by_patient ON stock_uses (patient_id);

CREATE TABLE stock_counts (
  id text PRIMARY KEY NOT NULL,
  place_id text NOT NULL,
  counted_at text NOT NULL,
  counted_by text NOT NULL,
  FOREIGN KEY (place_id) REFERENCES stock_places(id),
  FOREIGN KEY (counted_by) REFERENCES user_accounts(id)
) STRICT;
CREATE INDEX stock_counts_by_place ON stock_counts (place_id, counted_at);

CREATE TABLE stock_count_lines (
  id text PRIMARY KEY NOT NULL,
  count_id text NOT NULL,
  lot_id text NOT NULL,
  place_id text NOT NULL,
  expected integer NOT NULL,
  counted integer NOT NULL,
  counted_at text NOT NULL,
  FOREIGN KEY (count_id) REFERENCES stock_counts(id),
  FOREIGN KEY (lot_id) REFERENCES stock_lots(id),
  FOREIGN KEY (place_id) REFERENCES stock_places(id)
) STRICT;
CREATE INDEX stock_count_lines_by_count ON stock_count_lines (count_id);
CREATE INDEX stock_count_lines_by_lot ON stock_count_lines (lot_id, place_id, counted_at);

-- Moves, uses and counts are only added to: what is wrong is countered by more of them.
CREATE TRIGGER stock_moves_no_update BEFORE UPDATE ON stock_moves BEGIN SELECT raise(abort, 'STOCK_IS_APPEND_ONLY'); END;
CREATE TRIGGER stock_moves_no_delete BEFORE DELETE ON stock_moves BEGIN SELECT raise(abort, 'STOCK_IS_APPEND_ONLY'); END;
CREATE TRIGGER stock_uses_no_update BEFORE UPDATE ON stock_uses BEGIN SELECT raise(abort, 'STOCK_IS_APPEND_ONLY'); END;
CREATE TRIGGER stock_uses_no_delete BEFORE DELETE ON stock_uses BEGIN SELECT raise(abort, 'STOCK_IS_APPEND_ONLY'); END;
CREATE TRIGGER stock_counts_no_update BEFORE UPDATE ON stock_counts BEGIN SELECT raise(abort, 'STOCK_IS_APPEND_ONLY'); END;
CREATE TRIGGER stock_counts_no_delete BEFORE DELETE ON stock_counts BEGIN SELECT raise(abort, 'STOCK_IS_APPEND_ONLY'); END;
CREATE TRIGGER stock_count_lines_no_update BEFORE UPDATE ON stock_count_lines BEGIN SELECT raise(abort, 'STOCK_IS_APPEND_ONLY'); END;
CREATE TRIGGER stock_count_lines_no_delete BEFORE DELETE ON stock_count_lines BEGIN SELECT raise(abort, 'STOCK_IS_APPEND_ONLY'); END;
-- What a lot is of, and when it ends, stays as it came in; items, places and lots are kept for the moves that name them.
CREATE TRIGGER stock_lots_kept BEFORE UPDATE OF item_id, lot_number, expires_on ON stock_lots BEGIN SELECT raise(abort, 'LOTS_ARE_KEPT'); END;
CREATE TRIGGER stock_lots_no_delete BEFORE DELETE ON stock_lots BEGIN SELECT raise(abort, 'LOTS_ARE_KEPT'); END;
CREATE TRIGGER stock_items_no_delete BEFORE DELETE ON stock_items BEGIN SELECT raise(abort, 'ITEMS_ARE_KEPT'); END;
CREATE TRIGGER stock_places_no_delete BEFORE DELETE ON stock_places BEGIN SELECT raise(abort, 'PLACES_ARE_KEPT'); END;

CREATE TRIGGER stock_moves_lot_of_item BEFORE INSERT ON stock_moves
WHEN NOT exists (SELECT 1 FROM stock_lots l WHERE l.id = new.lot_id AND l.item_id = new.item_id)
BEGIN SELECT raise(abort, 'LOT_OF_OTHER_ITEM'); END;

-- What is on hand is added up at the moment a move is written, so that no code can forget it.
CREATE TRIGGER stock_moves_level AFTER INSERT ON stock_moves
BEGIN
  INSERT INTO stock_levels (lot_id, place_id, item_id, quantity) VALUES (new.lot_id, new.place_id, new.item_id, new.quantity)
  ON CONFLICT (lot_id, place_id) DO UPDATE SET quantity = quantity + excluded.quantity;
END;
