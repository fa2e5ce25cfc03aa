-- People with a login, and their sessions.
CREATE TABLE staff (
    id             BIGINT  NOT NULL PRIMARY KEY,
    uuid           TEXT   NOT NULL UNIQUE,
    name           TEXT   NOT NULL,
    email          TEXT   NOT NULL,
    -- the whole address in lower case
    email_key      TEXT   NOT NULL UNIQUE,
    language       TEXT   NOT NULL,
    -- names of roles separated by commas
    roles          TEXT   NOT NULL,
    -- argon2id in PHC form; none while only mailed links are used
    password       TEXT,
    state          TEXT   NOT NULL CHECK (state IN ('invited', 'active', 'disabled')),
    created_at     BIGINT NOT NULL,
    -- when the present visit was last seen, and when the one before it ended
    last_seen_at   BIGINT,
    seen_before_at BIGINT
);

CREATE TABLE staff_session (
    -- SHA-256 of the token in the cookie, in hexadecimal
    hash       TEXT   NOT NULL PRIMARY KEY,
    uuid       TEXT   NOT NULL UNIQUE,
    staff_id   BIGINT NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    -- what is still missing before it opens the newsroom
    step       TEXT   NOT NULL CHECK (step IN ('second-factor', 'open')),
    -- the browser in words, e.g. “Firefox, Linux”
    agent      TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    used_at    BIGINT NOT NULL,
    ends_at    BIGINT NOT NULL
);

CREATE INDEX staff_session_by_staff ON staff_session (staff_id, created_at);
CREATE INDEX staff_session_by_end ON staff_session (ends_at);
