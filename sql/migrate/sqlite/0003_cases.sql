-- Frozen schemes, and the cases and certificates as they stand now.  The last
-- two can be made again from the journal.

CREATE TABLE scheme_package (
    hash    BLOB PRIMARY KEY CHECK (length(hash) = 32),
    id      TEXT NOT NULL,   -- 'ten-star'
    version TEXT NOT NULL,
    frozen  INTEGER NOT NULL -- at
) STRICT;
CREATE INDEX scheme_package_id ON scheme_package (id, frozen);

CREATE TABLE scheme_file (
    hash  BLOB NOT NULL REFERENCES scheme_package (hash),
    path  TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (hash, path)
) STRICT;

CREATE TABLE case_view (
    id              BLOB PRIMARY KEY CHECK (length(id) = 16),
    number          TEXT NOT NULL UNIQUE,
    enterprise      BLOB NOT NULL REFERENCES enterprise (id),
    scheme_id       TEXT NOT NULL,
    scheme_hash     BLOB NOT NULL REFERENCES scheme_package (hash),
    stage           INTEGER NOT NULL,
    status          INTEGER NOT NULL,
    wanted          TEXT NOT NULL,    -- id of the level applied for
    opened          INTEGER NOT NULL, -- day
    due             INTEGER,          -- day; NULL: no limit runs
    due_provisional INTEGER NOT NULL CHECK (due_provisional IN (0, 1)),
    certificate     TEXT,             -- its number, once there is one
    version         INTEGER NOT NULL
) STRICT;
CREATE INDEX case_view_stage ON case_view (stage, number);
CREATE INDEX case_view_due ON case_view (due, number);
CREATE INDEX case_view_enterprise ON case_view (enterprise, number);

CREATE TABLE certificate (
    number       TEXT PRIMARY KEY,
    id           BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    case_id      BLOB CHECK (length(case_id) = 16), -- NULL: imported
    enterprise   BLOB REFERENCES enterprise (id),   -- NULL: not one we know
    holder       TEXT NOT NULL,
    uscc         TEXT NOT NULL,
    scheme_id    TEXT NOT NULL,
    criterion    TEXT NOT NULL,
    level_id     TEXT NOT NULL,
    stars        INTEGER NOT NULL,
    issued       INTEGER NOT NULL,                  -- days
    valid_from   INTEGER NOT NULL,
    valid_until  INTEGER NOT NULL,                  -- inclusive
    first_issued INTEGER NOT NULL,
    status       INTEGER NOT NULL,
    status_since INTEGER NOT NULL,
    scope_zh     TEXT NOT NULL,
    scope_en     TEXT NOT NULL,
    log_index    INTEGER,                           -- NULL: not yet sequenced
    version      INTEGER NOT NULL,
    scheme_hash  BLOB REFERENCES scheme_package (hash), -- NULL: imported
    suspended_until INTEGER                         -- day; NULL: it is not
) STRICT;
CREATE INDEX certificate_uscc ON certificate (uscc, number);
CREATE INDEX certificate_holder ON certificate (holder, number);
CREATE INDEX certificate_case ON certificate (case_id, number);
CREATE INDEX certificate_until ON certificate (valid_until, number);
