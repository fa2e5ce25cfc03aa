-- Pictures of entries. Their files are in a folder, not in the database.

CREATE TABLE picture (
    -- the first half of the SHA-256 of the file it was taken from, in hexadecimal
    hash         TEXT   NOT NULL PRIMARY KEY,
    -- in pixels, turned upright
    width        BIGINT NOT NULL CHECK (width > 0),
    height       BIGINT NOT NULL CHECK (height > 0),
    -- what that file was
    format       TEXT   NOT NULL CHECK (format IN ('jpeg', 'png', 'webp', 'gif')),
    created_at   BIGINT NOT NULL,
    -- since when no entry shows it
    unused_since BIGINT
);

CREATE INDEX picture_unused ON picture (unused_since) WHERE unused_since IS NOT NULL;

CREATE TABLE entry_picture (
    entry_id    BIGINT  NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
    -- what the entry shows it for
    purpose     TEXT    NOT NULL CHECK (purpose IN ('lead')),
    hash        TEXT    NOT NULL REFERENCES picture (hash),
    -- the alternative text in each language, as a JSON object; none for a decorative picture
    alternative TEXT,
    credit      TEXT,
    -- in per cent from the left and from the top
    focus_x     BIGINT  NOT NULL CHECK (focus_x BETWEEN 0 AND 100),
    focus_y     BIGINT  NOT NULL CHECK (focus_y BETWEEN 0 AND 100),
    PRIMARY KEY (entry_id, purpose)
);

CREATE INDEX entry_picture_by_hash ON entry_picture (hash);

-- The picture that a feed names for an entry, by its address. It is not fetched.
CREATE TABLE entry_enclosure (
    entry_id BIGINT NOT NULL PRIMARY KEY REFERENCES entry (id) ON DELETE CASCADE,
    url      TEXT   NOT NULL
);
