-- The transparency log.  An act leaves its leaf in log_pending; one sequencer
-- gives it an index, for good.

CREATE TABLE log_pending (
    id      INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,
    subject TEXT NOT NULL, -- what it is about: 'certificate/..'
    leaf    BLOB NOT NULL
) STRICT;

CREATE TABLE log_entry (
    idx       INTEGER PRIMARY KEY CHECK (idx >= 0),
    at        INTEGER NOT NULL,
    subject   TEXT NOT NULL,
    leaf      BLOB NOT NULL,
    leaf_hash BLOB NOT NULL CHECK (length(leaf_hash) = 32)
) STRICT;
CREATE INDEX log_entry_hash ON log_entry (leaf_hash, idx);
CREATE INDEX log_entry_subject ON log_entry (subject, idx);

-- Hashes of whole subtrees: level 0 is leaves, level n covers 2^n of them.
CREATE TABLE log_node (
    level INTEGER NOT NULL,
    idx   INTEGER NOT NULL,
    hash  BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (level, idx)
) STRICT, WITHOUT ROWID;

CREATE TABLE log_checkpoint (
    size INTEGER PRIMARY KEY, -- entries it covers
    root BLOB NOT NULL CHECK (length(root) = 32),
    note TEXT NOT NULL,       -- the signed note
    at   INTEGER NOT NULL
) STRICT;
