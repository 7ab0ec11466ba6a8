-- Who was let in anew by whom: for a while that person is no second person of theirs.
ALTER TABLE user_accounts ADD COLUMN reset_by text REFERENCES user_accounts(id);
ALTER TABLE user_accounts ADD COLUMN reset_at text;

CREATE TABLE approvals (
  id text PRIMARY KEY NOT NULL,
  procedure text NOT NULL,
  input text NOT NULL,
  reason text NOT NULL,
  status text NOT NULL,
  requested_by text NOT NULL,
  requested_at text NOT NULL,
  expires_at text NOT NULL,
  decided_by text,
  decided_at text,
  decline_reason text,
  refused_code text,
  reviewed_by text,
  reviewed_at text,
  FOREIGN KEY (requested_by) REFERENCES user_accounts(id),
  FOREIGN KEY (decided_by) REFERENCES user_accounts(id),
  FOREIGN KEY (reviewed_by) REFERENCES user_accounts(id),
  CONSTRAINT approvals_status CHECK(status in ('open', 'done', 'permitted', 'used', 'declined', 'withdrawn', 'alone')),
  CONSTRAINT approvals_two_people CHECK(decided_by is null or decided_by <> requested_by),
  CONSTRAINT approvals_decided CHECK(status not in ('done', 'permitted', 'used', 'declined') or (decided_by is not null and decided_at is not null))
) STRICT;
CREATE INDEX approvals_by_status ON approvals (status,requested_at);
CREATE INDEX approvals_by_requester ON approvals (requested_by,requested_at);

-- Who asked for what, who said yes and when is evidence: it is added to once and never rewritten.
CREATE TRIGGER approvals_no_delete BEFORE DELETE ON approvals BEGIN SELECT raise(abort, 'APPROVALS_ARE_KEPT'); END;
CREATE TRIGGER approvals_request_kept BEFORE UPDATE OF id, procedure, input, reason, requested_by, requested_at ON approvals BEGIN SELECT raise(abort, 'APPROVALS_ARE_KEPT'); END;
CREATE TRIGGER approvals_own_request BEFORE UPDATE OF decided_by ON approvals WHEN new.decided_by = old.requested_by BEGIN SELECT raise(abort, 'OWN_REQUEST'); END;
CREATE TRIGGER approvals_settled_stays BEFORE UPDATE OF status, decided_by, decided_at ON approvals
WHEN old.status <> 'open' AND NOT (old.status = 'permitted' AND new.status = 'used' AND new.decided_by = old.decided_by)
BEGIN SELECT raise(abort, 'APPROVAL_SETTLED'); END;

-- Second line behind the rule: somebody who can let others in is always left, whatever way an account or role is lost.
CREATE TRIGGER user_roles_keep_administrator BEFORE DELETE ON user_roles
WHEN old.role = 'administrator'
  AND exists (SELECT 1 FROM user_accounts a WHERE a.id = old.user_id AND a.disabled_at IS NULL)
  AND NOT exists (SELECT 1 FROM user_roles r JOIN user_accounts a ON a.id = r.user_id WHERE r.role = 'administrator' AND a.disabled_at IS NULL AND a.id <> old.user_id)
BEGIN SELECT raise(abort, 'LAST_ADMINISTRATOR'); END;
CREATE TRIGGER user_roles_are_replaced_by_rows BEFORE UPDATE ON user_roles BEGIN SELECT raise(abort, 'ROLES_ARE_ADDED_AND_REMOVED'); END;
CREATE TRIGGER user_accounts_keep_administrator BEFORE UPDATE OF disabled_at ON user_accounts
WHEN old.disabled_at IS NULL AND new.disabled_at IS NOT NULL
  AND exists (SELECT 1 FROM user_roles r WHERE r.user_id = old.id AND r.role = 'administrator')
  AND NOT exists (SELECT 1 FROM user_roles r JOIN user_accounts a ON a.id = r.user_id WHERE r.role = 'administrator' AND a.disabled_at IS NULL AND a.id <> old.id)
BEGIN SELECT raise(abort, 'LAST_ADMINISTRATOR'); END;

-- R01: a person's id and user name are theirs for ever, also after they have left.
CREATE TRIGGER user_accounts_no_delete BEFORE DELETE ON user_accounts BEGIN SELECT raise(abort, 'ACCOUNTS_ARE_KEPT'); END;
CREATE TRIGGER user_accounts_identity_kept BEFORE UPDATE OF id, staff_id, user_name ON user_accounts BEGIN SELECT raise(abort, 'ACCOUNTS_ARE_KEPT'); END;
