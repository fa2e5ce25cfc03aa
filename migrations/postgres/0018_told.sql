-- Which entries of an issue its mails tell.

-- false: an event that no mail of the approved issue tells; the next issue may announce it
ALTER TABLE issue_entry ADD COLUMN told BOOLEAN NOT NULL DEFAULT TRUE;
