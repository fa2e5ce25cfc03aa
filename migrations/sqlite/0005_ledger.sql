-- A ledger that is quick at a million rows.
--
-- - Rows of the ledger are made from the tables they point to, and these rows are never deleted (see
--   `remove_unconfirmed`): to look up both again for every row took longer than to write it.
-- - SQLite makes a table of `IN (…)` in a CHECK for every row; comparisons one after another cost
--   a tenth of that.
-- - With a rowid, a change of a row touches only the indexes that hold what has changed.
-- - What one reader was sent is found issue by issue, by the primary key. An index for it was written
--   once for each reader and issue.
CREATE TABLE delivery_new (
    issue_id        BIGINT NOT NULL,
    subscriber_id   BIGINT NOT NULL,
    language        TEXT   NOT NULL,
    topics          BIGINT NOT NULL CHECK (topics >= 0),
    state           TEXT   NOT NULL CHECK (
        state = 'queued' OR state = 'leased' OR state = 'started' OR state = 'sent' OR state = 'failed'
        OR state = 'uncertain' OR state = 'left' OR state = 'cancelled'
    ),
    attempts        BIGINT NOT NULL,
    next_attempt_at BIGINT NOT NULL,
    leased_by       TEXT,
    lease_until     BIGINT,
    started_at      BIGINT,
    finished_at     BIGINT,
    relay           TEXT,
    reply_code      BIGINT,
    reply_status    TEXT,
    reply           TEXT,
    class           TEXT CHECK (
        class IS NULL OR class = 'no-such-mailbox' OR class = 'mailbox-full' OR class = 'policy'
        OR class = 'greylisting' OR class = 'relay-trouble' OR class = 'other'
    ),
    first_at        BIGINT,
    PRIMARY KEY (issue_id, subscriber_id)
);

INSERT INTO delivery_new (issue_id, subscriber_id, language, topics, state, attempts, next_attempt_at, leased_by,
    lease_until, started_at, finished_at, relay, reply_code, reply_status, reply, class, first_at)
SELECT issue_id, subscriber_id, language, topics, state, attempts, next_attempt_at, leased_by,
    lease_until, started_at, finished_at, relay, reply_code, reply_status, reply, class, first_at
FROM delivery ORDER BY issue_id, subscriber_id;
DROP TABLE delivery;
ALTER TABLE delivery_new RENAME TO delivery;

CREATE INDEX delivery_due ON delivery (issue_id, next_attempt_at, subscriber_id) WHERE state = 'queued';
CREATE INDEX delivery_on_the_way ON delivery (lease_until) WHERE state IN ('leased', 'started');
CREATE INDEX delivery_answered ON delivery (issue_id, started_at, state, class)
    WHERE state = 'sent' OR class IS NOT NULL;
CREATE INDEX delivery_apart ON delivery (issue_id, state, subscriber_id, class)
    WHERE class IS NOT NULL OR state = 'uncertain' OR state = 'left' OR state = 'cancelled';

-- With all that an audience is chosen by, in the order in which it is frozen.
DROP INDEX subscription_by_newsletter;
CREATE INDEX subscription_by_newsletter ON subscription (newsletter_id, state, subscriber_id, topics);
