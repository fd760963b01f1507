-- Files of service records that were handed in with a case, for as long as
-- somebody works with them (service/records_held.h); their bytes lie in boxes
-- on disk, under a key that stands here in a box of its own.
CREATE TABLE held_file (
    id         BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    case_id    BLOB NOT NULL CHECK (length(case_id) = 16), -- of its stream
    enterprise BLOB NOT NULL CHECK (length(enterprise) = 16),
    person     BLOB NOT NULL CHECK (length(person) = 16), -- who handed it in
    name       TEXT NOT NULL CHECK (name <> ''),
    size       INTEGER NOT NULL CHECK (size > 0),
    arrived    INTEGER NOT NULL CHECK (arrived BETWEEN 0 AND size),
    at         INTEGER NOT NULL, -- microseconds UTC, when it began
    until      INTEGER NOT NULL, -- last day it is held
    state      INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3),
    sha256     BLOB CHECK (length(sha256) = 32), -- once it was read whole
    asked      TEXT NOT NULL, -- how to count it; empty: nobody said
    round      INTEGER NOT NULL CHECK (round >= 0), -- how often that changed
    sealed     BLOB NOT NULL -- its key
) STRICT, WITHOUT ROWID;
CREATE INDEX held_file_case ON held_file (case_id, at, id);
CREATE INDEX held_file_state ON held_file (state, at, id);
CREATE INDEX held_file_until ON held_file (until);

-- How the last file of an enterprise was counted.
CREATE TABLE held_asked (
    enterprise BLOB NOT NULL PRIMARY KEY CHECK (length(enterprise) = 16),
    columns    TEXT NOT NULL, -- their names, as that file had them
    asked      TEXT NOT NULL
) STRICT, WITHOUT ROWID;
