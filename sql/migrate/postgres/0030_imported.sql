-- Certificates of other bodies, or of before Tenstar, as files brought them.
-- No journal has them: each chunk of a file is an event that names its file and
-- the root of a Merkle tree over its rows (service/register_import.h).
CREATE TABLE imported (
    n            bigint PRIMARY KEY CHECK (n > 0), -- in order of import
    number       text COLLATE "C" NOT NULL UNIQUE CHECK (number <> ''),
    holder       text COLLATE "C" NOT NULL,
    uscc         text COLLATE "C" NOT NULL,
    body         text COLLATE "C" NOT NULL,    -- who issued it
    scheme_id    text COLLATE "C" NOT NULL,    -- empty: nobody said
    level_id     text COLLATE "C" NOT NULL,    -- likewise
    criterion    text COLLATE "C" NOT NULL,
    place        text COLLATE "C" NOT NULL,    -- GB/T 2260; empty: nobody said
    trade        text COLLATE "C" NOT NULL,    -- GB/T 4754; likewise
    scope        text COLLATE "C" NOT NULL,
    issued       bigint NOT NULL, -- days
    valid_from   bigint NOT NULL,
    valid_until  bigint NOT NULL, -- inclusive
    status       bigint NOT NULL CHECK (status BETWEEN 0 AND 4),
    status_since bigint NOT NULL, -- day
    line         bigint NOT NULL CHECK (line > 0) -- of its file
);

-- Where those of an enterprise are, of the rows up to `reach`.  An index would be
-- written all over by every chunk; this is written in the order of its codes,
-- once for a million rows.  Can be made again.
CREATE TABLE imported_code (
    uscc text COLLATE "C" NOT NULL,
    n    bigint NOT NULL, -- row of imported
    PRIMARY KEY (uscc, n)
);
CREATE TABLE imported_coded (
    one  bigint PRIMARY KEY CHECK (one = 1),
    reach bigint NOT NULL CHECK (reach >= 0)
);

-- What each chunk brought.  Can be made again from the journals.
CREATE TABLE imported_chunk (
    file  bytea NOT NULL CHECK (length(file) = 32), -- SHA-256
    part  bigint NOT NULL CHECK (part > 0),       -- 1: its first chunk
    -- Rows of imported, inclusive; none when the last comes before the first.
    first bigint NOT NULL CHECK (first > 0),
    last  bigint NOT NULL CHECK (last >= first - 1),
    lines bigint NOT NULL CHECK (lines >= 0),     -- read of the file by then
    ended bigint NOT NULL CHECK (ended IN (0, 1)), -- it is the file's last
    root  bytea NOT NULL CHECK (length(root) = 32),
    PRIMARY KEY (file, part)
);
CREATE INDEX imported_chunk_last ON imported_chunk (last);
