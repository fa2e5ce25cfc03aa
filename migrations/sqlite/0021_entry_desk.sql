-- The words of entries, for the search of the newsroom: without capitals and accents, each once for
-- each entry. `store::entry_word` keeps them; the rows of older entries are made when the database is
-- migrated.
CREATE TABLE entry_word (
    word     TEXT   NOT NULL,
    entry_id BIGINT NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
    PRIMARY KEY (word, entry_id)
) WITHOUT ROWID;

CREATE INDEX entry_word_by_entry ON entry_word (entry_id);

-- by which version of the rules the words of this entry were made; 0: not yet
ALTER TABLE entry ADD COLUMN words_version BIGINT NOT NULL DEFAULT 0;
CREATE INDEX entry_by_words_version ON entry (words_version);

-- The list of the newsroom: what changed last comes first.
CREATE INDEX entry_by_change ON entry (updated_at, id);
-- What waits for a decision is counted on every page.
CREATE INDEX entry_submitted ON entry (id) WHERE state = 'submitted';

-- Filters of that list which somebody keeps, each under a name of their own.
CREATE TABLE kept_filter (
    staff_id   BIGINT NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    name       TEXT   NOT NULL,
    -- the query of the list's address
    query      TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (staff_id, name)
);
