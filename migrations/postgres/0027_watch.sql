-- What the newsroom shows of an issue's sending.

-- How many people ended their subscription by a link in a mail of the issue: a number, no persons.
CREATE TABLE issue_departure (
    issue_id BIGINT NOT NULL PRIMARY KEY,
    people   BIGINT NOT NULL CHECK (people > 0)
);

-- Whether those who can act were told that the issue stopped; FALSE again when it moves on.
ALTER TABLE issue ADD COLUMN stop_told BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE issue SET stop_told = TRUE WHERE state IN ('paused', 'held');
