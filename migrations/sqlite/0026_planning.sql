-- When newsletters appear: holidays and pauses; and how their subscriptions come and go.

-- No row: no holiday counts.
CREATE TABLE newsletter_holidays (
    newsletter_id BIGINT  NOT NULL PRIMARY KEY REFERENCES newsletter (id),
    -- whose public holidays, e.g. de-nw; none: only the other days
    region        TEXT,
    -- whether 24 and 31 December count as well
    eves          BOOLEAN NOT NULL,
    rule          TEXT    NOT NULL CHECK (rule IN ('send', 'skip', 'before', 'after'))
);

-- Days of one's own that count as holidays, e.g. 2027-02-08.
CREATE TABLE newsletter_free_day (
    newsletter_id BIGINT NOT NULL REFERENCES newsletter (id),
    day           TEXT   NOT NULL,
    name          TEXT   NOT NULL,
    PRIMARY KEY (newsletter_id, day)
);

-- Times in which a newsletter does not appear, by the wall clock of its zone.
CREATE TABLE schedule_pause (
    id            INTEGER NOT NULL PRIMARY KEY,
    uuid          TEXT   NOT NULL UNIQUE,
    newsletter_id BIGINT NOT NULL REFERENCES newsletter (id),
    first_day     TEXT   NOT NULL,
    last_day      TEXT   NOT NULL,
    reason        TEXT   NOT NULL,
    -- how many days the first issue after it looks back; none: to the last issue
    look_back     BIGINT CHECK (look_back > 0),
    created_at    BIGINT NOT NULL,
    CHECK (last_day >= first_day)
);

CREATE INDEX schedule_pause_by_newsletter ON schedule_pause (newsletter_id, first_day);

-- Subscriptions that began and ended in a month (UTC, e.g. 2026-11). All months together are the
-- subscriptions that are active.
CREATE TABLE subscription_month (
    newsletter_id BIGINT NOT NULL REFERENCES newsletter (id),
    month         TEXT   NOT NULL,
    started       BIGINT NOT NULL,
    ended         BIGINT NOT NULL,
    PRIMARY KEY (newsletter_id, month)
);

INSERT INTO subscription_month (newsletter_id, month, started, ended)
SELECT newsletter_id, month, SUM(started), SUM(ended) FROM (
    SELECT newsletter_id, strftime('%Y-%m', confirmed_at / 1000000, 'unixepoch') AS month, 1 AS started, 0 AS ended FROM subscription
    UNION ALL
    SELECT newsletter_id, strftime('%Y-%m', ended_at / 1000000, 'unixepoch'), 0, 1 FROM subscription WHERE state = 'ended' AND ended_at IS NOT NULL
) AS changes GROUP BY newsletter_id, month;

-- What the team and the service did, without the many lines of readers.
CREATE INDEX audit_of_staff ON audit (seq) WHERE actor <> 'reader';
