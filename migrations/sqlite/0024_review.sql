-- Who may release an issue, and what people did when they reviewed one.

-- besides `approval`: whether a second person has to release every issue, or those with so many
-- recipients
ALTER TABLE newsletter ADD COLUMN four_eyes BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE newsletter ADD COLUMN four_eyes_from BIGINT CHECK (four_eyes_from > 0);
-- its mails go to staff only
ALTER TABLE newsletter ADD COLUMN trial BOOLEAN NOT NULL DEFAULT FALSE;

-- until then an approval can be taken back, and nothing is sent
ALTER TABLE issue ADD COLUMN send_not_before BIGINT;

-- What was done when an issue was reviewed, with what was said. The audit log has a line for each,
-- of the same instant.
CREATE TABLE review_step (
    id         INTEGER NOT NULL PRIMARY KEY,
    issue_id   BIGINT  NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
    kind       TEXT    NOT NULL,
    -- as in the audit log
    actor      TEXT    NOT NULL,
    actor_name TEXT    NOT NULL,
    -- the approver whose deputy it was
    on_behalf  TEXT,
    at         BIGINT  NOT NULL,
    -- what was said, or a reason as in issue.reason
    message    TEXT
);

CREATE INDEX review_step_by_issue ON review_step (issue_id, id);

-- Who may approve in place of an approver, and when. Both by the UUID that the audit log has.
CREATE TABLE deputy (
    id         INTEGER NOT NULL PRIMARY KEY,
    approver   TEXT    NOT NULL,
    deputy     TEXT    NOT NULL,
    from_at    BIGINT  NOT NULL,
    until_at   BIGINT  NOT NULL,
    created_at BIGINT  NOT NULL,
    CHECK (until_at > from_at)
);

CREATE INDEX deputy_by_deputy ON deputy (deputy, until_at);
CREATE INDEX deputy_by_approver ON deputy (approver, until_at);

-- Whether the sender of a newsletter reads its mails: a code was mailed there and typed back.
CREATE TABLE sender_check (
    newsletter_id BIGINT NOT NULL PRIMARY KEY REFERENCES newsletter (id),
    address       TEXT   NOT NULL,
    -- SHA-256 of the code, in hexadecimal
    code_hash     TEXT   NOT NULL,
    -- codes that were typed and wrong
    failures      BIGINT NOT NULL,
    requested_at  BIGINT NOT NULL,
    checked_at    BIGINT
);
