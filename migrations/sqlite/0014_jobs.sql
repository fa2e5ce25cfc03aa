-- What the recurring jobs did last, for `rundbrief jobs`.
CREATE TABLE job_run (
    job         TEXT   NOT NULL PRIMARY KEY,
    -- the last run
    started_at  BIGINT NOT NULL,
    finished_at BIGINT NOT NULL,
    -- what the last run that found something to do did, in few words, and when
    did         TEXT,
    did_at      BIGINT,
    -- the last error, when, and how many runs in a row have failed since the last good one
    error       TEXT,
    failed_at   BIGINT,
    failures    BIGINT NOT NULL,
    CHECK ((did IS NULL) = (did_at IS NULL)),
    CHECK ((error IS NULL) = (failed_at IS NULL))
);
