-- Why deliveries were refused, when they were first tried, and what the figures of an issue are
-- read from without a look at every row.

ALTER TABLE delivery ADD COLUMN class TEXT
    CHECK (class IN ('no-such-mailbox', 'mailbox-full', 'policy', 'greylisting', 'relay-trouble', 'other'));
-- when the first attempt that counted began: from then on runs `give_up_after`
ALTER TABLE delivery ADD COLUMN first_at BIGINT;

UPDATE delivery SET class = 'other' WHERE state = 'failed';

-- Answers in the order of their attempts: the pace of an issue, and how well it is received.
CREATE INDEX delivery_answered ON delivery (issue_id, started_at, state, class)
    WHERE state = 'sent' OR class IS NOT NULL;
-- The few that are not simply waiting, on the way or sent.
CREATE INDEX delivery_apart ON delivery (issue_id, state, subscriber_id, class)
    WHERE class IS NOT NULL OR state = 'uncertain' OR state = 'left' OR state = 'cancelled';

-- Rows of the ledger, so that those sent need not be counted one by one.
ALTER TABLE issue ADD COLUMN recipients BIGINT NOT NULL DEFAULT 0;
-- When its sending was last set going again by a person: older answers pause it no more.
ALTER TABLE issue ADD COLUMN resumed_at BIGINT;

UPDATE issue SET recipients = (SELECT COUNT(*) FROM delivery WHERE delivery.issue_id = issue.id);

-- No mail of its issues is begun in these hours of its zone, e.g. 21:00-07:00.
ALTER TABLE newsletter ADD COLUMN quiet TEXT;
