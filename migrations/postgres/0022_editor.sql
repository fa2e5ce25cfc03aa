-- Writing entries: what was said before, and what is being written.

-- what else is said of an entry and nothing is searched by: a JSON object; none where nothing is said
ALTER TABLE entry ADD COLUMN details TEXT;
-- translations: the version of the entry whose original they translate
ALTER TABLE entry_text ADD COLUMN translated_from BIGINT;

-- What an entry said. The last one is what it says now; an entry without any was never changed since
-- versions are kept.
CREATE TABLE entry_version (
    entry_id   BIGINT NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
    -- counted for each entry, from 1
    number     BIGINT NOT NULL CHECK (number > 0),
    at         BIGINT NOT NULL,
    -- who wrote it, as the audit log names them
    actor      TEXT   NOT NULL,
    actor_name TEXT   NOT NULL,
    reason     TEXT   NOT NULL CHECK (reason IN ('kept', 'written', 'imported', 'accepted', 'moved', 'merged', 'restored')),
    -- as JSON
    content    TEXT   NOT NULL,
    PRIMARY KEY (entry_id, number)
);

-- What somebody is writing and has not saved: for their own eyes.
CREATE TABLE entry_draft (
    -- the UUID of the user
    staff        TEXT   NOT NULL,
    -- the UUID of the entry; of a new one, that it will have
    entry        TEXT   NOT NULL,
    -- the version that it began with; none of a new entry
    base_version BIGINT,
    -- the fields of the form, as JSON
    fields       TEXT   NOT NULL,
    at           BIGINT NOT NULL,
    PRIMARY KEY (staff, entry)
);

CREATE INDEX entry_draft_by_entry ON entry_draft (entry, at);
CREATE INDEX entry_draft_by_time ON entry_draft (at);
