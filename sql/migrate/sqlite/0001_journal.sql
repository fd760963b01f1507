-- The journal and what every command leaves beside it.
-- Ids are 16 bytes, hashes 32; `at` is microseconds since 1970, UTC; a day is
-- a count of days since 1970-01-01.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- A stream of events: a case, an enterprise, a person, a scheme ..
CREATE TABLE stream (
    id      BLOB PRIMARY KEY CHECK (length(id) = 16),
    kind    TEXT NOT NULL,
    number  TEXT NOT NULL,                           -- unique in its kind
    version INTEGER NOT NULL CHECK (version >= 0),
    head    BLOB NOT NULL CHECK (length(head) = 32), -- hash of the last event
    opened  INTEGER NOT NULL,                        -- at
    UNIQUE (kind, number)
) STRICT;

CREATE TABLE journal (
    stream  BLOB NOT NULL REFERENCES stream (id),
    version INTEGER NOT NULL CHECK (version >= 1),
    type    TEXT NOT NULL,
    at      INTEGER NOT NULL,
    day     INTEGER NOT NULL, -- the day it takes effect
    body    TEXT NOT NULL,    -- canonical JSON
    hash    BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (stream, version)
) STRICT;

-- A command that was carried out: the same id gets the same answer.
CREATE TABLE command (
    id      BLOB PRIMARY KEY CHECK (length(id) = 16),
    actor   BLOB NOT NULL CHECK (length(actor) = 16),
    request BLOB NOT NULL CHECK (length(request) = 32), -- of what was asked
    stream  BLOB REFERENCES stream (id),                -- NULL: about none
    version INTEGER NOT NULL,                           -- of the stream
    answer  TEXT NOT NULL,
    at      INTEGER NOT NULL
) STRICT;
CREATE INDEX command_at ON command (at);

-- The audit trail of what was refused.
CREATE TABLE refusal (
    id        INTEGER PRIMARY KEY,
    at        INTEGER NOT NULL,
    actor     BLOB CHECK (length(actor) = 16), -- NULL: nobody we know
    channel   TEXT NOT NULL,
    stream    BLOB CHECK (length(stream) = 16),
    command   TEXT NOT NULL,
    code      INTEGER NOT NULL,
    message   TEXT NOT NULL,                   -- id in the catalogues
    arguments TEXT NOT NULL                    -- of the message, JSON
) STRICT;
CREATE INDEX refusal_stream ON refusal (stream, id);

CREATE TABLE counter (
    name  TEXT PRIMARY KEY, -- 'case/2026'
    value INTEGER NOT NULL  -- the last one given out
) STRICT;

-- Files kept beside the database, named by the hash of their plain content.
CREATE TABLE blob (
    hash       BLOB PRIMARY KEY CHECK (length(hash) = 32),
    size       INTEGER NOT NULL CHECK (size >= 0), -- bytes on disk
    media_type TEXT NOT NULL,
    name       TEXT,                               -- as the sender called it
    at         INTEGER NOT NULL
) STRICT;
