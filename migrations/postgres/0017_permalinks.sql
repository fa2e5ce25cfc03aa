-- The page of an entry is found by the last twelve digits of its UUID.
CREATE UNIQUE INDEX entry_by_short_id ON entry (substr(uuid, 25));

-- The lists of the public pages: what has been published and not been taken back, by the time it is
-- listed under. Topics stand in them so that a topic is found without looking at the rows of others.
CREATE INDEX entry_news ON entry (COALESCE(dated_at, published_at), id, topics)
    WHERE kind = 'news' AND state IN ('published', 'cancelled') AND published_at IS NOT NULL;
CREATE INDEX entry_papers ON entry (COALESCE(starts_at, dated_at, published_at), id, topics)
    WHERE kind IN ('paper', 'meeting') AND state IN ('published', 'cancelled') AND published_at IS NOT NULL;
CREATE INDEX entry_events ON entry (starts_at, id, topics)
    WHERE kind = 'event' AND state IN ('published', 'cancelled') AND published_at IS NOT NULL;
CREATE INDEX entry_events_running ON entry (ends_at, id, starts_at, topics)
    WHERE kind = 'event' AND state IN ('published', 'cancelled') AND published_at IS NOT NULL;
