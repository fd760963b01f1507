-- Certificates of other bodies, or of before Tenstar, as files brought them.
-- No journal has them: each chunk of a file is an event that names its file and
-- the root of a Merkle tree over its rows (service/register_import.h).
CREATE TABLE imported (
    n            INTEGER PRIMARY KEY CHECK (n > 0), -- in order of import
    number       TEXT NOT NULL UNIQUE CHECK (number <> ''),
    holder       TEXT NOT NULL,
    uscc         TEXT NOT NULL,
    body         TEXT NOT NULL,    -- who issued it
    scheme_id    TEXT NOT NULL,    -- empty: nobody said
    level_id     TEXT NOT NULL,    -- likewise
    criterion    TEXT NOT NULL,
    place        TEXT NOT NULL,    -- GB/T 2260; empty: nobody said
    trade        TEXT NOT NULL,    -- GB/T 4754; likewise
    scope        TEXT NOT NULL,
    issued       INTEGER NOT NULL, -- days
    valid_from   INTEGER NOT NULL,
    valid_until  INTEGER NOT NULL, -- inclusive
    status       INTEGER NOT NULL CHECK (status BETWEEN 0 AND 4),
    status_since INTEGER NOT NULL, -- day
    line         INTEGER NOT NULL CHECK (line > 0) -- of its file
) STRICT;

-- Where those of an enterprise are, of the rows up to `reach`.  An index would be
-- written all over by every chunk; this is written in the order of its codes,
-- once for a million rows.  Can be made again.
CREATE TABLE imported_code (
    uscc TEXT NOT NULL,
    n    INTEGER NOT NULL, -- row of imported
    PRIMARY KEY (uscc, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE imported_coded (
    one  INTEGER PRIMARY KEY CHECK (one = 1),
    reach INTEGER NOT NULL CHECK (reach >= 0)
) STRICT;

-- What each chunk brought.  Can be made again from the journals.
CREATE TABLE imported_chunk (
    file  BLOB NOT NULL CHECK (length(file) = 32), -- SHA-256
    part  INTEGER NOT NULL CHECK (part > 0),       -- 1: its first chunk
    -- Rows of imported, inclusive; none when the last comes before the first.
    first INTEGER NOT NULL CHECK (first > 0),
    last  INTEGER NOT NULL CHECK (last >= first - 1),
    lines INTEGER NOT NULL CHECK (lines >= 0),     -- read of the file by then
    ended INTEGER NOT NULL CHECK (ended IN (0, 1)), -- it is the file's last
    root  BLOB NOT NULL CHECK (length(root) = 32),
    PRIMARY KEY (file, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX imported_chunk_last ON imported_chunk (last);
