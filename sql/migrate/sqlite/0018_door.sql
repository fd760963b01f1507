-- The door: who is in, how they prove who they are, and how they come to be
-- people of this body.  What anybody holds (a session, a ticket, a recovery
-- code) is kept as its SHA-256 and found by it.  Rows of somebody whom no
-- stream says go with them.
CREATE TABLE web_session (
    token   BLOB PRIMARY KEY CHECK (length(token) = 32),
    person  BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    number  INTEGER NOT NULL CHECK (number > 0), -- 1, 2, 3 .. of the person
    state   INTEGER NOT NULL, -- auth/web_session.h
    made    INTEGER NOT NULL, -- microseconds since 1970, UTC; so are these:
    seen    INTEGER NOT NULL,
    ends    INTEGER NOT NULL,
    network TEXT NOT NULL,
    agent   TEXT NOT NULL, -- what the browser says it is
    UNIQUE (person, number)
) STRICT;
CREATE INDEX web_session_ends ON web_session (ends);

CREATE TABLE second_factor (
    person BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    proved INTEGER NOT NULL CHECK (proved IN (0, 1)), -- 0: waits for its code
    sealed BLOB NOT NULL, -- the secret, in a box
    step   INTEGER NOT NULL, -- the last that was used up
    made   INTEGER NOT NULL, -- microseconds
    PRIMARY KEY (person, proved)
) STRICT;

CREATE TABLE recovery_code (
    person BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    code   BLOB NOT NULL CHECK (length(code) = 32),
    PRIMARY KEY (person, code)
) STRICT;

-- Whoever holds one may come in, set a password, or register an enterprise.
CREATE TABLE ticket (
    token   BLOB PRIMARY KEY CHECK (length(token) = 32),
    kind    INTEGER NOT NULL, -- auth/ticket.h
    person  BLOB REFERENCES person (id) ON DELETE CASCADE, -- NULL: nobody yet
    made_by BLOB, -- a person; NULL: whoever asked for it
    made    INTEGER NOT NULL, -- microseconds; so is this:
    ends    INTEGER NOT NULL,
    sealed  BLOB NOT NULL -- what becomes of it, in a box
) STRICT;
CREATE INDEX ticket_person ON ticket (person);
CREATE INDEX ticket_ends ON ticket (ends);

-- Failures in a row, under a keyed hash of the login, network or person.
CREATE TABLE failure (
    whose BLOB PRIMARY KEY CHECK (length(whose) = 32),
    times INTEGER NOT NULL CHECK (times > 0),
    last  INTEGER NOT NULL -- microseconds
) STRICT;
CREATE INDEX failure_last ON failure (last);

-- What the register of people does not say: where somebody gets mail, and the
-- last day they may come in.
CREATE TABLE admission (
    person BLOB PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
    until  INTEGER, -- day; NULL: it goes on
    mail   TEXT NOT NULL
) STRICT;

-- The audit trail of the door.  It outlives people and names them by id.
CREATE TABLE passage (
    id      INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL, -- microseconds
    person  BLOB, -- about whom; NULL: nobody we know
    actor   BLOB, -- who did it, where that is somebody else
    channel TEXT NOT NULL, -- 'web', 'cli' ..
    what    INTEGER NOT NULL, -- store/passages.h
    about   BLOB CHECK (length(about) = 32) -- the hash that was confirmed
) STRICT;
CREATE INDEX passage_person ON passage (person, id);
