-- A ledger that is quick at a million rows.

-- Rows of the ledger are made from the tables they point to, and these rows are never deleted (see
-- `remove_unconfirmed`): to look up both again for every row took longer than to write it.
ALTER TABLE delivery DROP CONSTRAINT delivery_issue_id_fkey;
ALTER TABLE delivery DROP CONSTRAINT delivery_subscriber_id_fkey;

-- What one reader was sent is found issue by issue, by the primary key. This index was written once
-- for each reader and issue, and on PostgreSQL with every change of a row.
DROP INDEX delivery_by_subscriber;

-- With all that an audience is chosen by, in the order in which it is frozen.
DROP INDEX subscription_by_newsletter;
CREATE INDEX subscription_by_newsletter ON subscription (newsletter_id, state, subscriber_id, topics);
