-- What was checked of an issue before it went out.

-- The latest check of an issue, and the one that its approval was made with: evidence.
CREATE TABLE issue_check (
    issue_id   BIGINT NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
    occasion   TEXT   NOT NULL CHECK (occasion IN ('check', 'approval')),
    -- SHA-256 of the contents that were checked
    content    TEXT   NOT NULL,
    -- JSON: codes with parameters
    result     TEXT   NOT NULL,
    checked_at BIGINT NOT NULL,
    PRIMARY KEY (issue_id, occasion)
);

-- Findings that somebody has accepted as they are.
CREATE TABLE issue_check_accepted (
    issue_id    BIGINT NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
    -- which finding: a hash of its code, parameters and place
    finding     TEXT   NOT NULL,
    actor       TEXT   NOT NULL,
    actor_name  TEXT   NOT NULL,
    reason      TEXT   NOT NULL,
    accepted_at BIGINT NOT NULL,
    PRIMARY KEY (issue_id, finding)
);

-- What came of asking for the pages behind links, kept for a day.
CREATE TABLE link_check (
    -- SHA-256 of the address
    link       TEXT   NOT NULL PRIMARY KEY,
    -- JSON
    outcome    TEXT   NOT NULL,
    checked_at BIGINT NOT NULL
);

CREATE INDEX link_check_by_time ON link_check (checked_at);

-- Newsletters that want to be reminded of the distance to the press.
CREATE TABLE newsletter_reminder (
    newsletter_id BIGINT  NOT NULL PRIMARY KEY REFERENCES newsletter (id) ON DELETE CASCADE,
    press_distance BOOLEAN NOT NULL
);
