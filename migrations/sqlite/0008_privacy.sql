-- Erasure and retention.

-- What the ledger of an issue said, once its rows are past their period of retention: figures
-- without persons. Domains of few deliveries are added up under the empty one.
CREATE TABLE delivery_total (
    issue_id   BIGINT NOT NULL,
    state      TEXT   NOT NULL,
    -- empty where no attempt failed
    class      TEXT   NOT NULL,
    domain     TEXT   NOT NULL,
    deliveries BIGINT NOT NULL CHECK (deliveries > 0),
    -- when the first and the last of these mails were begun
    first_at   BIGINT,
    last_at    BIGINT,
    PRIMARY KEY (issue_id, state, class, domain)
);

-- When the last row of the ledger of an issue was turned into totals.
ALTER TABLE issue ADD COLUMN folded_at BIGINT;

-- Subscriptions whose proof of consent comes to the end of its period.
CREATE INDEX subscription_ended ON subscription (newsletter_id, ended_at) WHERE state = 'ended';
-- Rows without a person, kept while the ledger points to them.
CREATE INDEX subscriber_erased ON subscriber (id) WHERE state = 'erased';
