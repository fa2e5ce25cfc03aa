-- Indexes that statements on a million rows need; tests/rundbrief/store/explain holds them against
-- every statement.

-- A sign-up takes its notices with it.
CREATE INDEX IF NOT EXISTS outbox_by_signup ON outbox (signup_id);
-- Notices past their period of retention.
CREATE INDEX IF NOT EXISTS outbox_finished ON outbox (finished_at) WHERE state IN ('sent', 'failed');
-- Addresses that were never confirmed.
CREATE INDEX subscriber_pending ON subscriber (id) WHERE state = 'pending';
