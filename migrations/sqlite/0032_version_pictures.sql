-- Versions of entries hold their picture, and a new picture makes a version.

CREATE TABLE entry_version_new (
    entry_id   BIGINT NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
    -- counted for each entry, from 1
    number     BIGINT NOT NULL CHECK (number > 0),
    at         BIGINT NOT NULL,
    -- who wrote it, as the audit log names them
    actor      TEXT   NOT NULL,
    actor_name TEXT   NOT NULL,
    reason     TEXT   NOT NULL CHECK (reason IN ('kept', 'written', 'imported', 'accepted', 'moved', 'merged', 'restored', 'pictured')),
    -- as JSON
    content    TEXT   NOT NULL,
    PRIMARY KEY (entry_id, number)
);

INSERT INTO entry_version_new (entry_id, number, at, actor, actor_name, reason, content)
SELECT entry_id, number, at, actor, actor_name, reason, content FROM entry_version;

DROP TABLE entry_version;
ALTER TABLE entry_version_new RENAME TO entry_version;

-- The picture of a version. A version without a row is older than this table, or its picture was
-- deleted: nothing is known of its picture.
CREATE TABLE entry_version_picture (
    entry_id    BIGINT NOT NULL,
    number      BIGINT NOT NULL,
    -- none: it showed no picture
    hash        TEXT   REFERENCES picture (hash),
    -- as in entry_picture
    alternative TEXT,
    credit      TEXT,
    focus_x     BIGINT CHECK (focus_x BETWEEN 0 AND 100),
    focus_y     BIGINT CHECK (focus_y BETWEEN 0 AND 100),
    PRIMARY KEY (entry_id, number),
    FOREIGN KEY (entry_id, number) REFERENCES entry_version (entry_id, number) ON DELETE CASCADE
);

CREATE INDEX entry_version_picture_by_hash ON entry_version_picture (hash);

-- What an entry shows now belongs to its last version.
INSERT INTO entry_version_picture (entry_id, number, hash, alternative, credit, focus_x, focus_y)
SELECT v.entry_id, v.number, p.hash, p.alternative, p.credit, p.focus_x, p.focus_y
FROM (SELECT entry_id, MAX(number) AS number FROM entry_version GROUP BY entry_id) v
LEFT JOIN entry_picture p ON p.entry_id = v.entry_id AND p.purpose = 'lead';
