-- Keys that sign mails (DKIM).

CREATE TABLE dkim_key (
    id           INTEGER NOT NULL PRIMARY KEY,
    domain       TEXT   NOT NULL,
    selector     TEXT   NOT NULL,
    algorithm    TEXT   NOT NULL CHECK (algorithm IN ('rsa-sha256', 'ed25519-sha256')),
    state        TEXT   NOT NULL CHECK (state IN ('prepared', 'active', 'retired')),
    -- as it stands in the DNS
    public_key   TEXT   NOT NULL,
    -- the private key, sealed with a key derived from security.key; gone when retired
    sealed       TEXT,
    created_at   BIGINT NOT NULL,
    activated_at BIGINT,
    retired_at   BIGINT,
    UNIQUE (domain, selector),
    CHECK ((sealed IS NULL) = (state = 'retired')),
    CHECK ((retired_at IS NULL) = (state <> 'retired')),
    CHECK (state <> 'active' OR activated_at IS NOT NULL),
    CHECK (state <> 'prepared' OR activated_at IS NULL)
);
