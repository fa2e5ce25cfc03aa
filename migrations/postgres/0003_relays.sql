-- How many mails each relay was handed when, so that its limits hold for all nodes together and
-- across restarts. Whoever takes permits of a relay locks its row here first.
CREATE TABLE relay_limit (
    relay   TEXT   NOT NULL PRIMARY KEY,
    -- the latest instant at which permits were taken, by the clock that was furthest ahead
    seen_at BIGINT NOT NULL
);

-- The permits taken, by short stretches of time.
CREATE TABLE relay_window (
    relay     TEXT   NOT NULL REFERENCES relay_limit (relay) ON DELETE CASCADE,
    span      TEXT   NOT NULL CHECK (span IN ('second', 'minute', 'hour', 'day')),
    begins_at BIGINT NOT NULL,
    taken     BIGINT NOT NULL CHECK (taken >= 0),
    PRIMARY KEY (relay, span, begins_at)
);

-- What only one node does at a time, and which one that is.
CREATE TABLE leadership (
    name       TEXT   NOT NULL PRIMARY KEY,
    holder     TEXT   NOT NULL,
    held_until BIGINT NOT NULL
);
