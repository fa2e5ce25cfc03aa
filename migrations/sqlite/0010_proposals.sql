-- What a source says now of an entry that a person has approved or published, until a person decides.

CREATE TABLE proposal (
    -- named to people and in the audit log, so never given twice
    id           INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    entry_id     BIGINT  NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
    -- what the entry would say, as JSON, topics included; its hash leaves the topics out, as in entry
    content      TEXT    NOT NULL,
    content_hash TEXT    NOT NULL,
    topics       BIGINT  NOT NULL CHECK (topics >= 0),
    -- whether the source has cancelled the event
    cancelled    BOOLEAN NOT NULL,
    state        TEXT    NOT NULL CHECK (state IN ('open', 'accepted', 'rejected', 'superseded')),
    received_at  BIGINT  NOT NULL,
    decided_at   BIGINT,
    -- who decided; none where the source did, by saying something else
    decided_by   TEXT,
    CHECK ((state = 'open') = (decided_at IS NULL))
);

CREATE UNIQUE INDEX proposal_open ON proposal (entry_id) WHERE state = 'open';
CREATE INDEX proposal_by_entry ON proposal (entry_id, id);
