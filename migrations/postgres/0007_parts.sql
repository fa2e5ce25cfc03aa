-- Mails are joined from parts, which are rendered once for each language when an issue is approved.
-- Issues that were approved before have none: their parts are rendered from the approved texts when
-- they are sent.

CREATE TABLE part (
    issue_id BIGINT NOT NULL REFERENCES issue (id),
    language TEXT   NOT NULL,
    -- foot, section-news, entry-0003-full …
    name     TEXT   NOT NULL,
    -- both in quoted-printable
    html     TEXT   NOT NULL,
    text     TEXT   NOT NULL,
    PRIMARY KEY (issue_id, language, name)
);

DROP TABLE variant;
