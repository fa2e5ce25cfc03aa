-- How users prove who they are: second factor, links in mails, recovery codes, and delays after failures.
-- the secret of the authenticator app, sealed
ALTER TABLE staff ADD COLUMN totp TEXT;
-- the last step that was used, against replay
ALTER TABLE staff ADD COLUMN totp_step BIGINT;
-- since when there is a second factor
ALTER TABLE staff ADD COLUMN totp_since BIGINT;

CREATE TABLE staff_link (
    -- SHA-256 of the token in the link, in hexadecimal
    hash       TEXT   NOT NULL PRIMARY KEY,
    -- none: the link makes the first administrator
    staff_id   BIGINT REFERENCES staff (id) ON DELETE CASCADE,
    purpose    TEXT   NOT NULL CHECK (purpose IN ('invitation', 'login', 'password', 'first-administrator')),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX staff_link_by_staff ON staff_link (staff_id);
CREATE INDEX staff_link_by_end ON staff_link (expires_at);

CREATE TABLE recovery_code (
    -- SHA-256 of the code, in hexadecimal
    hash     TEXT   NOT NULL PRIMARY KEY,
    staff_id BIGINT NOT NULL REFERENCES staff (id) ON DELETE CASCADE
);

CREATE INDEX recovery_code_by_staff ON recovery_code (staff_id);

CREATE TABLE login_delay (
    -- keyed hash of an account or a network
    who      TEXT   NOT NULL PRIMARY KEY,
    failures BIGINT NOT NULL,
    -- when the next attempt is allowed
    next_at  BIGINT NOT NULL,
    -- when this is forgotten
    ends_at  BIGINT NOT NULL
);

CREATE INDEX login_delay_by_end ON login_delay (ends_at);
