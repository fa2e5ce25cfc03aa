-- What a digest tells of an entry, and how much of it.

-- `contact` is the name; before this it was all of it, in one line.
ALTER TABLE entry ADD COLUMN contact_email TEXT;
ALTER TABLE entry ADD COLUMN contact_phone TEXT;
-- papers: the committee, and a JSON array of title and url
ALTER TABLE entry ADD COLUMN committee TEXT;
ALTER TABLE entry ADD COLUMN attachments TEXT;
-- when an event was to begin before it was moved
ALTER TABLE entry ADD COLUMN moved_from BIGINT;
-- comes before all others
ALTER TABLE entry ADD COLUMN pinned BOOLEAN NOT NULL DEFAULT FALSE;

-- papers: what is to be decided, and what it means
ALTER TABLE entry_text ADD COLUMN decision TEXT NOT NULL DEFAULT '';
ALTER TABLE entry_text ADD COLUMN effects TEXT NOT NULL DEFAULT '';

ALTER TABLE newsletter ADD COLUMN texts TEXT NOT NULL DEFAULT 'teaser' CHECK (texts IN ('teaser', 'whole'));
-- how many of each a mail tells
ALTER TABLE newsletter ADD COLUMN most_news BIGINT NOT NULL DEFAULT 8 CHECK (most_news > 0);
ALTER TABLE newsletter ADD COLUMN most_events BIGINT NOT NULL DEFAULT 12 CHECK (most_events > 0);
ALTER TABLE newsletter ADD COLUMN most_papers BIGINT NOT NULL DEFAULT 8 CHECK (most_papers > 0);
ALTER TABLE newsletter ADD COLUMN name_in_subject BOOLEAN NOT NULL DEFAULT FALSE;
