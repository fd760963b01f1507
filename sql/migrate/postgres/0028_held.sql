-- Files of service records that were handed in with a case, for as long as
-- somebody works with them (service/records_held.h); their bytes lie in boxes
-- on disk, under a key that stands here in a box of its own.
CREATE TABLE held_file (
    id         bytea NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    case_id    bytea NOT NULL CHECK (length(case_id) = 16), -- of its stream
    enterprise bytea NOT NULL CHECK (length(enterprise) = 16),
    person     bytea NOT NULL CHECK (length(person) = 16), -- who handed it in
    name       text NOT NULL CHECK (name <> ''),
    size       bigint NOT NULL CHECK (size > 0),
    arrived    bigint NOT NULL CHECK (arrived BETWEEN 0 AND size),
    at         bigint NOT NULL, -- microseconds UTC, when it began
    until      bigint NOT NULL, -- last day it is held
    state      bigint NOT NULL CHECK (state BETWEEN 0 AND 3),
    sha256     bytea CHECK (length(sha256) = 32), -- once it was read whole
    asked      text NOT NULL, -- how to count it; empty: nobody said
    round      bigint NOT NULL CHECK (round >= 0), -- how often that changed
    sealed     bytea NOT NULL -- its key
);
CREATE INDEX held_file_case ON held_file (case_id, at, id);
CREATE INDEX held_file_state ON held_file (state, at, id);
CREATE INDEX held_file_until ON held_file (until);

-- How the last file of an enterprise was counted.
CREATE TABLE held_asked (
    enterprise bytea NOT NULL PRIMARY KEY CHECK (length(enterprise) = 16),
    columns    text NOT NULL, -- their names, as that file had them
    asked      text NOT NULL
);
