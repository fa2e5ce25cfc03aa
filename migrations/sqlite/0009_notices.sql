-- Notices go to anybody, and each waits in a lane of its own. What kinds there are is checked by the
-- program, so that a new kind needs no new table.
CREATE TABLE notice_new (
    id              INTEGER NOT NULL PRIMARY KEY,
    kind            TEXT    NOT NULL,
    lane            TEXT    NOT NULL CHECK (lane = 'urgent' OR lane = 'normal' OR lane = 'bulk'),
    -- to whom: a subscriber, or somebody else at this address
    subscriber_id   BIGINT  REFERENCES subscriber (id) ON DELETE CASCADE,
    address         TEXT,
    -- the sign-up it asks to confirm; it goes with it
    signup_id       BIGINT  REFERENCES signup (id) ON DELETE CASCADE,
    language        TEXT    NOT NULL,
    -- what varies in its text: a JSON object
    parameters      TEXT    NOT NULL,
    message_id      TEXT    NOT NULL UNIQUE,
    state           TEXT    NOT NULL CHECK (state IN ('queued', 'started', 'sent', 'failed')),
    attempts        BIGINT  NOT NULL,
    next_attempt_at BIGINT  NOT NULL,
    created_at      BIGINT  NOT NULL,
    finished_at     BIGINT,
    -- why it was not sent although the relay did not refuse it: a code
    reason          TEXT,
    -- the relay's last answer
    reply_code      BIGINT,
    reply           TEXT,
    CHECK ((subscriber_id IS NULL) <> (address IS NULL))
);

INSERT INTO notice_new (id, kind, lane, subscriber_id, address, signup_id, language, parameters, message_id, state,
    attempts, next_attempt_at, created_at, finished_at, reason, reply_code, reply)
SELECT id, kind, 'urgent', subscriber_id, NULL, signup_id, language, '{}', message_id, state,
    attempts, next_attempt_at, created_at, finished_at,
    CASE
        WHEN reply LIKE 'given up:%' THEN 'given-up'
        WHEN reply LIKE 'not sent: the address has been erased%' THEN 'erased'
        WHEN reply LIKE 'not sent: the address must not%' THEN 'suppressed'
        WHEN reply LIKE 'not sent: the sign-up%' THEN 'sign-up-closed'
    END,
    reply_code, reply
FROM outbox;

DROP TABLE outbox;
ALTER TABLE notice_new RENAME TO outbox;

CREATE INDEX outbox_due ON outbox (lane, next_attempt_at, id) WHERE state IN ('queued', 'started');
CREATE INDEX outbox_waiting ON outbox (created_at) WHERE state IN ('queued', 'started');
CREATE INDEX outbox_finished ON outbox (finished_at) WHERE state IN ('sent', 'failed');
CREATE INDEX outbox_by_subscriber ON outbox (subscriber_id, created_at);
CREATE INDEX outbox_by_signup ON outbox (signup_id);

-- Reasons are codes with parameters from here on; a text of before is a parameter of its own code.
UPDATE issue SET reason = json_object('code', 'legacy', 'text', reason) WHERE reason IS NOT NULL;
