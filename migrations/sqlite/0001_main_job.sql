-- The main job: subscribing, entries, issues, the ledger.
-- Same tables and columns as in the other folder; only what the databases spell differently differs.
-- Times are microseconds since 1970 (UTC), sets of topics are masks of 63 bits.

CREATE TABLE installation (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE organisation (
    id         INTEGER NOT NULL PRIMARY KEY,
    uuid       TEXT    NOT NULL UNIQUE,
    name       TEXT    NOT NULL UNIQUE,
    created_at BIGINT  NOT NULL
);

CREATE TABLE topic (
    bit        BIGINT NOT NULL PRIMARY KEY CHECK (bit BETWEEN 0 AND 62),
    key        TEXT   NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);

CREATE TABLE topic_name (
    topic_bit BIGINT NOT NULL REFERENCES topic (bit),
    language  TEXT   NOT NULL,
    name      TEXT   NOT NULL,
    PRIMARY KEY (topic_bit, language)
);

CREATE TABLE newsletter (
    id             INTEGER NOT NULL PRIMARY KEY,
    uuid           TEXT    NOT NULL UNIQUE,
    key            TEXT    NOT NULL UNIQUE,
    sender_name    TEXT    NOT NULL,
    sender_address TEXT    NOT NULL,
    reply_to       TEXT,
    topics         BIGINT  NOT NULL CHECK (topics >= 0),
    schedule       TEXT,
    zone           TEXT    NOT NULL,
    compose_lead   BIGINT  NOT NULL CHECK (compose_lead >= 0),
    catch_up       BIGINT  NOT NULL CHECK (catch_up >= 0),
    approval       TEXT    NOT NULL CHECK (approval IN ('automatic', 'required')),
    horizon        BIGINT  NOT NULL CHECK (horizon >= 0),
    on_uncertain   TEXT    NOT NULL CHECK (on_uncertain IN ('resend', 'hold')),
    -- every slot up to this instant has been dealt with
    slots_until    BIGINT  NOT NULL,
    created_at     BIGINT  NOT NULL
);

CREATE TABLE newsletter_text (
    newsletter_id BIGINT NOT NULL REFERENCES newsletter (id),
    language      TEXT   NOT NULL,
    name          TEXT   NOT NULL,
    description   TEXT   NOT NULL,
    PRIMARY KEY (newsletter_id, language)
);

CREATE TABLE subscriber (
    id          INTEGER NOT NULL PRIMARY KEY,
    uuid        TEXT    NOT NULL UNIQUE,
    -- as it is mailed: local part as typed, domain in its ASCII form; none once erased
    address     TEXT,
    -- the whole address in lower case
    address_key TEXT    UNIQUE,
    language    TEXT    NOT NULL,
    state       TEXT    NOT NULL CHECK (state IN ('pending', 'active', 'unsubscribed', 'suspended', 'erased')),
    created_at  BIGINT  NOT NULL,
    CHECK ((address IS NULL) = (state = 'erased')),
    CHECK ((address IS NULL) = (address_key IS NULL))
);

CREATE TABLE subscription (
    subscriber_id BIGINT NOT NULL REFERENCES subscriber (id) ON DELETE CASCADE,
    newsletter_id BIGINT NOT NULL REFERENCES newsletter (id),
    topics        BIGINT NOT NULL CHECK (topics >= 0),
    state         TEXT   NOT NULL CHECK (state IN ('active', 'ended')),
    confirmed_at  BIGINT NOT NULL,
    ended_at      BIGINT,
    PRIMARY KEY (subscriber_id, newsletter_id)
);

CREATE INDEX subscription_by_newsletter ON subscription (newsletter_id, state);

CREATE TABLE consent_wording (
    hash       TEXT   NOT NULL PRIMARY KEY,
    version    TEXT   NOT NULL,
    language   TEXT   NOT NULL,
    wording    TEXT   NOT NULL,
    first_used BIGINT NOT NULL
);

CREATE TABLE signup (
    id            INTEGER NOT NULL PRIMARY KEY,
    uuid          TEXT    NOT NULL UNIQUE,
    subscriber_id BIGINT  NOT NULL REFERENCES subscriber (id) ON DELETE CASCADE,
    language      TEXT    NOT NULL,
    wording_hash  TEXT    NOT NULL REFERENCES consent_wording (hash),
    page          TEXT    NOT NULL,
    requested_at  BIGINT  NOT NULL,
    expires_at    BIGINT  NOT NULL,
    confirmed_at  BIGINT
);

CREATE INDEX signup_open ON signup (expires_at) WHERE confirmed_at IS NULL;
CREATE INDEX signup_by_subscriber ON signup (subscriber_id, requested_at);

CREATE TABLE signup_newsletter (
    signup_id     BIGINT NOT NULL REFERENCES signup (id) ON DELETE CASCADE,
    newsletter_id BIGINT NOT NULL REFERENCES newsletter (id),
    topics        BIGINT NOT NULL CHECK (topics >= 0),
    PRIMARY KEY (signup_id, newsletter_id)
);

CREATE TABLE confirm_token (
    -- SHA-256 of the token, in hexadecimal; the token itself stands only in the mail
    hash       TEXT   NOT NULL PRIMARY KEY,
    signup_id  BIGINT NOT NULL REFERENCES signup (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL
);

CREATE INDEX confirm_token_by_signup ON confirm_token (signup_id);

CREATE TABLE consent_event (
    id            INTEGER NOT NULL PRIMARY KEY,
    subscriber_id BIGINT  NOT NULL REFERENCES subscriber (id) ON DELETE CASCADE,
    newsletter_id BIGINT  REFERENCES newsletter (id),
    kind          TEXT    NOT NULL,
    method        TEXT    NOT NULL,
    at            BIGINT  NOT NULL,
    topics        BIGINT,
    language      TEXT,
    wording_hash  TEXT    REFERENCES consent_wording (hash),
    page          TEXT,
    message_id    TEXT
);

CREATE INDEX consent_event_by_subscriber ON consent_event (subscriber_id, id);

-- Append-only: a line may go when its subscriber is removed, but it is never rewritten.
CREATE TRIGGER consent_event_is_append_only BEFORE UPDATE ON consent_event
BEGIN
    SELECT RAISE(ABORT, 'consent_event is append-only');
END;

CREATE TABLE suppression (
    address_hash TEXT   NOT NULL PRIMARY KEY,
    reason       TEXT   NOT NULL,
    created_at   BIGINT NOT NULL
);

CREATE TABLE outbox (
    id              INTEGER NOT NULL PRIMARY KEY,
    kind            TEXT    NOT NULL CHECK (kind IN ('confirmation', 'already-subscribed')),
    subscriber_id   BIGINT  NOT NULL REFERENCES subscriber (id) ON DELETE CASCADE,
    signup_id       BIGINT  REFERENCES signup (id) ON DELETE CASCADE,
    language        TEXT    NOT NULL,
    message_id      TEXT    NOT NULL UNIQUE,
    state           TEXT    NOT NULL CHECK (state IN ('queued', 'started', 'sent', 'failed')),
    attempts        BIGINT  NOT NULL,
    next_attempt_at BIGINT  NOT NULL,
    created_at      BIGINT  NOT NULL,
    finished_at     BIGINT,
    reply_code      BIGINT,
    reply           TEXT
);

CREATE INDEX outbox_due ON outbox (next_attempt_at) WHERE state IN ('queued', 'started');
CREATE INDEX outbox_by_subscriber ON outbox (subscriber_id, created_at);

CREATE TABLE entry (
    id              INTEGER NOT NULL PRIMARY KEY,
    uuid            TEXT    NOT NULL UNIQUE,
    organisation_id BIGINT  NOT NULL REFERENCES organisation (id),
    kind            TEXT    NOT NULL CHECK (kind IN ('news', 'event', 'paper', 'meeting')),
    state           TEXT    NOT NULL CHECK (state IN ('draft', 'submitted', 'approved', 'published', 'rejected', 'withdrawn', 'cancelled')),
    origin          TEXT    NOT NULL,
    -- the source's own name for it: a feed's guid, a calendar's UID with the occurrence
    external_id     TEXT,
    original        TEXT    NOT NULL,
    url             TEXT,
    dated_at        BIGINT,
    starts_at       BIGINT,
    ends_at         BIGINT,
    all_day         BOOLEAN NOT NULL,
    zone            TEXT,
    place           TEXT,
    contact         TEXT,
    reference       TEXT,
    topics          BIGINT  NOT NULL CHECK (topics >= 0),
    -- tells whether a source has changed what it says
    content_hash    TEXT    NOT NULL,
    created_at      BIGINT  NOT NULL,
    updated_at      BIGINT  NOT NULL,
    published_at    BIGINT,
    UNIQUE (organisation_id, origin, external_id),
    CHECK ((starts_at IS NULL) = (zone IS NULL)),
    CHECK (ends_at IS NULL OR ends_at >= starts_at)
);

CREATE INDEX entry_published ON entry (published_at) WHERE state = 'published';
CREATE INDEX entry_ahead ON entry (starts_at) WHERE state = 'published';

CREATE TABLE entry_text (
    entry_id BIGINT NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
    language TEXT   NOT NULL,
    title    TEXT   NOT NULL,
    teaser   TEXT   NOT NULL,
    body     TEXT   NOT NULL,
    PRIMARY KEY (entry_id, language)
);

CREATE TABLE issue (
    id            INTEGER NOT NULL PRIMARY KEY,
    uuid          TEXT    NOT NULL UNIQUE,
    newsletter_id BIGINT  NOT NULL REFERENCES newsletter (id),
    number        BIGINT  NOT NULL,
    -- local date and time of the schedule's slot, e.g. 2027-03-28T02:30; none if composed by hand
    slot          TEXT,
    send_at       BIGINT,
    state         TEXT    NOT NULL CHECK (state IN ('draft', 'in-review', 'approved', 'sending', 'sent', 'paused', 'held', 'cancelled')),
    -- why it is held or cancelled
    reason        TEXT,
    window_from   BIGINT,
    window_to     BIGINT  NOT NULL,
    -- the released texts as they were, and their SHA-256
    release       TEXT,
    release_hash  TEXT,
    topics        BIGINT  NOT NULL CHECK (topics >= 0),
    for_everyone  BOOLEAN NOT NULL,
    composed_at   BIGINT  NOT NULL,
    released_at   BIGINT,
    frozen_at     BIGINT,
    finished_at   BIGINT,
    -- active subscribers who would have found nothing in it
    skipped       BIGINT  NOT NULL,
    UNIQUE (newsletter_id, number),
    UNIQUE (newsletter_id, slot),
    CHECK ((release IS NULL) = (release_hash IS NULL))
);

CREATE INDEX issue_by_state ON issue (state);

CREATE TABLE issue_text (
    issue_id     BIGINT NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
    language     TEXT   NOT NULL,
    subject      TEXT   NOT NULL,
    introduction TEXT   NOT NULL,
    PRIMARY KEY (issue_id, language)
);

CREATE TABLE issue_entry (
    issue_id BIGINT  NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
    entry_id BIGINT  NOT NULL REFERENCES entry (id),
    position BIGINT  NOT NULL,
    -- false when an editor took it out: it is not proposed again
    included BOOLEAN NOT NULL,
    PRIMARY KEY (issue_id, entry_id)
);

CREATE INDEX issue_entry_by_entry ON issue_entry (entry_id);

CREATE TABLE variant (
    issue_id BIGINT NOT NULL REFERENCES issue (id),
    language TEXT   NOT NULL,
    topics   BIGINT NOT NULL CHECK (topics >= 0),
    subject  TEXT   NOT NULL,
    html     TEXT   NOT NULL,
    text     TEXT   NOT NULL,
    PRIMARY KEY (issue_id, language, topics)
);

-- The ledger: one row for every recipient of every issue.
CREATE TABLE delivery (
    issue_id        BIGINT NOT NULL REFERENCES issue (id),
    subscriber_id   BIGINT NOT NULL REFERENCES subscriber (id),
    language        TEXT   NOT NULL,
    topics          BIGINT NOT NULL CHECK (topics >= 0),
    state           TEXT   NOT NULL CHECK (state IN ('queued', 'leased', 'started', 'sent', 'failed', 'uncertain', 'left', 'cancelled')),
    attempts        BIGINT NOT NULL,
    next_attempt_at BIGINT NOT NULL,
    leased_by       TEXT,
    lease_until     BIGINT,
    started_at      BIGINT,
    finished_at     BIGINT,
    relay           TEXT,
    reply_code      BIGINT,
    reply_status    TEXT,
    reply           TEXT,
    PRIMARY KEY (issue_id, subscriber_id)
) WITHOUT ROWID;

CREATE INDEX delivery_due ON delivery (issue_id, next_attempt_at, subscriber_id) WHERE state = 'queued';
CREATE INDEX delivery_on_the_way ON delivery (lease_until) WHERE state IN ('leased', 'started');
CREATE INDEX delivery_by_subscriber ON delivery (subscriber_id);
