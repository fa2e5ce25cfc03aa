-- When a user last proved who they are at this session, and when a code for that was mailed.
-- in microseconds; 0 for sessions from before this migration
ALTER TABLE staff_session ADD COLUMN confirmed_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE staff_session ADD COLUMN code_asked_at BIGINT;
