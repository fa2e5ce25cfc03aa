-- Who did what: append-only, each line bound to the one before it by its hash.

CREATE TABLE audit (
    -- counted without gaps; lines past their period of retention are removed from the beginning only
    seq         BIGINT NOT NULL PRIMARY KEY,
    at          BIGINT NOT NULL,
    actor       TEXT   NOT NULL,
    actor_name  TEXT   NOT NULL,
    entry_point TEXT   NOT NULL,
    action      TEXT   NOT NULL,
    subject     TEXT   NOT NULL,
    subject_id  TEXT   NOT NULL,
    before      TEXT,
    after       TEXT,
    -- SHA-256 over the hash of the line before and all of the above, in hexadecimal
    hash        TEXT   NOT NULL
);

CREATE INDEX audit_by_subject ON audit (subject, subject_id, seq);
CREATE INDEX audit_by_time ON audit (at);

CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit is append-only';
END;
$$;

CREATE TRIGGER audit_is_append_only BEFORE UPDATE ON audit
FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();

-- Both ends of the chain: the last line, and the last line that retention has removed. One row.
CREATE TABLE audit_chain (
    only_row    BIGINT NOT NULL PRIMARY KEY CHECK (only_row = 1),
    seq         BIGINT NOT NULL,
    hash        TEXT   NOT NULL,
    anchor_seq  BIGINT NOT NULL,
    anchor_hash TEXT   NOT NULL
);

INSERT INTO audit_chain (only_row, seq, hash, anchor_seq, anchor_hash) VALUES (1, 0, '', 0, '');
