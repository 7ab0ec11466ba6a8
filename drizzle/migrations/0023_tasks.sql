CREATE TABLE tasks (
  id text PRIMARY KEY NOT NULL,
  status text NOT NULL,
  urgency text NOT NULL,
  is_clinical integer NOT NULL,
  to_role text,
  to_staff_id text,
  holder_id text,
  patient_id text,
  appointment_id text,
  encounter_id text,
  due_on text NOT NULL,
  author_id text NOT NULL,
  created_at text NOT NULL,
  settled_at text,
  has_news integer NOT NULL,
  version integer NOT NULL,
  FOREIGN KEY (to_staff_id) REFERENCES staff_members(id),
  FOREIGN KEY (holder_id) REFERENCES staff_members(id),
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  FOREIGN KEY (appointment_id) REFERENCES appointments(id),
  FOREIGN KEY (encounter_id) REFERENCES encounters(id),
  FOREIGN KEY (author_id) REFERENCES user_accounts(id),
  CONSTRAINT tasks_status CHECK(status in ('open', 'taken', 'done', 'declined', 'cancelled')),
  CONSTRAINT tasks_urgency CHECK(urgency in ('normal', 'urgent')),
  CONSTRAINT tasks_to_role CHECK(to_role in ('administrator', 'doctor', 'nurse', 'receptionist', 'billing', 'pharmacist')),
  CONSTRAINT tasks_one_addressee CHECK((to_role is null) <> (to_staff_id is null)),
  CONSTRAINT tasks_clinical_has_patient CHECK(is_clinical = 0 or patient_id is not null),
  CONSTRAINT tasks_visit_is_clinical CHECK(encounter_id is null or is_clinical = 1)
) STRICT;
CREATE INDEX tasks_live_by_holder ON tasks (holder_id,due_on,id) WHERE status in ('open', 'taken');
CREATE INDEX tasks_untaken_by_role ON tasks (to_role,due_on,id) WHERE status = 'open' and holder_id is null;
CREATE INDEX tasks_live_by_due ON tasks (due_on,id) WHERE status in ('open', 'taken');
CREATE INDEX tasks_asked ON tasks (author_id,due_on,id) WHERE settled_at is null or has_news = 1;
CREATE INDEX tasks_settled ON tasks (settled_at,id) WHERE settled_at is not null;

CREATE TABLE task_steps (
  id text PRIMARY KEY NOT NULL,
  task_id text NOT NULL,
  version integer NOT NULL,
  kind text NOT NULL,
  at text NOT NULL,
  by text NOT NULL,
  to_role text,
  to_staff_id text,
  reason text,
  FOREIGN KEY (task_id) REFERENCES tasks(id),
  FOREIGN KEY (by) REFERENCES user_accounts(id),
  FOREIGN KEY (to_staff_id) REFERENCES staff_members(id),
  CONSTRAINT task_steps_kind CHECK(kind in ('added', 'taken', 'handed', 'said', 'done', 'declined', 'cancelled', 'reopened')),
  CONSTRAINT task_steps_reason CHECK(reason in ('not-mine', 'more-needed', 'not-possible', 'other'))
) STRICT;
CREATE UNIQUE INDEX task_steps_by_task ON task_steps (task_id,version);

-- Words by the id of their step. Two tables, because a table's rows go to one feed: what is of a chart reaches no front desk.
CREATE TABLE task_words (
  id text PRIMARY KEY NOT NULL,
  text text NOT NULL
) STRICT;
CREATE TABLE clinical_task_words (
  id text PRIMARY KEY NOT NULL,
  text text NOT NULL
) STRICT;

-- Who asked, what for and about whom stays as it was; what was said is never said otherwise.
CREATE TRIGGER tasks_keep_their_subject BEFORE UPDATE OF patient_id, appointment_id, encounter_id, is_clinical, author_id, created_at ON tasks
WHEN new.patient_id IS NOT old.patient_id OR new.appointment_id IS NOT old.appointment_id OR new.encounter_id IS NOT old.encounter_id
  OR new.is_clinical <> old.is_clinical OR new.author_id <> old.author_id OR new.created_at <> old.created_at
BEGIN SELECT raise(abort, 'TASKS_ARE_KEPT'); END;
CREATE TRIGGER tasks_no_delete BEFORE DELETE ON tasks BEGIN SELECT raise(abort, 'TASKS_ARE_KEPT'); END;
CREATE TRIGGER task_steps_no_update BEFORE UPDATE ON task_steps BEGIN SELECT raise(abort, 'HISTORY_IS_APPEND_ONLY'); END;
CREATE TRIGGER task_steps_no_delete BEFORE DELETE ON task_steps BEGIN SELECT raise(abort, 'HISTORY_IS_APPEND_ONLY'); END;
CREATE TRIGGER task_words_no_update BEFORE UPDATE ON task_words BEGIN SELECT raise(abort, 'HISTORY_IS_APPEND_ONLY'); END;
CREATE TRIGGER task_words_no_delete BEFORE DELETE ON task_words BEGIN SELECT raise(abort, 'HISTORY_IS_APPEND_ONLY'); END;
CREATE TRIGGER clinical_task_words_no_update BEFORE UPDATE ON clinical_task_words BEGIN SELECT raise(abort, 'HISTORY_IS_APPEND_ONLY'); END;
CREATE TRIGGER clinical_task_words_no_delete BEFORE DELETE ON clinical_task_words BEGIN SELECT raise(abort, 'HISTORY_IS_APPEND_ONLY'); END;

CREATE TABLE recall_rules (
  id text PRIMARY KEY NOT NULL,
  type_id text NOT NULL,
  months integer NOT NULL,
  is_active integer NOT NULL,
  FOREIGN KEY (type_id) REFERENCES appointment_types(id),
  CONSTRAINT recall_rules_months CHECK(months between 1 and 120)
) STRICT;

CREATE TABLE recalls (
  id text PRIMARY KEY NOT NULL,
  patient_id text NOT NULL,
  type_id text,
  reason text,
  provider_id text,
  due_on text NOT NULL,
  work_on text NOT NULL,
  status text NOT NULL,
  source_id text,
  rule_id text,
  appointment_id text,
  last_outcome text,
  last_contact_at text,
  contacts integer NOT NULL,
  created_at text NOT NULL,
  created_by text NOT NULL,
  FOREIGN KEY (patient_id) REFERENCES patients(id),
  FOREIGN KEY (type_id) REFERENCES appointment_types(id),
  FOREIGN KEY (provider_id) REFERENCES staff_members(id),
  FOREIGN KEY (source_id) REFERENCES appointments(id),
  FOREIGN KEY (rule_id) REFERENCES recall_rules(id),
  FOREIGN KEY (appointment_id) REFERENCES appointments(id),
  FOREIGN KEY (created_by) REFERENCES user_accounts(id),
  CONSTRAINT recalls_status CHECK(status in ('open', 'booked', 'kept', 'closed')),
  CONSTRAINT recalls_last_outcome CHECK(last_outcome in ('reached', 'left-message', 'no-answer', 'declined')),
  CONSTRAINT recalls_from_rule CHECK((source_id is null) = (rule_id is null))
) STRICT;
CREATE INDEX recalls_open_by_work ON recalls (work_on,id) WHERE status = 'open';
CREATE INDEX recalls_by_patient ON recalls (patient_id,status);
CREATE INDEX recalls_by_appointment ON recalls (appointment_id) WHERE appointment_id is not null;
CREATE UNIQUE INDEX recalls_of_rule ON recalls (rule_id,source_id) WHERE rule_id is not null;
-- For the rule "so many months after this visit type": finished visits of a type in a span.
CREATE INDEX appointments_kept_by_type ON appointments (type_id,starts_at) WHERE status = 'fulfilled';

CREATE TABLE recall_contacts (
  id text PRIMARY KEY NOT NULL,
  recall_id text NOT NULL,
  outcome text NOT NULL,
  at text NOT NULL,
  by text NOT NULL,
  FOREIGN KEY (recall_id) REFERENCES recalls(id),
  FOREIGN KEY (by) REFERENCES user_accounts(id),
  CONSTRAINT recall_contacts_outcome CHECK(outcome in ('reached', 'left-message', 'no-answer', 'declined'))
) STRICT;
CREATE INDEX recall_contacts_by_recall ON recall_contacts (recall_id,at);

CREATE TABLE appointment_confirmations (
  id text PRIMARY KEY NOT NULL,
  appointment_id text NOT NULL,
  starts_at text NOT NULL,
  outcome text NOT NULL,
  at text NOT NULL,
  by text NOT NULL,
  FOREIGN KEY (appointment_id) REFERENCES appointments(id),
  FOREIGN KEY (by) REFERENCES user_accounts(id),
  CONSTRAINT appointment_confirmations_outcome CHECK(outcome in ('confirmed', 'left-message', 'no-answer', 'wants-to-move'))
) STRICT;
CREATE INDEX appointment_confirmations_by_appointment ON appointment_confirmations (appointment_id,starts_at,at);

CREATE TRIGGER recalls_no_delete BEFORE DELETE ON recalls BEGIN SELECT raise(abort, 'RECALLS_ARE_KEPT'); END;
CREATE TRIGGER recall_contacts_no_update BEFORE UPDATE ON recall_contacts BEGIN SELECT raise(abort, 'HISTORY_IS_APPEND_ONLY'); END;
CREATE TRIGGER recall_contacts_no_delete BEFORE DELETE ON recall_contacts BEGIN SELECT raise(abort, 'HISTORY_IS_APPEND_ONLY'); END;
CREATE TRIGGER appointment_confirmations_no_update BEFORE UPDATE ON appointment_confirmations BEGIN SELECT raise(abort, 'HISTORY_IS_APPEND_ONLY'); END;
CREATE TRIGGER appointment_confirmations_no_delete BEFORE DELETE ON appointment_confirmations BEGIN SELECT raise(abort, 'HISTORY_IS_APPEND_ONLY'); END;

-- A recall follows its appointment, whoever books it and from whatever screen: booked closes it, finished keeps it, called off
-- opens it again. A fitting one is of the recall's visit type (any, where it names none) and still ahead when the recall was made.
CREATE TRIGGER recalls_follow_booking AFTER INSERT ON appointments WHEN new.status NOT IN ('cancelled', 'no-show', 'fulfilled')
BEGIN
  UPDATE recalls SET status = 'booked', appointment_id = new.id
  WHERE patient_id = new.patient_id AND status = 'open' AND (type_id IS NULL OR type_id = new.type_id) AND new.ends_at > created_at;
END;
CREATE TRIGGER recalls_follow_status AFTER UPDATE OF status ON appointments WHEN new.status <> old.status
BEGIN
  UPDATE recalls SET status = 'open', appointment_id = NULL
  WHERE appointment_id = new.id AND status IN ('booked', 'kept') AND new.status IN ('cancelled', 'no-show');
  UPDATE recalls SET status = 'kept' WHERE appointment_id = new.id AND status = 'booked' AND new.status = 'fulfilled';
  UPDATE recalls SET status = 'booked' WHERE appointment_id = new.id AND status = 'kept' AND new.status NOT IN ('cancelled', 'no-show', 'fulfilled');
  UPDATE recalls SET status = 'booked', appointment_id = new.id
  WHERE patient_id = new.patient_id AND status = 'open' AND (type_id IS NULL OR type_id = new.type_id) AND new.ends_at > created_at
    AND old.status IN ('cancelled', 'no-show') AND new.status NOT IN ('cancelled', 'no-show', 'fulfilled');
END;
