-- What is done after a commit, again and again until it is done.
CREATE TABLE job (
    id         INTEGER PRIMARY KEY,
    kind       TEXT NOT NULL,
    payload    TEXT NOT NULL,
    due        INTEGER NOT NULL, -- at; not before
    tries      INTEGER NOT NULL,
    last_error TEXT,
    state      INTEGER NOT NULL  -- 0 waiting, 1 given up
) STRICT;
CREATE INDEX job_due ON job (state, due, id);
