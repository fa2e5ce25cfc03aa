-- What the DNS said about the sender of a newsletter when somebody looked it up: SPF, DKIM, DMARC.
CREATE TABLE sender_dns (
    newsletter_id BIGINT NOT NULL PRIMARY KEY REFERENCES newsletter (id),
    -- JSON: one record after the other
    records       TEXT   NOT NULL,
    looked_at     BIGINT NOT NULL
);
