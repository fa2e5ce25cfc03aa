-- What an editor decides about an issue before it is approved.

-- Goes up whenever an entry is added, left out, pinned or moved: who moves entries says which order they saw.
ALTER TABLE issue ADD COLUMN contents_version BIGINT NOT NULL DEFAULT 0;

-- Whether it comes first in this issue; none: where the entry itself is pinned.
ALTER TABLE issue_entry ADD COLUMN pinned BOOLEAN;
-- Who added it or took it out by hand, as the audit log names them, and when; none: it was selected.
ALTER TABLE issue_entry ADD COLUMN decided_by TEXT;
ALTER TABLE issue_entry ADD COLUMN decided_at BIGINT;

-- How an entry is told in one issue only, in one of its languages.
CREATE TABLE issue_entry_text (
    issue_id BIGINT NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
    entry_id BIGINT NOT NULL REFERENCES entry (id),
    language TEXT   NOT NULL,
    title    TEXT   NOT NULL,
    -- empty: as the entry says it
    teaser   TEXT   NOT NULL,
    PRIMARY KEY (issue_id, entry_id, language)
);

-- Who took part in an issue, and how: with four eyes none of them approves it.
CREATE TABLE issue_contribution (
    issue_id BIGINT NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    kind     TEXT   NOT NULL,
    -- the last time
    at       BIGINT NOT NULL,
    PRIMARY KEY (issue_id, staff_id, kind)
);

-- To whom the team sends test mails.
CREATE TABLE test_group (
    id         INTEGER NOT NULL PRIMARY KEY,
    name       TEXT    NOT NULL UNIQUE,
    -- one on each line
    addresses  TEXT    NOT NULL,
    updated_at BIGINT  NOT NULL
);
